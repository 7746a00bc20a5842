import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, databaseFile, openDatabase } from '../../db/client.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { createMeilisearch } from '../../search/meilisearch/adapter.ts';
import { createRouter, type SearchRouter } from '../../search/router.ts';
import { type Lag, lagOf } from '../../search/sync.ts';
import { loadSynonyms } from '../../search/synonyms.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { createSessions } from '../accounts/sessions.ts';
import { loadVocabulary, type Vocabulary } from '../catalogue/vocabulary.ts';
import { createFileStore, type FileStore } from '../files/store.ts';
import type { Config } from './config.ts';
import { PageCache } from './page-cache.ts';

/** The region that the site serves: data, so that another province changes no code. */
export interface Region {
  siteName: { vi: string; en: string };
  tagline: { vi: string; en: string };
  department: { vi: string; en: string };
  contactEmail: string;
  /** Searches to try, shown under the home page's search box. */
  examples: { vi: string[]; en: string[] };
  /** Code of the area whose places come first in filters. */
  area: string;
  /** Under which anybody may use the open data. */
  licence: { name: { vi: string; en: string }; url: string };
}

const region: Region = JSON.parse(readFileSync(new URL('../../db/seed/region/region.json', import.meta.url), 'utf8'));

/** What pages and endpoints work with. Made once, handed to Astro through `locals`. */
export interface Services {
  config: Config;
  db: Db;
  region: Region;
  vocabulary: Vocabulary;
  /** UUID of this catalogue, made with its database. */
  site: string;
  search: SearchRouter;
  pageCache: PageCache;
  accounts: Accounts;
  files: FileStore;
  /** Grows with every change of public content or index, by whichever process. */
  contentVersion(): number;
  searchLag(): Promise<Lag[]>;
  close(): Promise<void>;
}

/** Opens everything a server needs on a migrated and seeded database. */
export async function openServices(config: Config): Promise<Services> {
  const file = databaseFile(config.dataDir);
  const { db, sqlite } = openDatabase(file);
  const synonyms = loadSynonyms(config.dataDir);
  const embedded = createEmbeddedEngine({ file, synonyms });
  const primary = config.meili && createMeilisearch({ ...config.meili, synonyms });
  const search = createRouter(embedded, primary);
  const version = sqlite.prepare('select version from content_version').pluck();
  return {
    config,
    db,
    region,
    vocabulary: await loadVocabulary(db),
    site: (await db.selectFrom('site').select('uuid').executeTakeFirstOrThrow()).uuid,
    search,
    pageCache: new PageCache(),
    accounts: {
      db,
      sessions: createSessions(db, config.publicUrl.startsWith('https:')),
      publicUrl: config.publicUrl,
      siteName: region.siteName,
      departmentName: region.department,
    },
    files: createFileStore(join(config.dataDir, 'uploads', 'pictures')),
    contentVersion: () => version.get() as number,
    searchLag: () => lagOf(db),
    async close() {
      await search.close();
      await db.destroy();
    },
  };
}

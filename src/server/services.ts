import { join } from 'node:path';
import { busyCacheKb, type Db, databaseFile, openDatabase } from '../../db/client.ts';
import { followSettings } from '../../db/follow.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { createMeilisearch } from '../../search/meilisearch/adapter.ts';
import { createRouter, type SearchRouter } from '../../search/router.ts';
import { type Lag, lagOf } from '../../search/sync.ts';
import { readSynonyms, Synonyms } from '../../search/synonyms.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { SearchLimit } from '../accounts/rate-limit.ts';
import { createSessions } from '../accounts/sessions.ts';
import { loadVocabulary, type Vocabulary } from '../catalogue/vocabulary.ts';
import { createFileStore, type FileStore, importStore } from '../files/store.ts';
import { type Region, readRegion } from '../settings/site.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { PageCache } from './page-cache.ts';

/** What pages and endpoints work with. Made once, handed to Astro through `locals`. */
export interface Services {
  config: Config;
  db: Db;
  /** The site's settings, as of the last `refresh`. */
  readonly region: Region;
  /** The classifications, as of the last `refresh`. */
  readonly vocabulary: Vocabulary;
  /** UUID of this catalogue, made with its database. */
  site: string;
  search: SearchRouter;
  pageCache: PageCache;
  searchLimit: SearchLimit;
  accounts: Accounts;
  files: FileStore;
  log: Log;
  metrics: Metrics;
  importFiles: FileStore;
  /** Grows with every change of public content or index, by whichever process. */
  contentVersion(): number;
  /** Reads settings and classifications again when any process has changed them; cheap when none has. */
  refresh(): Promise<void>;
  searchLag(): Promise<Lag[]>;
  close(): Promise<void>;
}

/** Opens everything a server needs on a migrated and seeded database. */
export async function openServices(config: Config, log: Log): Promise<Services> {
  const file = databaseFile(config.dataDir);
  const { db, reader } = openDatabase(file, busyCacheKb);
  const follow = followSettings(reader, async (source) => ({
    region: await readRegion(source),
    vocabulary: await loadVocabulary(source),
    synonyms: new Synonyms(await readSynonyms(source)),
  }));
  let settings = await follow(db);
  // Pages that the last index has answered meanwhile are kept under the number of the new one.
  const countChange = () =>
    db
      .updateTable('content_version')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .execute();
  const embedded = createEmbeddedEngine({ file }, () => {
    countChange().catch((error) => log.error({ err: error }, 'Kept pages may be older than the index'));
  });
  const primary = config.meili && createMeilisearch({ ...config.meili, synonyms: () => settings.synonyms });
  const search = createRouter(embedded, primary);
  const pageCache = new PageCache();
  const version = reader.prepare('select version from content_version').pluck();
  return {
    config,
    db,
    get region() {
      return settings.region;
    },
    get vocabulary() {
      return settings.vocabulary;
    },
    site: (await db.selectFrom('site').select('uuid').executeTakeFirstOrThrow()).uuid,
    search,
    pageCache,
    searchLimit: new SearchLimit(),
    accounts: {
      db,
      sessions: createSessions(db, config.publicUrl.startsWith('https:')),
      publicUrl: config.publicUrl,
      get siteName() {
        return settings.region.siteName;
      },
      get departmentName() {
        return settings.region.department;
      },
    },
    files: createFileStore(join(config.dataDir, 'uploads', 'pictures')),
    log,
    metrics: createMetrics({ db, search, pageCache, backupDir: config.backupDir }),
    importFiles: importStore(config.dataDir),
    contentVersion: () => version.get() as number,
    async refresh() {
      settings = await follow(db);
    },
    searchLag: () => lagOf(db),
    async close() {
      await search.close();
      await db.destroy();
    },
  };
}

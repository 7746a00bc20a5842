import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { createEmbeddedIndex } from '../../search/embedded/index.ts';
import { rebuild } from '../../search/sync.ts';
import { loadDocuments } from '../../src/catalogue/document.ts';
import { seedSynthetic } from '../../src/catalogue/synthetic/write.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { buildPlainFts5 } from './plain-fts5.ts';
import { root } from './processes.ts';

export interface BenchData {
  dataDir: string;
  file: string;
  /** The bare FTS5 database with the same documents. */
  plainFile: string;
  records: number;
  /** Measured when the folder was made. */
  seedSeconds: number;
  indexSeconds: number;
  bytes: number;
}

/** What the folder's content depends on. */
const sources = ['db', 'src/catalogue', 'search/embedded', 'search/text.ts', 'tests/bench/plain-fts5.ts'];

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const files = statSync(path).isDirectory()
      ? (readdirSync(path, { recursive: true }) as string[]).sort().map((name) => join(path, name))
      : [path];
    for (const file of files) if (statSync(file).isFile()) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

const secondsSince = (start: number) => (performance.now() - start) / 1000;

async function make(dataDir: string, records: number, say: (text: string) => void): Promise<Omit<BenchData, 'bytes'>> {
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const file = databaseFile(dataDir);
  const plainFile = join(dataDir, 'plain-fts5.sqlite');
  const { db, sqlite } = openDatabase(file);
  await migrate(db);
  await seedVocabularies(db);
  say(`Writing ${records} records …`);
  let start = performance.now();
  await seedSynthetic(db, records);
  const seedSeconds = secondsSince(start);
  say('Building the search index …');
  const vocabulary = await loadVocabulary(db);
  start = performance.now();
  await rebuild(db, createEmbeddedIndex(sqlite), (source, ids) => loadDocuments(source, vocabulary, ids));
  const indexSeconds = secondsSince(start);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  await db.destroy();
  say('Building the bare FTS5 index …');
  buildPlainFts5(file, plainFile);
  return { dataDir, file, plainFile, records, seedSeconds, indexSeconds };
}

/** The benchmark's data folder with so many made-up records; one that the same sources made is used again. */
export async function benchData(records: number, say: (text: string) => void): Promise<BenchData> {
  const dataDir = join(root, '.cache/bench', `records-${records}`);
  const stamp = join(dataDir, 'made.json');
  const key = hashOfSources();
  if (existsSync(stamp)) {
    const made = JSON.parse(readFileSync(stamp, 'utf8')) as { key: string; data: BenchData };
    if (made.key === key) return made.data;
  }
  const made = await make(dataDir, records, say);
  const data = { ...made, bytes: statSync(made.file).size };
  writeFileSync(stamp, JSON.stringify({ key, data }));
  return data;
}

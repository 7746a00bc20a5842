import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { seedCatalogue } from '../catalogue/import/seed.ts';
import type { Config } from './config.ts';
import { openServices, type Services } from './services.ts';

export interface Application {
  services: Services;
  /** Ends the threads and closes the database; what is committed stays. */
  stop(): Promise<void>;
}

/**
 * Brings the data folder to this program's version: migrations, classifications, and in an empty folder the demo
 * catalogue. A first start that was interrupted is taken up again.
 */
async function prepareData(config: Config, say: (text: string) => void): Promise<void> {
  const file = databaseFile(config.dataDir);
  const unfinished = join(config.dataDir, '.first-start');
  mkdirSync(config.dataDir, { recursive: true });
  if (!existsSync(file)) writeFileSync(unfinished, '');
  const { db } = openDatabase(file);
  try {
    const migrations = await migrate(db);
    if (migrations.length > 0) say(`Database: ${migrations.join(', ')}`);
    await seedVocabularies(db);
    if (!existsSync(unfinished)) return;
    say('Loading the demo catalogue …');
    await seedCatalogue(db, (path, report) => say(`  ${path}: ${report.created} records`));
    rmSync(unfinished);
  } finally {
    await db.destroy();
  }
}

/** Starts the thread that feeds the search engines; resolves when the index is ready to be searched. */
async function startIndexer(config: Config, say: (text: string) => void): Promise<Worker> {
  const indexer = new Worker(new URL('./indexer.ts', import.meta.url), { workerData: config });
  await new Promise<void>((resolve, reject) => {
    indexer.on('message', (message: { ready?: true; error?: string }) => {
      if (message.ready) resolve();
      if (message.error) say(`Search index: ${message.error}`);
    });
    indexer.once('error', reject);
    indexer.once('exit', (code) => reject(new Error(`The indexing thread ended with code ${code}`)));
  });
  return indexer;
}

/**
 * Opens the data folder and starts what runs beside the web server.
 * @param say told what happens, a line each
 */
export async function startApplication(config: Config, say: (text: string) => void): Promise<Application> {
  await prepareData(config, say);
  const indexer = await startIndexer(config, say);
  const services = await openServices(config);
  await services.search.health();
  return {
    services,
    async stop() {
      const ended = new Promise((resolve) => indexer.once('exit', resolve));
      indexer.postMessage('stop');
      await ended;
      await services.close();
    },
  };
}

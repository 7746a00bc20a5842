/** A thread that lives for one step of one import: it reads, checks, writes or undoes, while the server answers. */
import { workerData } from 'node:worker_threads';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { importStore } from '../files/store.ts';
import { runJob } from '../moderation/imports/run.ts';

const { dataDir, id } = workerData as { dataDir: string; id: number };
const { db } = openDatabase(databaseFile(dataDir));
try {
  await runJob(db, importStore(dataDir), id);
} finally {
  await db.destroy();
}

/** The thread that makes one scheduled backup; it ends with it. */
import { workerData } from 'node:worker_threads';
import { backUp } from '../../db/backup.ts';

const { dataDir, file } = workerData as { dataDir: string; file: string };
await backUp(dataDir, file);

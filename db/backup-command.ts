/** `npm run db:backup -- FILE`: backs DATA_DIR up into one file, also while the server runs. */
import { resolve } from 'node:path';
import { backUp } from './backup.ts';

const [file] = process.argv.slice(2);
if (!file || process.argv.length > 3) {
  console.error('Usage: npm run db:backup -- FILE\n  FILE  a new file, for instance /mnt/backup/2026-07-01.tar.zst');
  process.exit(1);
}
try {
  const { rows, files, migration } = await backUp(resolve(process.env.DATA_DIR || './data'), resolve(file));
  console.log(`${file}: ${rows.record} records, ${Object.keys(files).length - 1} files beside them, ${migration}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

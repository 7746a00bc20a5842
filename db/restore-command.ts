/** `npm run db:restore -- FILE`: verifies a backup and puts it in the place of DATA_DIR's content. */
import { resolve } from 'node:path';
import { restore } from './backup.ts';

const [file] = process.argv.slice(2);
if (!file || process.argv.length > 3) {
  console.error('Usage: npm run db:restore -- FILE\n  FILE  a backup; the server must be stopped');
  process.exit(1);
}
try {
  const { manifest, replaced } = await restore(resolve(process.env.DATA_DIR || './data'), resolve(file));
  const { rows, files, createdAt } = manifest;
  console.log(
    `Restored as of ${createdAt}: ${rows.record} records, ${Object.keys(files).length - 1} files beside them.`,
  );
  if (replaced) console.log(`What it replaced is kept in ${replaced}; remove it when all is well.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** `npm run seed -- --synthetic N`: fills the data folder with made-up records, for volume. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseFile, openDatabase } from '../../../db/client.ts';
import { migrate } from '../../../db/migrate.ts';
import { seedVocabularies } from '../../../db/seed/vocabularies.ts';
import { seedSynthetic } from './write.ts';

const usage = `Usage: npm run seed -- --synthetic N
  N  how many made-up records the data folder (DATA_DIR, ./data) shall have: all kinds, marked as demo records`;

const most = 10_000_000;

function readCount(args: string[]): number | undefined {
  try {
    const { values } = parseArgs({ args, options: { synthetic: { type: 'string' } } });
    const count = Number(values.synthetic?.replaceAll('_', ''));
    return Number.isInteger(count) && count > 0 && count < most ? count : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the exit code */
async function run(args: string[]): Promise<number> {
  const count = readCount(args);
  if (count === undefined) {
    console.error(usage);
    return 1;
  }
  const { db } = openDatabase(databaseFile(resolve(process.env.DATA_DIR || './data')));
  try {
    await migrate(db);
    await seedVocabularies(db);
    const started = performance.now();
    const added = await seedSynthetic(db, count, (done) => {
      if (done % 10_000 === 0) console.error(`${done} of ${count}`);
    });
    console.log(`${added} records added in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return 0;
  } finally {
    await db.destroy();
  }
}

process.exitCode = await run(process.argv.slice(2));

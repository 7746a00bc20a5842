/** `npm run db:migrate`: brings DATA_DIR's database to this program's version. `npm start` does it by itself. */
import { resolve } from 'node:path';
import { databaseFile, openDatabase } from './client.ts';
import { migrate } from './migrate.ts';
import { seedIndicators } from './seed/indicators.ts';
import { seedVocabularies } from './seed/vocabularies.ts';

const { db } = openDatabase(databaseFile(resolve(process.env.DATA_DIR || './data')));
try {
  const names = await migrate(db);
  await seedVocabularies(db);
  await seedIndicators(db);
  console.log(names.length > 0 ? names.join('\n') : 'The database is up to date.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await db.destroy();
}

/** `npm run db:migrate`: brings DATA_DIR's database to this program's version. `npm start` does it by itself. */
import { databaseFile, openDatabase } from '../../db/client.ts';
import { seedIndicators } from '../../db/seed/indicators.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { readConfig } from './config.ts';
import { upgrade } from './upgrade.ts';

try {
  const config = readConfig();
  const { db } = openDatabase(databaseFile(config.dataDir));
  try {
    const names = await upgrade(db, config, console.log);
    await seedVocabularies(db);
    await seedIndicators(db);
    console.log(names.length > 0 ? names.join('\n') : 'The database is up to date.');
  } finally {
    await db.destroy();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

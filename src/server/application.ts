import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { linkTo } from '../accounts/accounts.ts';
import { hasAdministrator, issueAdministratorToken } from '../accounts/administrator.ts';
import { forgetAttempts } from '../accounts/rate-limit.ts';
import { seedCatalogue } from '../catalogue/import/seed.ts';
import { followUpConnections } from '../connections/deadlines.ts';
import { forgetStrayFiles } from '../connections/files.ts';
import { createMailTransport, deliverMail } from '../mail/deliver.ts';
import { expireAndRemind } from '../moderation/expiry.ts';
import { forgetInvitations } from '../moderation/managers.ts';
import { forgetUnusedPictures } from '../moderation/pictures.ts';
import { followUpEvents, forgetAttendees } from '../news/event-steps.ts';
import { forgetUnconfirmed, sendBulletins } from '../news/readers.ts';
import { seedNews } from '../news/seed.ts';
import { keepThread, repeat } from './background.ts';
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
  if (existsSync(config.dataDir) && !statSync(config.dataDir).isDirectory()) {
    throw new Error(`DATA_DIR=${config.dataDir}: expected a folder`);
  }
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
    await seedNews(db);
    rmSync(unfinished);
  } finally {
    await db.destroy();
  }
}

const mailEveryMs = 1_000;
const expireEveryMs = 600_000;
const eventsEveryMs = 15_000;
const tidyEveryMs = 3_600_000;

/** While nobody administers the site, its log holds a link that makes the first administrator. */
async function offerAdministration({ accounts }: Services, say: (text: string) => void): Promise<void> {
  if (await hasAdministrator(accounts.db)) return;
  const secret = await issueAdministratorToken(accounts.db, null);
  say(
    `No administrator yet. This link makes one, once, within a day:\n  ${linkTo(accounts, 'setUpAdministrator', 'vi', secret)}`,
  );
}

/**
 * Opens the data folder and starts what runs beside the web server.
 * @param say told what happens, a line each
 */
export async function startApplication(config: Config, say: (text: string) => void): Promise<Application> {
  await prepareData(config, say);
  const endIndexer = await keepThread(new URL('./indexer.ts', import.meta.url), config, say);
  const services = await openServices(config);
  await services.search.health();
  await offerAdministration(services, say);
  const { db, sessions } = services.accounts;
  const transport = createMailTransport(config.mail, say);
  const background = [
    endIndexer,
    repeat(() => deliverMail(db, transport), mailEveryMs, say),
    repeat(() => expireAndRemind(services.accounts), expireEveryMs, say),
    repeat(
      async () => [await sessions.forgetExpired(), await forgetAttempts(db), await forgetInvitations(db)],
      tidyEveryMs,
      say,
    ),
    repeat(() => forgetUnusedPictures(db, services.files), tidyEveryMs, say),
    repeat(() => followUpConnections(services.accounts), tidyEveryMs, say),
    repeat(() => followUpEvents(services.accounts), eventsEveryMs, say),
    repeat(() => sendBulletins(services.accounts), mailEveryMs, say),
    repeat(async () => [await forgetAttendees(db), await forgetUnconfirmed(db)], tidyEveryMs, say),
    repeat(() => forgetStrayFiles(db, config.dataDir), tidyEveryMs, say),
  ];
  return {
    services,
    async stop() {
      await Promise.all(background.map((end) => end()));
      await services.close();
    },
  };
}

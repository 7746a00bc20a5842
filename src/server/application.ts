import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkNotHalfRestored } from '../../db/backup.ts';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { holdLock } from '../../db/lock.ts';
import { seedIndicators } from '../../db/seed/indicators.ts';
import { seedSynonyms, seedVocabularies } from '../../db/seed/vocabularies.ts';
import { loadSynonyms } from '../../search/synonyms.ts';
import { linkTo } from '../accounts/accounts.ts';
import { hasAdministrator, issueAdministratorToken } from '../accounts/administrator.ts';
import { forgetAttempts } from '../accounts/rate-limit.ts';
import { forgetSignIns } from '../accounts/sign-ins.ts';
import { seedCatalogue } from '../catalogue/import/seed.ts';
import { followUpConnections } from '../connections/deadlines.ts';
import { forgetStrayFiles } from '../connections/files.ts';
import { harvestDue } from '../harvest/run.ts';
import { recordIndicators } from '../insight/indicators.ts';
import { refreshNeedMatches } from '../insight/need-matches.ts';
import { createMailTransport, deliverMail } from '../mail/deliver.ts';
import { forgetStuckMail } from '../mail/personal-data.ts';
import { expireAndRemind } from '../moderation/expiry.ts';
import { forgetOldUploads } from '../moderation/imports/jobs.ts';
import { recoverJobs } from '../moderation/imports/run.ts';
import { forgetInvitations } from '../moderation/managers.ts';
import { forgetUnusedPictures } from '../moderation/pictures.ts';
import { handToDepartment } from '../moderation/requests.ts';
import { forgetStatements } from '../moderation/statements.ts';
import { sendDigests } from '../news/digest.ts';
import { followUpEvents, forgetAttendees } from '../news/event-steps.ts';
import { forgetUnconfirmed, sendBulletins } from '../news/readers.ts';
import { seedNews } from '../news/seed.ts';
import { followUpRequests } from '../privacy/requests.ts';
import { keepThread, repeat } from './background.ts';
import { scheduleBackups } from './backups.ts';
import type { Config } from './config.ts';
import { workOnImports } from './imports.ts';
import { createLog } from './log.ts';
import { openServices, type Services } from './services.ts';
import { upgrade } from './upgrade.ts';

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
  await checkNotHalfRestored(config.dataDir);
  if (!existsSync(file)) writeFileSync(unfinished, '');
  const { db } = openDatabase(file);
  try {
    const migrations = await upgrade(db, config, say);
    if (migrations.length > 0) say(`Database: ${migrations.join(', ')}`);
    await seedVocabularies(db);
    await seedIndicators(db);
    await seedSynonyms(db, loadSynonyms(config.dataDir));
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
const matchEveryMs = 5_000;
const countEveryMs = 600_000;
const refreshEveryMs = 1_000;
const harvestEveryMs = 1_000;
const expireEveryMs = 600_000;
const digestEveryMs = 600_000;
const importEveryMs = 200;
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
  if (existsSync(config.dataDir) && !statSync(config.dataDir).isDirectory()) {
    throw new Error(`DATA_DIR=${config.dataDir}: expected a folder`);
  }
  const release = holdLock(config.dataDir, 'server', 'shared');
  if (!release) throw new Error(`A backup is just being restored into ${config.dataDir}. Start again when it is done`);
  await prepareData(config, say);
  const log = createLog(config.logLevel);
  const endIndexer = await keepThread(new URL('./indexer.ts', import.meta.url), config, (text) => log.error(text));
  const services = await openServices(config, log);
  const every = (ms: number, what: string, step: () => Promise<unknown>) =>
    repeat(step, ms, (error) => log.error({ err: error }, `${what} failed and is tried again`));
  await services.search.health();
  await offerAdministration(services, say);
  const { db, sessions } = services.accounts;
  await recoverJobs(db);
  const transport = createMailTransport(config.mail, say);
  const background = [
    endIndexer,
    every(mailEveryMs, 'Sending mail', () => deliverMail(db, transport)),
    every(importEveryMs, 'Importing', () => workOnImports(db, config.dataDir, say)),
    every(matchEveryMs, 'Matching needs', () => refreshNeedMatches(services)),
    every(countEveryMs, 'Counting indicators', () => recordIndicators(services)),
    // What runs in the background writes mail with the site's name of today.
    every(refreshEveryMs, 'Following the settings', () => services.refresh()),
    every(expireEveryMs, 'Ending listings', () => expireAndRemind(services.accounts)),
    every(tidyEveryMs, 'Forgetting what is over', async () => [
      await sessions.forgetExpired(),
      await forgetAttempts(db),
      await forgetInvitations(db),
      await forgetStatements(db),
      await forgetSignIns(db),
      await forgetStuckMail(db),
    ]),
    every(harvestEveryMs, 'Harvesting', () => harvestDue(services)),
    every(tidyEveryMs, 'Removing unused pictures', () => forgetUnusedPictures(db, services.files)),
    every(tidyEveryMs, 'Removing old uploads', () => forgetOldUploads(db, services.importFiles)),
    every(tidyEveryMs, 'Following up connections', () => followUpConnections(services.accounts)),
    every(eventsEveryMs, 'Following up events', () => followUpEvents(services.accounts)),
    every(mailEveryMs, 'Sending bulletins', () => sendBulletins(services.accounts)),
    every(tidyEveryMs, 'Forgetting attendees and readers', async () => [
      await forgetAttendees(db),
      await forgetUnconfirmed(db),
    ]),
    every(digestEveryMs, 'Sending digests', () => sendDigests(services)),
    every(tidyEveryMs, 'Following up personal-data requests', () => followUpRequests(services.accounts)),
    every(tidyEveryMs, 'Handing requests to the Department', () => handToDepartment(services.accounts)),
    every(tidyEveryMs, 'Removing stray files', () => forgetStrayFiles(db, config.dataDir)),
    scheduleBackups(config, log),
  ];
  return {
    services,
    async stop() {
      await Promise.all(background.map((end) => end()));
      await services.close();
      release();
    },
  };
}

/** `npm run admin:create -- EMAIL`: a link that makes an administrator, once. */
import { databaseFile, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { pageRoutes } from '../i18n/routes.ts';
import { readConfig } from '../server/config.ts';
import { issueAdministratorToken } from './administrator.ts';
import { email } from './fields.ts';

const address = email.safeParse(process.argv[2]);
if (!address.success) {
  console.error('Usage: npm run admin:create -- EMAIL');
  process.exit(1);
}
const config = readConfig();
const { db } = openDatabase(databaseFile(config.dataDir));
await migrate(db);
const secret = await issueAdministratorToken(db, address.data);
await db.destroy();
console.log(`${config.publicUrl}${pageRoutes.setUpAdministrator.vi}?token=${secret}`);
console.log(`The link works once, within a day, for ${address.data}.`);

/** Ends the listings of DATA_DIR that have ended, as a second server would. */
import { databaseFile, openDatabase } from '../../db/client.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { expireAndRemind } from '../../src/moderation/expiry.ts';
import { publicUrl } from './server.ts';

const { db } = openDatabase(databaseFile(process.argv[2]));
const name = { vi: 'Sàn', en: 'Exchange' };
await expireAndRemind({ db, sessions: createSessions(db, false), publicUrl, siteName: name, departmentName: name });
await db.destroy();

/** Ends the listings of DATA_DIR that have ended, as a second server would. */
import { databaseFile, openDatabase } from '../../db/client.ts';
import { expireAndRemind } from '../../src/moderation/expiry.ts';
import { accountsFor } from './member.ts';

const { db } = openDatabase(databaseFile(process.argv[2]));
await expireAndRemind(accountsFor(db));
await db.destroy();

/** Sends the digests of DATA_DIR that are due at a moment, as a second server would. */
import { sendDigests } from '../../src/news/digest.ts';
import { readConfig } from '../../src/server/config.ts';
import { createLog } from '../../src/server/log.ts';
import { openServices } from '../../src/server/services.ts';
import { publicUrl } from './server.ts';

const [dataDir, now] = process.argv.slice(2);
const services = await openServices(readConfig({ DATA_DIR: dataDir, PUBLIC_URL: publicUrl }), createLog('silent'));
await sendDigests(services, new Date(now));
await services.close();

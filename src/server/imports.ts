import type { Db } from '../../db/client.ts';
import { failJob, takeJob } from '../moderation/imports/run.ts';
import { runThread } from './background.ts';

/** Two of the largest files fit; a file that needs more ends its thread and not the server. */
const mostMegabytes = 512;

/** Works on what waits to be imported, one file after another, each in a thread of its own. */
export async function workOnImports(db: Db, dataDir: string, say: (text: string) => void): Promise<void> {
  for (let id = await takeJob(db); id !== undefined; id = await takeJob(db)) {
    try {
      await runThread(new URL('./import-thread.ts', import.meta.url), { dataDir, id }, mostMegabytes);
    } catch (error) {
      say(`Import ${id}: ${error}`);
      await failJob(db, id, { key: 'import.failed.broken' });
    }
  }
}

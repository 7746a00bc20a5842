/** `npm run search:reindex`: builds every search index anew from the records, also while the server runs. */
import { constants, setPriority } from 'node:os';

// Visitors come first; who waits for a new index has an old one meanwhile. Before the program is read: that alone takes
// a processor for half a second.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const [{ reindex }, { readConfig }] = await Promise.all([import('./reindex.ts'), import('./config.ts')]);
try {
  process.exitCode = (await reindex(readConfig(), console.log)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

// Finds a Chromium for the browser tests, or installs one.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { node, root } from './install.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macApp = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

const works = (path) => spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;

function installed() {
  const onPath = names.flatMap((name) => (process.env.PATH ?? '').split(':').map((folder) => join(folder, name)));
  return [process.env.CHROMIUM, ...onPath, macApp].find((path) => path && existsSync(path) && works(path));
}

/** The newest Chromium that Playwright has downloaded on this machine. */
function downloaded() {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(cache)) return undefined;
  const builds = readdirSync(cache)
    .filter((name) => name.startsWith('chromium-'))
    .sort()
    .reverse();
  return builds
    .flatMap((name) => ['chrome-linux64', 'chrome-linux'].map((folder) => join(cache, name, folder, 'chrome')))
    .find((path) => existsSync(path) && works(path));
}

const quietly = (command, args) =>
  spawnSync(command, args, { cwd: root, stdio: 'ignore', timeout: 600_000 }).status === 0;

const ways = [
  ['an installed Chrome or Chromium', installed],
  ["Playwright's earlier download", downloaded],
  [
    "Playwright's download",
    () => quietly(node, ['node_modules/playwright-core/cli.js', 'install', 'chromium']) && downloaded(),
  ],
  [
    "Debian's chromium",
    () =>
      process.getuid?.() === 0 &&
      quietly('apt-get', ['update']) &&
      quietly('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']) &&
      installed(),
  ],
];

/** The path of a browser; ends the process with what to install when there is none. */
export function findBrowser() {
  for (const [name, find] of ways) {
    const path = find();
    if (path) {
      console.log(`• Browser: ${path} (${name})`);
      return path;
    }
  }
  console.error(
    'The browser tests need Chromium. Install it (Debian, Ubuntu: apt install chromium; others: Google Chrome),\n' +
      'or set CHROMIUM to its path, and run npm test again.',
  );
  return process.exit(1);
}

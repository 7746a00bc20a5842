// `npm test`: everything a fresh clone needs, then types, lint and all tests.

import { findBrowser } from './browser.mjs';
import { build, install, run } from './install.mjs';

install();
const chromium = findBrowser();
build();
run('npm', ['run', '--silent', 'check']);
// Arguments go to vitest: `npm test -- search` runs the files whose path has that word.
run('vitest', ['run', '--config', 'tests/vitest.config.ts', ...process.argv.slice(2)], { CHROMIUM: chromium });

// `npm run licences`: every package that runs on the server, with its version and licence, from the lock file; ends
// with 1 where one has a licence that is not allowed. `-- FILE` reads another lock file.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/** Such that a program under the MIT licence may be given on with them; libvips (LGPL) and MPL files stay as they are. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
]);
/** Packages that write their licence otherwise than SPDX does. */
const written = { 'MPL 2.0': 'MPL-2.0' };

const isAllowed = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((one) => allowed.has(one)));

const { packages } = JSON.parse(readFileSync(process.argv[2] ?? join(root, 'package-lock.json'), 'utf8'));
const lines = Object.entries(packages)
  .filter(([path, { dev }]) => path !== '' && !dev)
  .map(([path, { version, license = 'none' }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return { name, version, licence: written[license] ?? license };
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));
for (const { name, version, licence } of lines) console.log(`${name}\t${version}\t${licence}`);

const refused = lines.filter(({ licence }) => !isAllowed(licence));
for (const { name, licence } of refused) console.error(`Not allowed: ${name} (${licence})`);
process.exitCode = refused.length > 0 ? 1 : 0;

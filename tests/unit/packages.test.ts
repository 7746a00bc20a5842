import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const licences = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.scripts/licences.mjs', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};
const { dependencies, devDependencies, allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'));

test('every package that runs on the server is listed with a licence that is allowed', () => {
  const { status, stdout, stderr } = licences();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const [name, version] of Object.entries(dependencies)) expect(stdout).toContain(`${name}\t${version}\t`);
});

test('a licence that is not allowed is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'licences-'));
  const lock = join(folder, 'package-lock.json');
  const packages = {
    '': { name: 'site' },
    'node_modules/good': { version: '1.0.0', license: '(MIT OR GPL-3.0-only)' },
    'node_modules/good/node_modules/bad': { version: '2.0.0', license: 'AGPL-3.0-only' },
    'node_modules/both': { version: '3.0.0', license: 'MIT AND AGPL-3.0-only' },
    'node_modules/silent': { version: '4.0.0' },
    'node_modules/tool': { version: '5.0.0', license: 'AGPL-3.0-only', dev: true },
  };
  writeFileSync(lock, JSON.stringify({ packages }));
  const { status, stderr } = licences(lock);
  rmSync(folder, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toBe(
    'Not allowed: bad (AGPL-3.0-only)\nNot allowed: both (MIT AND AGPL-3.0-only)\nNot allowed: silent (none)\n',
  );
});

test('versions are exact, and each direct package has its reason', () => {
  const reasons = readFileSync('README.md', 'utf8').split('### Packages')[1];
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    if (!name.startsWith('@types/')) expect(reasons, name).toContain(`\`${name}\``);
  }
  // Code of a package runs at the installation only where this says so.
  expect(Object.entries(allowScripts).filter(([, isAllowed]) => isAllowed)).toEqual([
    ['esbuild', true],
    ['node', true],
  ]);
});

test('the bill of materials names every package that was chosen to run on the server', () => {
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8' });
  expect(status).toBe(0);
  const bill = JSON.parse(stdout);
  expect(bill.bomFormat).toBe('CycloneDX');
  const purls = bill.components.map(({ purl }: { purl: string }) => decodeURIComponent(purl));
  for (const [name, version] of Object.entries(dependencies)) expect(purls).toContain(`pkg:npm/${name}@${version}`);
});

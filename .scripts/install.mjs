// Runs on the machine's own Node 20 or newer, before anything is installed: no imports but Node's.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** The Node 24 that the npm package `node` brings; npm's own scripts find it first on PATH. */
export const node = join(root, 'node_modules', '.bin', 'node');

const say = (text) => console.log(`• ${text}`);

/** Runs a command with its output shown; ends this process when it fails. */
export function run(command, args, env = {}) {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`;
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path, ...env } });
  if (done.error) console.error(`${command}: ${done.error.message}`);
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const isCurrent = (stamp, wanted) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

function note(stamp, text) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, text);
}

/** Installs the packages that package-lock.json names, unless they are there. */
export function install() {
  const stamp = join(root, 'node_modules', '.installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (isCurrent(stamp, wanted)) return;
  say('Installing packages …');
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  note(stamp, wanted);
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** What the built server is made of, as one number. */
function sourceHash() {
  const hash = createHash('sha256');
  const files = ['src', 'db', 'search', 'public'].flatMap((folder) => [...filesBelow(join(root, folder))]);
  const rules = ['astro.config.mjs', 'package-lock.json', '.scripts/build.mjs'].map((name) => join(root, name));
  for (const file of [...files.sort(), ...rules]) {
    hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds the pages, unless the last build is of the same sources. */
export function build() {
  const stamp = join(root, 'dist', '.built');
  const wanted = sourceHash();
  if (isCurrent(stamp, wanted)) return;
  say('Building …');
  run(node, [join(root, '.scripts', 'build.mjs')], { ASTRO_TELEMETRY_DISABLED: '1' });
  note(stamp, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install();
  if (process.argv.includes('--build')) build();
}

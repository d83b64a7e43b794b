// Runs before `npm start`, `npm test` and the rest, on the system's Node and nothing but its own modules: installs when
// node_modules is missing or older than the lock file, builds when the sources are newer than the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const quiet = process.argv.includes('--quiet');
const say = (text) => quiet || console.error(text);

function run(command, args, failure) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'ignore', 'inherit'] : ['ignore', 2, 2],
  });
  if (result.status !== 0) {
    console.error(failure);
    process.exit(result.status ?? 1);
  }
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Khoso needs Node 20.19 or newer to install itself; this is ${process.version}.`);
  process.exit(1);
}

const lockFile = join(root, 'package-lock.json');
const lockText = readFileSync(lockFile, 'utf8');
const lock = createHash('sha256').update(lockText).digest('hex');
const installed = join(root, 'node_modules', '.khoso-lock');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  say('Installing packages ...');
  // Not `npm ci`: it refuses a lock file that leaves out optional binaries of other platforms, and some registries
  // carry only a few platforms. `npm install` keeps to the locked versions, and the lock file is put back as it was.
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  const failure =
    'Packages could not be installed. Check the connection to the npm registry and run the command again.';
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) run(process.execPath, [npm, ...args], failure);
  else run('npm', args, failure);
  if (readFileSync(lockFile, 'utf8') !== lockText) writeFileSync(lockFile, lockText);
  writeFileSync(installed, lock);
}

const sources = ['apps', 'libs', 'test/bench', 'test/fixtures', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time moves when a file in it is added or removed.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}
const built = join(root, 'dist', '.built');
const latest = Math.max(
  ...sources
    .map((path) => join(root, path))
    .filter(existsSync)
    .map(newest),
);
if (!existsSync(built) || statSync(built).mtimeMs < latest) {
  say('Building ...');
  const startedAt = new Date();
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], 'The build failed; the compiler names the places above.');
  writeFileSync(built, startedAt.toISOString());
}

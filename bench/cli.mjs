// Start-up and scaffold time as ratios to a bare `node -e 0`, and what installing the package brings.
// Run after `npm run build`: `npm run bench:cli [runs]`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = path.join(ROOT, 'dist', 'cli.js');
const RUNS = Number(process.argv[2] ?? 40);
const WARM_UP = 3;

const work = mkdtempSync(path.join(tmpdir(), 'create-api-bench-'));
try {
  if (!existsSync(CLI)) throw new Error('dist/ is missing; run `npm run build` first');
  print(measure(), installation());
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Milliseconds of every run by command, interleaved so that a busy moment hits all of them alike. */
function measure() {
  const commands = {
    'node -e 0': () => ['-e', '0'],
    '--version': () => [CLI, '--version'],
    scaffold: (run) => [CLI, path.join(work, `service-${run + WARM_UP}`), '--yes', '--no-git', '--no-install'],
  };
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = -WARM_UP; run < RUNS; run++) {
    for (const [name, argumentsOf] of Object.entries(commands)) {
      const elapsed = time(argumentsOf(run));
      if (run >= 0) times[name].push(elapsed);
    }
  }
  return times;
}

function time(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: work, encoding: 'utf8' });
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return elapsed;
}

/** Installs the packed tarball into an empty folder, without a registry. */
function installation() {
  const npm = (args, cwd) =>
    execFileSync('npm', [...args, '--loglevel=error'], { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  const [{ filename }] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', work], ROOT));
  const tarball = path.join(work, filename);
  npm(['install', '--prefix', path.join(work, 'installed'), '--offline', '--no-audit', '--no-fund', tarball], work);
  const modules = path.join(work, 'installed', 'node_modules');
  return { packages: packagesIn(modules), bytes: bytesIn(modules), tarball: statSync(tarball).size };
}

function packagesIn(modules) {
  return readdirSync(modules, { recursive: true }).filter((file) => path.basename(file) === 'package.json').length;
}

function bytesIn(folder) {
  const sizes = readdirSync(folder, { recursive: true }).map((file) => lstatSync(path.join(folder, file)));
  return sizes.filter((entry) => entry.isFile()).reduce((sum, entry) => sum + entry.size, 0);
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function print(times, { packages, bytes, tarball }) {
  const floor = median(times['node -e 0']);
  const rows = Object.entries(times).map(([name, all]) => [
    name,
    `${median(all).toFixed(1)} ms`,
    `${(median(all) / floor).toFixed(2)}×`,
  ]);
  const kilobytes = (count) => `${(count / 1000).toFixed(0)} KB`;
  console.log(`medians of ${RUNS} interleaved runs, Node ${process.versions.node}`);
  for (const [name, value, ratio] of rows)
    console.log(`  ${name.padEnd(12)} ${value.padStart(9)} ${ratio.padStart(7)}`);
  console.log(
    `  installed    ${packages} package${packages === 1 ? '' : 's'}, ${kilobytes(bytes)}; tarball ${kilobytes(tarball)}`,
  );
}

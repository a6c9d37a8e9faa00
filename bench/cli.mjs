// Start-up and scaffold time as ratios to a bare `node -e 0`, and what installing the package brings.
// Run after `npm run build`: `npm run bench:cli [runs]`.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = path.join(ROOT, 'dist', 'cli.js');
const REPORT_CPU_TIME = path.join(ROOT, 'bench', 'report-cpu-time.cjs');
const WRITE_FILES = path.join(ROOT, 'bench', 'write-files.cjs');
const FLAGS = ['--yes', '--no-git', '--no-install'];
const RUNS = Number(process.argv[2] ?? 40);
const WARM_UP = 3;

const work = mkdtempSync(path.join(tmpdir(), 'create-api-bench-'));
try {
  if (!existsSync(CLI)) throw new Error('dist/ is missing; run `npm run build` first');
  print(measure(), installation());
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The time of every run by command, interleaved so that a busy moment hits all of them alike. */
function measure() {
  const document = path.join(work, 'files.json');
  const example = path.join(work, 'example');
  execFileSync(process.execPath, [CLI, example, ...FLAGS]);
  writeFileSync(document, JSON.stringify(filesIn(example)));
  const commands = {
    'node -e 0': () => ['-e', '0'],
    '--version': () => [CLI, '--version'],
    '--help': () => [CLI, '--help'],
    scaffold: (run) => [CLI, path.join(work, `service-${run + WARM_UP}`), ...FLAGS],
    'of which files': (run) => [WRITE_FILES, document, path.join(work, `files-${run + WARM_UP}`)],
    check: () => [CLI, 'check'],
    diff: () => [CLI, 'diff'],
    'add redis': () => [CLI, 'add', 'redis', '--no-install'],
    'set database': () => [CLI, 'set', 'database=postgres', '--no-install'],
    generate: () => [CLI, 'generate', 'resource', 'tea', 'name:text', '--no-install'],
  };
  const ofProjects = new Set(['check', 'diff', 'add redis', 'set database', 'generate']);
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = -WARM_UP; run < RUNS; run++) {
    for (const [name, argumentsOf] of Object.entries(commands)) {
      const folder = ofProjects.has(name) ? path.join(work, `${name.replace(' ', '-')}-${run + WARM_UP}`) : work;
      if (folder !== work) cpSync(example, folder, { recursive: true });
      const time = timeOf(argumentsOf(run), folder);
      if (run >= 0) times[name].push(time);
    }
  }
  return times;
}

/** Paths and texts of the files in a folder. */
function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return files.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]);
}

/** Milliseconds on the clock, and of the processor, which depend less on what else the machine does. */
function timeOf(args, cwd) {
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(process.execPath, ['--require', REPORT_CPU_TIME, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${output[2]}`);
  return { elapsed, cpu: Number(output[3]) };
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
  const medianOf = (name, kind) => median(times[name].map((time) => time[kind]));
  const columns = (name, kind) => {
    const value = medianOf(name, kind);
    return `${value.toFixed(1)} ms`.padStart(11) + `${(value / medianOf('node -e 0', kind)).toFixed(2)}×`.padStart(7);
  };
  const kilobytes = (count) => `${(count / 1000).toFixed(0)} KB`;
  console.log(`medians of ${RUNS} interleaved runs, Node ${process.versions.node}`);
  console.log(`  ${''.padEnd(14)} ${'clock'.padStart(11)}${''.padStart(7)} ${'processor'.padStart(11)}`);
  for (const name of Object.keys(times)) {
    const toScaffold = `${(medianOf(name, 'cpu') / medianOf('scaffold', 'cpu')).toFixed(2)} × scaffold`;
    console.log(`  ${name.padEnd(14)} ${columns(name, 'elapsed')} ${columns(name, 'cpu')}  ${toScaffold}`);
  }
  console.log(
    `  installed      ${packages} package${packages === 1 ? '' : 's'}, ${kilobytes(bytes)}; tarball ${kilobytes(tarball)}`,
  );
}

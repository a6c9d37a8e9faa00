// `fleet check` of 100 services as ratios to a single `check`, and its memory: `npm run bench:fleet [services]`.
// Run after `npm run build`. Fails if the memory of the fleet command grows with the services; processor time depends on what else runs.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SERVICES = Number(process.argv[2] ?? 100);
const FEW = 10;
const ALONE = 15;
const MOST_GROWTH = 2;

const work = mkdtempSync(path.join(tmpdir(), 'bench-fleet-'));
const log = path.join(work, 'log');
const hook = path.join(work, 'report.cjs');
writeFileSync(
  hook,
  `process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const line = JSON.stringify({ isFleet: process.argv.includes('fleet'), cpu: (userCPUTime + systemCPUTime) / 1000, maxRSS });
    require('node:fs').appendFileSync(${JSON.stringify(log)}, line + '\\n');
  });`,
);

/** Runs a command; returns the milliseconds that it took, and what each of its processes used. */
function run(args, cwd) {
  rmSync(log, { force: true });
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: `--require ${hook}` },
  });
  const elapsed = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
  const processes = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { elapsed, cpu: processes.reduce((sum, { cpu }) => sum + cpu, 0), processes };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const memoryOf = ({ processes }) => processes.find(({ isFleet }) => isFleet).maxRSS / 1024;

try {
  const first = path.join(work, 'service-0');
  run([first, '--yes', '--no-git', '--no-install'], work);
  const names = Array.from({ length: SERVICES }, (_, index) => `service-${index}`);
  for (const name of names.slice(1)) cpSync(first, path.join(work, name), { recursive: true });
  const alone = Array.from({ length: ALONE }, () => run(['check', '--json'], first));
  const few = run(['fleet', 'check', ...names.slice(0, FEW), '--json'], work);
  const all = run(['fleet', 'check', ...names, '--json'], work);
  const ratio = (key) => all[key] / SERVICES / median(alone.map((each) => each[key]));
  const growth = memoryOf(all) / memoryOf(few);
  console.log(`fleet check of ${SERVICES} services, ${availableParallelism()} cores, Node ${process.versions.node}`);
  console.log(`  processor time per service   ${ratio('cpu').toFixed(2)} × a single check`);
  console.log(`  time per service             ${ratio('elapsed').toFixed(2)} × a single check`);
  console.log(
    `  memory of the fleet command  ${memoryOf(all).toFixed(0)} MB, ${growth.toFixed(2)} × that with ${FEW} services`,
  );
  console.log(
    `  memory of the largest check  ${(Math.max(...all.processes.map(({ maxRSS }) => maxRSS)) / 1024).toFixed(0)} MB`,
  );
  if (growth > MOST_GROWTH) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

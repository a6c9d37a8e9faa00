// The parts of a combination's proof. Each takes the combination and returns what `test/proof/findings.ts` describes.
import { cp, mkdtemp, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { importTs, ROOT } from '../import-ts.mjs';

const { cargo, lint } = await importTs('test/support/cargo.ts');
const { outcomeOf } = await importTs('test/proof/findings.ts');

/** As a person builds it, with the project's debug information and incremental compilation, which tests turn off. */
const AS_A_PERSON = { CARGO_INCREMENTAL: '1', CARGO_PROFILE_DEV_DEBUG: 'line-tables-only' };

export const PARTS = { proof, bare, build };

/** Does in a process of its own what the build tier does to a project. */
async function proof({ id, full }) {
  const reportFile = path.join(ROOT, 'build', 'matrix', `${id}.report.json`);
  await rm(reportFile, { force: true });
  const { exitCode, all } = await execa(
    'npx',
    ['vitest', 'run', '--project', 'proof', '--reporter=json', `--outputFile=${reportFile}`],
    {
      cwd: ROOT,
      // In CI a missing server is a failure, not a skip.
      env: { CI: 'true', PROOF_ANSWERS: JSON.stringify(full.answers) },
      ...{ all: true, reject: false },
    },
  );
  const report = await readFile(reportFile, 'utf8').catch(() => null);
  if (report === null) return { failures: [`no report: ${all.slice(-2000)}`], contractRows: 0, ownTests: 0 };
  const outcome = outcomeOf(JSON.parse(report));
  if (exitCode !== 0 && outcome.failures.length === 0) outcome.failures.push(`vitest exited ${exitCode}`);
  return outcome;
}

async function bare({ bare }) {
  const failures = [
    ...(await failuresOf(() => cargo(['fmt', '--check'], bare.folder))),
    ...(await failuresOf(() => lint(bare.folder))),
  ];
  return { failures };
}

/** In a target folder of its own, which is removed afterwards. */
async function build({ full }) {
  const target = await mkdtemp(path.join(tmpdir(), 'create-api-cold-'));
  const env = { ...AS_A_PERSON, CARGO_TARGET_DIR: target };
  const measured = { coldSeconds: 0, warmSeconds: 0, bytes: 0 };
  try {
    const failures = await failuresOf(async () => {
      await cargo(['fetch', '--locked'], full.folder);
      measured.coldSeconds = await secondsOf(() => cargo(['build', '--locked'], full.folder, env));
      const now = new Date();
      await utimes(path.join(full.folder, 'src', 'lib.rs'), now, now);
      measured.warmSeconds = await secondsOf(() => cargo(['build', '--locked'], full.folder, env));
      measured.bytes = await strippedSize(path.join(target, 'debug', full.answers.name));
    });
    return { failures, ...measured };
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

async function strippedSize(binary) {
  const copy = `${binary}-stripped`;
  await cp(binary, copy);
  await execa('strip', [copy]);
  return (await stat(copy)).size;
}

async function failuresOf(run) {
  try {
    await run();
    return [];
  } catch (error) {
    return [error.message];
  }
}

async function secondsOf(run) {
  const started = performance.now();
  await run();
  return Math.round((performance.now() - started) / 100) / 10;
}

// How long a newcomer waits, for a generated project and others: `npm run bench:build`, after `npm run build`.
//   --rounds 1             how often each project is built from nothing; projects take turns
//   --only ours,tutorial   only projects whose id contains one of these
//   --phases cold          only these of: cold (downloads included), develop (first build, changes), test, release
//   --fresh                measures again what is already in build/bench/build.json
// Needs cargo, a network, and PostgreSQL for gerust. What was measured of the same project before is not repeated.
// An image is its base and what is deployed; only the latter is measured, since that needs no container engine.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHANGES, PHASES } from './build/phases.mjs';
import { linesOf, resultsOf } from './build/report.mjs';
import { SUBJECTS } from './build/subjects.mjs';
import { installTool } from './build/tools.mjs';
import { openAttempts } from './lib/attempts.mjs';
import { commandLine } from './lib/command-line.mjs';
import { createDatabase, startPostgres } from './lib/databases.mjs';
import { digestOfFolder, WORK } from './lib/files.mjs';
import { machine, versionsOf } from './lib/machine.mjs';
import { orderOf } from './lib/rounds.mjs';
import { openRun } from './lib/run-file.mjs';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    phases: { type: 'string', default: Object.keys(PHASES).join(',') },
    fresh: { type: 'boolean', default: false },
  },
});
const rounds = Array.from({ length: Number(flags.rounds) }, (_, index) => index + 1);
const phases = Object.keys(PHASES).filter((phase) => flags.phases.split(',').includes(phase));
const subjects = SUBJECTS.filter(({ id }) => flags.only.split(',').some((text) => id.includes(text)));

const versions = versionsOf({ rustc: ['rustc', '--version'], cargo: ['cargo', '--version'] });
const header = {
  command: commandLine('bench:build', flags),
  versions,
  machine: machine(),
  settings: { rounds: rounds.length, changes: CHANGES },
};
const run = openRun(path.join(WORK, 'build.json'), header, { isFresh: flags.fresh });
const { attempt, unavailable } = openAttempts();
const bases = {};

for (const round of rounds) {
  for (const subject of orderOf(subjects, round, rounds.length)) {
    await attempt(subject.id, () => measure(subject, round));
  }
}

const ids = subjects.map(({ id }) => id);
const valuesOf = (id, phase) => rounds.map((round) => run.valuesOf({ subject: id, phase, round }, bases[id]));
const results = resultsOf(ids, valuesOf);
const measured = ids.map((id) => [id, valuesOf(id, 'develop').find((values) => values !== null)?.crates]);
const crates = Object.fromEntries(measured.filter(([, times]) => times !== undefined));
run.conclude({ results, crates, unavailable });
console.log(linesOf(results, ids, { unavailable, crates }).join('\n'));

/** Measures the phases that this round lacks. */
async function measure(subject, round) {
  const tool = subject.tool && installTool(subject.tool);
  bases[subject.id] ??= { rustc: versions.rustc, ...(subject.tool ?? { project: digestOfProject(subject) }) };
  for (const phase of phases) {
    const identity = { subject: subject.id, phase, round };
    if (run.valuesOf(identity, bases[subject.id]) !== null) continue;
    await attempt(`${subject.id}, ${phase}`, async () => {
      console.error(`round ${round} of ${rounds.length}: ${subject.id}, ${phase}`);
      const values = await withDatabase(subject, (env) => PHASES[phase](subject, tool, env));
      run.record(identity, bases[subject.id], values);
    });
  }
}

function digestOfProject(subject) {
  const folder = path.join(WORK, 'build', 'compared', subject.id);
  rmSync(folder, { recursive: true, force: true });
  subject.create(folder);
  return digestOfFolder(folder);
}

/** Passes the environment that the project's database needs: none, or the URL of an empty one in PostgreSQL. */
async function withDatabase({ id, usesPostgres }, use) {
  if (!usesPostgres) return use({});
  const server = await startPostgres();
  try {
    const url = await createDatabase(server, `${id}_${process.pid}_${Date.now()}`);
    return await use({ DATABASE_URL: url, APP_DATABASE__URL: url });
  } finally {
    await server.stop();
  }
}

// Generated services beside what people would choose instead: `npm run bench:peers`, after `npm run build`.
//   --rounds 5 --seconds 2   how often each service is measured, and for how long each load lasts; services take turns
//   --only axum,go-          only services whose id contains one of these, e.g. ours-axum
//   --fresh                  measures again what is already in build/bench/peers.json
// Needs Linux, cargo, go, npm, python3 (or PYTHON), mvn and a JDK (JAVA_HOME), PostgreSQL and wrk. What was measured
// before, of the same builds, is not measured again. A service that cannot be built or measured here, e.g. because a
// tool is missing, is left out; without wrk, PostgreSQL, or Go to install Vegeta, nothing is measured.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openAttempts } from './lib/attempts.mjs';
import { commandLine } from './lib/command-line.mjs';
import { digestOfValue, WORK } from './lib/files.mjs';
import { machine, versionsOf } from './lib/machine.mjs';
import { requireTool } from './lib/missing-tool.mjs';
import { orderOf } from './lib/rounds.mjs';
import { openRun } from './lib/run-file.mjs';
import { startDatabase } from './peers/database.mjs';
import { measureService } from './peers/measure.mjs';
import { SERVICES } from './peers/services.mjs';
import { installVegeta, vegetaVersion } from './peers/vegeta.mjs';
import { WORKS } from './peers/work.mjs';

const CONNECTIONS = 100;
// The default of generated services.
const POOL_SIZE = 10;

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    fresh: { type: 'boolean', default: false },
  },
});
const rounds = Number(flags.rounds);
const load = { connections: CONNECTIONS, poolSize: POOL_SIZE, seconds: Number(flags.seconds) };
const works = WORKS.map(({ id, label, rate }) => ({ id, label, rate }));
const services = SERVICES.filter(({ id }) => flags.only.split(',').some((text) => id.includes(text)));
if (services.length === 0) throw new Error(`no service's id contains ${flags.only}`);

requireTool('wrk');
await installVegeta();
const { attempt, unavailable } = openAttempts();
const builds = new Map();
for (const { id, build } of services) {
  console.error(`building ${id}`);
  await attempt(id, async () => void builds.set(id, await build()));
}

const database = await startDatabase();
const versions = { ...versionsOf({ wrk: ['wrk', '--version'] }), vegeta: vegetaVersion, postgres: database.version };
const header = {
  command: commandLine('bench:peers', flags),
  versions,
  machine: machine(),
  settings: { ...load, works, rounds },
};
const run = openRun(path.join(WORK, 'peers.json'), header, { isFresh: flags.fresh });
try {
  for (let round = 1; round <= rounds; round++) {
    for (const service of orderOf(services, round, rounds)) await attempt(service.id, () => measure(service, round));
  }
} finally {
  await database.stop();
}
run.conclude({ unavailable });

/** Measures a service, unless this round has it already. */
async function measure({ id, isBare }, round) {
  const { size, versions, ...build } = builds.get(id);
  const identity = { service: id, round };
  const basis = { digest: digestOfRun(build), ...load, works };
  if (run.valuesOf(identity, basis) !== null) return;
  console.error(`round ${round} of ${rounds}: ${id}`);
  const values = await measureService({ ...build, isBare }, database, load);
  run.record(identity, basis, { size, versions, ...values });
  console.log(
    `${id}: ${WORKS.map((work) => `${work.id} ${Math.round(values.works[work.id].perSecond)}/s`).join(', ')}`,
  );
}

/** The digest of what a service was built from and of how it is run. */
function digestOfRun({ env, ...build }) {
  return digestOfValue({ ...build, env: env('postgres://user:password@host/database', POOL_SIZE) });
}

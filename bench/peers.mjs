// The services that create-api generates beside what people would choose instead, on the same work, in one run:
//   npm run bench:peers -- [--only id,id] [--rounds 5] [--seconds 2] [--fresh]
// Measurements are kept in build/bench/peers.json; a run goes on where the last one ended.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { WORK } from './lib/files.mjs';
import { machine, versionsOf } from './lib/machine.mjs';
import { openRun } from './lib/run-file.mjs';
import { startDatabase } from './peers/database.mjs';
import { measureService } from './peers/measure.mjs';
import { SERVICES } from './peers/services.mjs';
import { installVegeta, vegetaVersion } from './peers/vegeta.mjs';
import { WORKS } from './peers/work.mjs';

const CONNECTIONS = 100;
// The default of generated services.
const POOL_SIZE = 10;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    fresh: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const works = WORKS.map(({ id, label, rate }) => ({ id, label, rate }));
const settings = { connections: CONNECTIONS, poolSize: POOL_SIZE, seconds: Number(values.seconds), works };
const services = chosen(values.only?.split(','));

await installVegeta();
const built = [];
for (const service of services) built.push({ ...service, build: await service.build() });

const database = await startDatabase();
const header = {
  command: `npm run bench:peers -- --rounds ${rounds} --seconds ${settings.seconds}`,
  machine: machine(),
  versions: {
    ...versionsOf({ wrk: ['wrk', '--version'] }),
    vegeta: vegetaVersion,
    postgres: database.version,
  },
  settings: { ...settings, rounds },
};
const run = openRun(path.join(WORK, 'peers.json'), header, { isFresh: values.fresh });
try {
  for (let round = 1; round <= rounds; round++) {
    for (const service of built) await measure(service, round);
  }
} finally {
  await database.stop();
}

async function measure(service, round) {
  const identity = { service: service.id, round };
  const basis = { digest: service.build.digest, ...settings };
  if (run.valuesOf(identity, basis) !== null) return;
  const values = await measureService(service, database, settings);
  const { size, versions } = service.build;
  run.record(identity, basis, { size, versions, ...values });
  const perSecond = WORKS.map(({ id }) => `${id} ${Math.round(values.works[id].perSecond)}/s`);
  console.log(`round ${round}, ${service.id}: ${perSecond.join(', ')}`);
}

function chosen(ids) {
  const unknown = ids?.find((id) => SERVICES.every((service) => service.id !== id));
  if (unknown !== undefined) {
    throw new Error(`no service is called ${unknown}; there are ${SERVICES.map(({ id }) => id).join(', ')}`);
  }
  return ids === undefined ? SERVICES : SERVICES.filter(({ id }) => ids.includes(id));
}

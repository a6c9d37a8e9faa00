// What a generated service costs beyond its framework, beside raw hyper: `npm run build`, then `npm run bench:service`.
//   --rounds 5 --seconds 5   how often each program is loaded, and for how long; programs take turns
//   --only axum,hyper        only programs whose id contains one of these, e.g. ours-axum-default
//   --fresh                  measures again what is already in build/bench/service.json
// Needs cargo, binutils, wrk and Linux. What was measured before, with the same binaries, is not measured again. A program that
// fails is left out.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openAttempts } from './lib/attempts.mjs';
import { commandLine } from './lib/command-line.mjs';
import { WORK } from './lib/files.mjs';
import { measureLoad } from './lib/load.mjs';
import { machine, versionsOf } from './lib/machine.mjs';
import { requireTool } from './lib/missing-tool.mjs';
import { startProgram } from './lib/program.mjs';
import { orderOf } from './lib/rounds.mjs';
import { openRun } from './lib/run-file.mjs';
import { commandOf, digestOfService } from './lib/rust-services.mjs';
import { seed } from './lib/seed.mjs';
import { runWrk } from './lib/wrk.mjs';
import { buildProgram, PROGRAMS } from './service/programs.mjs';
import { linesOf } from './service/report.mjs';
import { resultsOf } from './service/results.mjs';
import { pathsOf, ROUTES } from './service/routes.mjs';

const ROWS = 1000;
const CONNECTIONS = 64;
const WARM_UP_SECONDS = 1;

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    fresh: { type: 'boolean', default: false },
  },
});
const rounds = Number(flags.rounds);
const load = { connections: CONNECTIONS, seconds: Number(flags.seconds) };
const programs = PROGRAMS.filter(({ id }) => flags.only.split(',').some((text) => id.includes(text)));
if (programs.length === 0) throw new Error(`no program's id contains ${flags.only}`);

requireTool('wrk');
const database = seed(path.join(WORK, 'service.db'), ROWS);
const { attempt, unavailable } = openAttempts();
const built = [];
for (const program of programs) {
  console.error(`building ${program.id}`);
  await attempt(program.id, () => {
    const binary = buildProgram(program);
    built.push({ ...program, binary, basis: { digest: digestOfService(program.id, binary), rows: ROWS, ...load } });
  });
}

const header = {
  command: commandLine('bench:service', flags),
  versions: versionsOf({ rustc: ['rustc', '--version'], wrk: ['wrk', '--version'] }),
  machine: machine(),
  settings: { rounds, rows: ROWS, ...load },
};
const run = openRun(path.join(WORK, 'service.json'), header, { isFresh: flags.fresh });
for (let round = 1; round <= rounds; round++) {
  for (const program of orderOf(built, round, rounds)) await attempt(program.id, () => measure(program, round));
}
const measured = built.filter(({ id }) => unavailable[id] === undefined);
const results = resultsOf(measured, rounds, run);
run.conclude({ programs: measured.map(({ id, label }) => ({ id, label })), results, unavailable });
console.log(linesOf(results, measured, header.settings).join('\n'));

/** Starts a program and loads each route that lacks a measurement in this round. */
async function measure({ id, binary, basis }, round) {
  const missing = ROUTES.filter((route) => run.valuesOf({ program: id, route, round }, basis) === null);
  if (missing.length === 0) return;
  console.error(`round ${round} of ${rounds}: ${id}`);
  const command = commandOf(id, binary);
  const program = await startProgram({ ...command, env: { ...command.env, DATABASE_URL: database } });
  try {
    const paths = await pathsOf(program);
    for (const route of missing) {
      await runWrk(program.url + paths[route], { ...load, seconds: WARM_UP_SECONDS });
      const values = await measureLoad(program, paths[route], load);
      run.record({ program: id, route, round }, basis, values);
    }
  } finally {
    await program.stop();
  }
}

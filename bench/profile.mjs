// How many instructions ours adds to a request, beyond the framework alone: `npm run build`, then
// `npm run bench:profile`.
//   --requests 1000          how many requests of each route are counted
//   --only axum,bare         only programs whose id contains one of these, e.g. ours-axum-default
//   --fresh                  measures again what is already in build/bench/profile.json
// Needs cargo, binutils, Valgrind and Linux, and the debug symbols of libc (Debian: libc6-dbg) to tell malloc from the rest of it.
// What was measured before, with the same binaries, is not measured again. A program that fails is left out.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../scripts/lib/import-ts.mjs';
import { openAttempts } from './lib/attempts.mjs';
import { commandLine } from './lib/command-line.mjs';
import { digestOfFolder, WORK } from './lib/files.mjs';
import { machine, versionsOf } from './lib/machine.mjs';
import { requireTool } from './lib/missing-tool.mjs';
import { openRun } from './lib/run-file.mjs';
import { commandOf, digestOfService, FRAMEWORKS, withLines } from './lib/rust-services.mjs';
import { seed } from './lib/seed.mjs';
import { table } from './lib/table.mjs';
import { profile } from './profile/callgrind.mjs';
import { comparisonOf } from './profile/results.mjs';
import { buildProgram, PROGRAMS } from './service/programs.mjs';
import { pathsOf, ROUTES } from './service/routes.mjs';

const ROWS = 1000;
const METHOD = digestOfFolder(path.join(ROOT, 'bench', 'profile'));

const { values: flags } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
    fresh: { type: 'boolean', default: false },
  },
});
const requests = Number(flags.requests);
const compared = PROGRAMS.filter(({ framework, middleware }) => framework !== 'hyper' && middleware !== 'none');
const programs = compared.filter(({ id }) => flags.only.split(',').some((text) => id.includes(text)));
if (programs.length === 0) throw new Error(`no program's id contains ${flags.only}`);

requireTool('valgrind');
const database = seed(path.join(WORK, 'profile.db'), ROWS);
const header = {
  command: commandLine('bench:profile', flags),
  versions: versionsOf({ rustc: ['rustc', '--version'], valgrind: ['valgrind', '--version'] }),
  machine: machine(),
  settings: { requests, rows: ROWS },
};
const run = openRun(path.join(WORK, 'profile.json'), header, { isFresh: flags.fresh });
const { attempt, unavailable } = openAttempts();
const measured = new Map();
for (const program of programs) {
  await attempt(program.id, async () => void measured.set(program.id, await measure(program)));
}

const results = Object.fromEntries(
  FRAMEWORKS.flatMap((framework) => {
    const [ours, bare] = [measured.get(`ours-${framework}-default`), measured.get(`bare-${framework}`)];
    return ours && bare ? [[framework, comparisonOf(ours, bare)]] : [];
  }),
);
run.conclude({ results, unavailable });
console.log(linesOf(results).join('\n'));

/** The instructions of a request, by route and part. */
async function measure(program) {
  const { id } = program;
  console.error(`building ${id}`);
  const binary = withLines(buildProgram(program));
  const { valgrind } = header.versions;
  const basis = { digest: digestOfService(id, binary), rows: ROWS, requests, valgrind, method: METHOD };
  const known = ROUTES.map((route) => [route, run.valuesOf({ program: id, route }, basis)]);
  if (known.every(([, values]) => values !== null)) return Object.fromEntries(known);
  console.error(`profiling ${id}`);
  const command = commandOf(id, binary);
  const env = { ...command.env, DATABASE_URL: database };
  const byRoute = await profile({ ...command, env }, pathsOf, requests);
  for (const [route, values] of Object.entries(byRoute)) run.record({ program: id, route }, basis, values);
  return byRoute;
}

function linesOf(results) {
  return Object.entries(results).flatMap(([framework, routes]) =>
    Object.entries(routes).flatMap(([route, { total, parts }]) => {
      const rows = [...parts, { part: 'all', ...total }];
      const cells = rows.map(({ part, bare, ours }) => [part, ...[bare, ours, ours - bare].map(whole)]);
      return [...table([[`${framework}: ${route}`, 'bare', 'ours', 'added'], ...cells]), ''];
    }),
  );
}

function whole(instructions) {
  return Math.round(instructions).toLocaleString('en');
}

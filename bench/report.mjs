// Writes docs/benchmarks.md and its charts from what the other benchmarks measured: `npm run bench:report`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../scripts/lib/import-ts.mjs';
import { WORK } from './lib/files.mjs';
import { benchmarksPage } from './report/page.mjs';

const DOCS = path.join(ROOT, 'docs');
const CHARTS = path.join(DOCS, 'benchmarks');

const runs = Object.fromEntries(['service', 'profile', 'build', 'peers'].flatMap(finishedRun));
if (Object.keys(runs).length === 0) throw new Error('nothing is measured yet: start with npm run bench');

const { text, charts } = benchmarksPage(runs);
rmSync(CHARTS, { recursive: true, force: true });
mkdirSync(CHARTS, { recursive: true });
for (const [name, svg] of Object.entries(charts)) writeFileSync(path.join(CHARTS, `${name}.svg`), svg);
writeFileSync(path.join(DOCS, 'benchmarks.md'), text);

/** The run of a benchmark, by its name, unless there is none, or it was interrupted before it drew conclusions. */
function finishedRun(name) {
  const file = path.join(WORK, `${name}.json`);
  if (!existsSync(file)) return [];
  const run = JSON.parse(readFileSync(file, 'utf8'));
  return run.results === undefined && run.unavailable === undefined ? [] : [[name, run]];
}

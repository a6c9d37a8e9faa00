// Writes docs/benchmarks.md and its charts from what the other benchmarks measured: `npm run bench:report`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../scripts/lib/import-ts.mjs';
import { WORK } from './lib/files.mjs';
import { benchmarksPage } from './report/page.mjs';

const DOCS = path.join(ROOT, 'docs');
const CHARTS = path.join(DOCS, 'benchmarks');

const files = ['service', 'build', 'peers'].map((name) => [name, path.join(WORK, `${name}.json`)]);
const runs = files
  .filter(([, file]) => existsSync(file))
  .map(([name, file]) => [name, JSON.parse(readFileSync(file, 'utf8'))]);
if (runs.length === 0)
  throw new Error(`nothing is measured yet: ${WORK} has no runs; start with npm run bench:service`);

const { text, charts } = benchmarksPage(Object.fromEntries(runs));
rmSync(CHARTS, { recursive: true, force: true });
mkdirSync(CHARTS, { recursive: true });
for (const [name, svg] of Object.entries(charts)) writeFileSync(path.join(CHARTS, `${name}.svg`), svg);
writeFileSync(path.join(DOCS, 'benchmarks.md'), text);

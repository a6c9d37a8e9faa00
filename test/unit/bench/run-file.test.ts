import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { benchModule } from './modules.ts';

const { openRun } = await benchModule('lib/run-file.mjs');

const header = { command: 'npm run bench', versions: { wrk: '4.1.0' }, machine: { cores: 2 } };
const identity = { program: 'ours', round: 1 };
const basis = { digest: 'a' };
const newFile = () => join(temporaryFolder('bench'), 'deep', 'run.json');

test('a later run finds what an earlier one measured', () => {
  const file = newFile();
  openRun(file, header).record(identity, basis, { p50: 1 });
  const later = openRun(file, { ...header, command: 'npm run bench -- --rounds 2' });
  expect(later.valuesOf({ ...identity }, { ...basis })).toEqual({ p50: 1 });
  expect(later.valuesOf({ ...identity, round: 2 }, basis)).toBeNull();
});

test('a measurement with another basis counts as none, and is replaced', () => {
  const file = newFile();
  const run = openRun(file, header);
  run.record(identity, basis, { p50: 1 });
  expect(run.valuesOf(identity, { digest: 'b' })).toBeNull();
  run.record(identity, { digest: 'b' }, { p50: 2 });
  expect(JSON.parse(readFileSync(file, 'utf8')).measurements).toHaveLength(1);
});

test('measurements of another machine, and any in a fresh run, are dropped', () => {
  const file = newFile();
  openRun(file, header).record(identity, basis, { p50: 1 });
  expect(openRun(file, { ...header, machine: { cores: 4 } }).valuesOf(identity, basis)).toBeNull();
  expect(openRun(file, header, { isFresh: true }).valuesOf(identity, basis)).toBeNull();
});

test('the file has the header and the conclusions', () => {
  const file = newFile();
  const run = openRun(file, header);
  run.record(identity, basis, { p50: 1 });
  run.conclude({ results: { fastest: 'ours' } });
  const measurements = [{ identity, basis, values: { p50: 1 } }];
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...header, results: { fastest: 'ours' }, measurements });
});

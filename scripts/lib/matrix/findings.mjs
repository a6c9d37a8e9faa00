// build/matrix/<combination>.json: what is known of each combination.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { importTs, ROOT } from '../import-ts.mjs';
import { hashOf } from './combinations.mjs';
import { hasChanged } from './versions.mjs';

const { current } = await importTs('test/proof/findings.ts');
const FOLDER = path.join(ROOT, 'build', 'matrix');

/** Reads what holds for the projects as they are created now, and keeps what is found from here on. */
export async function openFindings(combinations, snapshot) {
  await mkdir(FOLDER, { recursive: true });
  const known = new Map();
  for (const combination of combinations) {
    known.set(combination.id, current(await read(combination), stampsOf(combination, snapshot)));
  }

  return {
    of: ({ id }) => known.get(id),
    lacks: ({ id }, part) => (known.get(id)[part]?.failures.length ?? 1) > 0,
    async record(combination, part, outcome) {
      // The proof takes both as they are at that moment: this would be a finding about something else.
      if (await hasChanged(snapshot)) throw new Error('create-api or the suite was changed meanwhile: start again');
      const stamp = stampsOf(combination, snapshot)[part];
      const date = new Date().toISOString().slice(0, 10);
      known.set(combination.id, { ...known.get(combination.id), [part]: { stamp, date, ...outcome } });
      await write(combination, known.get(combination.id));
    },
  };
}

/** What each part of a proof depends on. */
function stampsOf({ full, bare }, { tools, suite }) {
  const { rustc } = tools;
  return {
    proof: hashOf(full.hash, suite, JSON.stringify(tools)),
    bare: hashOf(bare.hash, rustc),
    // Durations and sizes are the dependencies': they stay as measured when a line of the project changes.
    build: hashOf(full.manifestHash, rustc),
  };
}

async function read({ id }) {
  try {
    return JSON.parse(await readFile(path.join(FOLDER, `${id}.json`), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

/** Replaced in one step, so that an interrupted run leaves no half of it. */
async function write({ id }, findings) {
  const file = path.join(FOLDER, `${id}.json`);
  await writeFile(`${file}.new`, `${JSON.stringify(findings, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

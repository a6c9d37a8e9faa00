// build/matrix/<combination>.json: what is known about each combination.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { importTs, ROOT } from '../import-ts.mjs';
import { hashOf } from './combinations.mjs';
import { hasChanged } from './versions.mjs';

const { current } = await importTs('test/proof/findings.ts');
const FOLDER = path.join(ROOT, 'build', 'matrix');

/** Reads the findings that are up to date for the projects as they are created now, and records new ones. */
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
      // The proof used both as they were at that moment: the finding would be about something else.
      if (await hasChanged(snapshot)) throw new Error('create-api or the suite was changed meanwhile: start again');
      const stamp = stampsOf(combination, snapshot)[part];
      const date = new Date().toISOString().slice(0, 10);
      known.set(combination.id, { ...known.get(combination.id), [part]: { stamp, date, ...outcome } });
      await write(combination, known.get(combination.id));
    },
  };
}

/** Hash of everything that each part of a proof depends on. */
function stampsOf({ full, bare }, { tools, suite }) {
  const { rustc } = tools;
  return {
    proof: hashOf(full.hash, suite, JSON.stringify(tools)),
    bare: hashOf(bare.hash, rustc),
    // Durations and sizes depend on the dependencies: they stay valid when a line of the project changes.
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

/** Replaced in one step, so that an interrupted run does not leave half a file. */
async function write({ id }, findings) {
  const file = path.join(FOLDER, `${id}.json`);
  await writeFile(`${file}.new`, `${JSON.stringify(findings, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

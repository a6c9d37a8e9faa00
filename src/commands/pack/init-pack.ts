import { basename, resolve } from 'node:path';
import { loadStarter } from '../../catalog/builtin.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { shellLine } from '../../options/equivalent.ts';
import { isIoError, reasonOf } from '../../project/io-error.ts';
import { isOccupied, writeNewFiles } from '../../project/new-folder.ts';
import type { CommandResult, Context } from '../context.ts';

const PACK_FILE = 'pack.json';

/** Writes a pack with one feature into a new or empty folder. Throws an `ExpectedError` if there is something in it. */
export function initPack(
  folder: string,
  { cwd, pack, program, isWindows }: Pick<Context, 'cwd' | 'pack' | 'program' | 'isWindows'>,
): CommandResult {
  const root = resolve(cwd, folder);
  const starter = loadStarter(pack);
  const files = { ...starter, [PACK_FILE]: named(starter[PACK_FILE] ?? '', nameFrom(basename(root))) };
  try {
    if (isOccupied(root)) throw occupied(folder);
    writeNewFiles(root, files);
  } catch (error) {
    if (!isIoError(error)) throw error;
    const message = `${folder} cannot be written: ${reasonOf(error)}`;
    throw new ExpectedError(EXIT.failed, [{ code: 'cannot-write', message }]);
  }
  const given = shellLine([folder], isWindows);
  const next = [
    `${program} pack check ${given}`,
    `${program} pack render ${given}`,
    `${program} my-service --pack ${given} --features default,+about`,
  ];
  const paths = Object.keys(files);
  const text = [
    `Started a pack with ${paths.length} files in ${root}.`,
    '',
    'Next:',
    ...next.map((line) => `  ${line}`),
  ];
  return {
    exitCode: EXIT.done,
    text: text.join('\n'),
    json: { ok: true, exitCode: EXIT.done, path: root, files: paths, next },
  };
}

/** The manifest with a name instead of the one that it has. */
function named(text: string, name: string): string {
  const manifest: object = { ...JSON.parse(text), name };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A name of a pack that is like the name of its folder. */
function nameFrom(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  return name === '' ? 'our-pack' : name;
}

function occupied(folder: string): ExpectedError {
  const message = `${folder} is not empty`;
  return new ExpectedError(EXIT.conflict, [{ code: 'occupied-folder', message, allowed: 'a new or empty folder' }]);
}

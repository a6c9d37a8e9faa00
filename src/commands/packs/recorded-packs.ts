import { readPacks } from '../../catalog/read-record.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { LOCK_FILE, PACKS_FILE, type PinnedPack } from '../../model/project-record.ts';
import { readRecordFile } from '../../project/record-files.ts';
import { integrityOf } from '../../sources/source-files.ts';
import type { GivenPack } from './open-packs.ts';

/** The packs of the project in `root` as they are recorded in what `read` reads. Throws an `ExpectedError` if one is not what it is pinned to be. */
export function recordedPacks(
  root: string,
  pinned: readonly PinnedPack[],
  read = () => readRecordFile(root, PACKS_FILE),
): readonly (GivenPack & { readonly name: string })[] {
  if (pinned.length === 0) return [];
  const recorded = readPacks(read());
  return pinned.map(({ name, source, integrity }) => {
    const files = recorded.get(name) ?? new Map();
    const found = integrityOf(files);
    if (found !== integrity) throw changed(name, integrity, found);
    return { name, source, base: root, label: `the pack ${name}`, contents: { files, special: new Map() } };
  });
}

function changed(name: string, integrity: string, found: string): ExpectedError {
  const message = `the pack ${name} in ${PACKS_FILE} is not that of ${LOCK_FILE}: its hash is ${found}`;
  const hint = `restore it from git: git checkout HEAD -- ${LOCK_FILE} ${PACKS_FILE}; or create-api update --pack <source>`;
  return new ExpectedError(EXIT.integrity, [{ code: 'changed-pack', message, allowed: integrity, hint }]);
}

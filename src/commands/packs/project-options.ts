import { readLock } from '../../catalog/read-record.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { LOCK_FILE, PACKS_FILE, type PinnedPack } from '../../model/project-record.ts';
import { type RecordFile, readRecordFile } from '../../project/record-files.ts';
import type { Context } from '../context.ts';
import { type CreateOptions, loadCreateOptions } from '../create/create-options.ts';

/**
 * The options of the project in `root`, which has the packs of its lock, as they are recorded in it. Those from `sources`, which are
 * relative to the current folder and are fetched, take the place of those with their names, or come after them; those named in
 * `removed` are left out. `read` reads a file of its record. Throws an `ExpectedError` if a recorded pack is not what the lock says.
 */
export async function loadProjectOptions(
  root: string,
  sources: readonly string[],
  context: Pick<Context, 'pack' | 'version' | 'env' | 'signal' | 'cwd'>,
  removed: readonly string[] = [],
  read = (file: RecordFile) => readRecordFile(root, file),
): Promise<CreateOptions> {
  const own = loadCreateOptions(context.pack);
  const text = read(LOCK_FILE);
  // Most projects have no pack, and no lock is read twice for them.
  if (sources.length === 0 && removed.length === 0 && !text.includes('"packs"')) return own;
  const { packs } = readLock(text, own.catalog.axes, context.version);
  refuseUnknown(removed, packs);
  if (sources.length === 0 && packs.length === 0) return own;
  const { fetchPacks, nameOf, optionsWith } = await import('./open-packs.ts');
  const fetched = await fetchPacks(
    sources.map((source) => ({ source, base: context.cwd })),
    context,
  );
  const added = fetched.map((pack) => ({ ...pack, name: nameOf(pack, context.version) }));
  refuseRepeated(added);
  const isAdded = ({ name }: PinnedPack) => added.some((pack) => pack.name === name);
  const kept = packs.filter(({ name }) => !removed.includes(name));
  const { recordedPacks } = await import('./recorded-packs.ts');
  const recorded = recordedPacks(
    root,
    kept.filter((pack) => !isAdded(pack)),
    () => read(PACKS_FILE),
  );
  const inPlace = kept.flatMap(({ name }) => [...added, ...recorded].find((pack) => pack.name === name) ?? []);
  return optionsWith([...inPlace, ...added.filter((pack) => !inPlace.includes(pack))], context);
}

/** Two versions of one pack cannot both take its place. */
function refuseRepeated(added: readonly { readonly source: string; readonly name: string }[]): void {
  const repeated = added.filter(({ name }, index) => added.findIndex((each) => each.name === name) !== index);
  if (repeated.length === 0) return;
  const problems = repeated.map(({ name, source }) => ({
    code: 'repeated-pack',
    message: `${source} is another version of the pack ${name}, which was given already`,
    hint: 'give one source of each pack',
  }));
  throw new ExpectedError(EXIT.usage, problems);
}

function refuseUnknown(removed: readonly string[], packs: readonly PinnedPack[]): void {
  const names = packs.map(({ name }) => name);
  const unknown = removed.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  const allowed = names.length === 0 ? {} : { allowed: names.join(', ') };
  const problems = unknown.map((name) => ({
    ...{ code: 'unknown-pack', message: `the project has no pack ${JSON.stringify(name)}` },
    ...allowed,
  }));
  throw new ExpectedError(EXIT.usage, problems);
}

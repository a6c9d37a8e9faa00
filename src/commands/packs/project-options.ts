import { readLock } from '../../catalog/read-record.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { LOCK_FILE, type PinnedPack } from '../../model/project-record.ts';
import { readRecordFile } from '../../project/record-files.ts';
import type { Context } from '../context.ts';
import { type CreateOptions, loadCreateOptions } from '../create/create-options.ts';

/**
 * The options of the project in `root`, which has the packs of its lock. The packs from `sources`, which are relative to the current
 * folder, take the place of those with their names, or come after them. Throws an `ExpectedError` if a pack is not what it was.
 */
export async function loadProjectOptions(
  root: string,
  sources: readonly string[],
  context: Pick<Context, 'pack' | 'version' | 'env' | 'signal' | 'cwd'>,
): Promise<CreateOptions> {
  const own = loadCreateOptions(context.pack);
  const text = readRecordFile(root, LOCK_FILE);
  // Most projects have no pack, and no lock is read twice for them.
  if (sources.length === 0 && !text.includes('"packs"')) return own;
  const { packs } = readLock(text, own.catalog.axes, context.version);
  if (sources.length === 0 && packs.length === 0) return own;
  const { loadOptionsWith, nameOfPack } = await import('./open-packs.ts');
  const added = await Promise.all(
    sources.map(async (source) => ({ source, base: context.cwd, name: await nameOfPack(source, context) })),
  );
  refuseRepeated(added);
  const pinned = packs.map((pack: PinnedPack) => {
    const { name, source, integrity } = pack;
    return added.find((each) => each.name === name) ?? { source, base: root, pinned: { name, integrity } };
  });
  const others = added.filter(({ name }) => packs.every((pack) => pack.name !== name));
  return loadOptionsWith([...pinned, ...others], context);
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

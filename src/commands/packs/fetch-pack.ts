import { isStray, type PackFiles, requireLimits } from '../../catalog/pack-files.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { parseSource, type Source } from '../../model/source.ts';
import type { Context } from '../context.ts';

/**
 * Reads the files of the pack at `source`, a folder relative to `base`, a package or a commit. Throws an `ExpectedError` if there is
 * none, and a `PackError` if it is too large.
 */
export async function fetchPack(
  text: string,
  base: string,
  { env, signal }: Pick<Context, 'env' | 'signal'>,
): Promise<PackFiles> {
  const source = sourceOf(text);
  const { fetchSource } = await import('../../sources/fetch-source.ts');
  const { files, special } = await fetchSource(source, { cwd: base, env, signal });
  const folder = source.kind === 'path' ? '' : source.path;
  const pack = { files: below(folder, files), special: below(folder, special) };
  if (pack.files.size === 0) throw noPack(text, 'there are no files');
  let all = 0;
  for (const [index, [path, { bytes }]] of [...pack.files].entries()) {
    all += bytes.length;
    requireLimits(path, { count: index + 1, bytes: bytes.length, all });
  }
  return pack;
}

function sourceOf(text: string): Source {
  const parsed = parseSource(text);
  if ('problem' in parsed) throw new ExpectedError(EXIT.usage, [parsed.problem]);
  // A name of the network could make Windows sign in there.
  if (/^[\\/]{2}/.test(text)) throw noPack(text, 'it is on another machine');
  return parsed.source;
}

/** The entries in a folder, by their paths in it. */
function below<Value>(folder: string, entries: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const start = folder === '' ? '' : `${folder}/`;
  const inFolder = [...entries].filter(([path]) => path.startsWith(start) && !isStray(path));
  return new Map(inFolder.map(([path, value]) => [path.slice(start.length), value]));
}

function noPack(source: string, reason: string): ExpectedError {
  const message = `the pack ${source} cannot be read: ${reason}`;
  return new ExpectedError(EXIT.usage, [{ code: 'no-pack', message, allowed: 'the folder of a pack' }]);
}

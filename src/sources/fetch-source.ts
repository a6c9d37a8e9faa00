/** The only place that fetches presets and packs. It needs modules of Node that take time to load, so it is imported where it is used. */
import { resolve } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { printSource, SOURCES_ALLOWED, type Source, type SourceFiles } from '../model/source.ts';
import type { Environment } from '../post/environment.ts';
import { isIoError, reasonOf } from '../project/io-error.ts';
import { listFolder, readFolderFile } from '../project/source-folder.ts';
import type { FetchContext } from './fetched-by.ts';
import { fetchCommit } from './git-source.ts';
import { fetchPackage } from './npm-source.ts';
import { MOST, SourceCollector, untrusted } from './source-files.ts';

/** What was fetched, by its source, in each environment, which has the registry and the settings of git. */
const FETCHED = new WeakMap<Environment, Map<string, Promise<SourceFiles>>>();

/**
 * Reads all files of a source: of a package, of a repository, or of a folder, which is relative to `cwd`. Nothing in it runs, and no
 * link is followed; a package or commit is fetched once. Throws an `ExpectedError`: exit code `failed` if it cannot be had, and
 * `integrity` if it is hostile.
 */
export async function fetchSource(
  source: Source,
  context: FetchContext & { readonly cwd: string },
): Promise<SourceFiles> {
  if (source.kind === 'path') return readFolder(resolve(context.cwd, source.path), printSource(source));
  const fetched = FETCHED.get(context.env) ?? new Map<string, Promise<SourceFiles>>();
  FETCHED.set(context.env, fetched);
  // All of it, since a preset and a pack may be in the same one.
  const whole = { ...source, path: '' };
  const key = printSource(whole);
  const files = fetched.get(key) ?? (whole.kind === 'npm' ? fetchPackage(whole, context) : fetchCommit(whole, context));
  fetched.set(key, files);
  return files;
}

async function readFolder(folder: string, about: string): Promise<SourceFiles> {
  const collector = new SourceCollector(about);
  try {
    const entries = listFolder(folder, MOST.files);
    if (entries === null) throw untrusted(about, `has more than ${MOST.files} files and folders`);
    for (const { path, kind, size } of entries) {
      if (kind !== 'file') collector.special(path, kind === 'link' ? 'is a link' : 'is no file');
      else if (collector.accepts(path, size)) collector.add(path, readFolderFile(folder, path, MOST.file));
    }
  } catch (error) {
    if (!isIoError(error)) throw error;
    const reason = error.code === 'ENOENT' ? 'there is no such folder' : reasonOf(error);
    const message = `the folder ${about} cannot be read: ${reason}`;
    throw new ExpectedError(EXIT.usage, [{ code: 'cannot-read-source', message, allowed: SOURCES_ALLOWED }]);
  }
  return collector.finish();
}

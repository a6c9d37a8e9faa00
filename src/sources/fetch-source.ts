/** The only place that fetches presets and packs. It needs modules of Node that take time to load, so it is imported where it is used. */
import { resolve } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { printSource, type Source, type SourceFiles } from '../model/source.ts';
import { isIoError, reasonOf } from '../project/io-error.ts';
import { listFolder, readFolderFile } from '../project/source-folder.ts';
import type { FetchContext } from './fetched-by.ts';
import { fetchCommit } from './git-source.ts';
import { fetchPackage } from './npm-source.ts';
import { MOST, SourceCollector } from './source-files.ts';

/**
 * Reads all files of a source: of a package, of a repository, or of a folder, which is relative to `cwd`. Nothing in it runs, and no
 * link is followed. Throws an `ExpectedError`: exit code `failed` if it cannot be had, and `integrity` if it is hostile.
 */
export function fetchSource(source: Source, context: FetchContext & { readonly cwd: string }): Promise<SourceFiles> {
  switch (source.kind) {
    case 'npm':
      return fetchPackage(source, context);
    case 'git':
      return fetchCommit(source, context);
    case 'path':
      return readFolder(resolve(context.cwd, source.path), printSource(source));
  }
}

async function readFolder(folder: string, about: string): Promise<SourceFiles> {
  const collector = new SourceCollector(about);
  try {
    for (const { path, kind, size } of listFolder(folder, MOST.files)) {
      if (kind !== 'file') collector.special(path, kind === 'link' ? 'is a link' : 'is no file');
      else if (collector.accepts(path, size)) collector.add(path, readFolderFile(folder, path, MOST.file));
    }
  } catch (error) {
    if (!isIoError(error)) throw error;
    const reason = error.code === 'ENOENT' ? 'there is no such folder' : reasonOf(error);
    const message = `${about} cannot be read: ${reason}`;
    throw new ExpectedError(EXIT.usage, [{ code: 'cannot-read-source', message }]);
  }
  return collector.finish();
}

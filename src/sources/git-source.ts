import { type GitSource, printSource, type SourceFiles } from '../model/source.ts';
import { withTemporaryFolder } from '../project/temporary-folder.ts';
import { type FetchContext, fetchedBy } from './fetched-by.ts';
import { SourceCollector, untrusted } from './source-files.ts';

/** Nothing of a repository runs, and nothing else is fetched. */
const SETTINGS = ['core.hooksPath=/dev/null', 'gc.auto=0', 'maintenance.auto=false', 'fetch.recurseSubmodules=false'];

/** Each entry of `ls-tree`: `100644 blob <id> <size>`, a tab, the path. */
const ENTRY = /^(\d{6}) (\w+) ([0-9a-f]{40,64}) +(\d+|-)\t(.*)$/s;
const KINDS: Readonly<Record<string, string>> = { '120000': 'is a link', '160000': 'is a submodule' };

/** A blob to read. */
interface Blob {
  readonly id: string;
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
}

/**
 * Fetches a commit with git, by the settings of the person: keys, credentials, proxy. The files are read from git's store and are
 * never checked out, so no attribute, filter or link takes effect.
 */
export async function fetchCommit(source: GitSource, context: FetchContext): Promise<SourceFiles> {
  const { url, commit } = source;
  const about = printSource(source);
  const protocols = url.startsWith('file:') ? 'file' : 'https:ssh';
  const env = { ...context.env, GIT_ALLOW_PROTOCOL: protocols };
  return withTemporaryFolder(async (folder) => {
    const git = (args: readonly string[], input = '') => {
      const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
      return fetchedBy('git', ['--no-replace-objects', ...settings, ...args], {
        ...context,
        env,
        folder,
        about,
        input,
      });
    };
    await git(['init', '--quiet', '--bare', '--template=']);
    await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--', url, commit]);
    const collector = new SourceCollector(about);
    const blobs = blobsIn(await git(['ls-tree', '-r', '-z', '-l', '--full-tree', commit]), about, collector);
    const store = await git(['cat-file', '--batch'], blobs.map(({ id }) => `${id}\n`).join(''));
    collectBlobs(store, blobs, about, collector);
    return collector.finish();
  });
}

function blobsIn(listing: Uint8Array, about: string, collector: SourceCollector): readonly Blob[] {
  const entries = textOf(listing, about).split('\0').slice(0, -1);
  return entries.flatMap((entry): readonly Blob[] => {
    const [, mode = '', type, id = '', size = '', path = ''] = ENTRY.exec(entry) ?? [];
    if (type !== 'blob' || KINDS[mode] !== undefined) {
      collector.special(path, KINDS[mode] ?? 'is no file');
      return [];
    }
    if (!collector.accepts(path, Number(size))) return [];
    return [{ id, path, size: Number(size), executable: mode === '100755' }];
  });
}

function textOf(bytes: Uint8Array, about: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw untrusted(about, 'has a file whose name is not UTF-8');
  }
}

/** Takes the output of `cat-file --batch` apart: for each blob a line with its id, type and size, its bytes, and a line break. */
function collectBlobs(store: Uint8Array, blobs: readonly Blob[], about: string, collector: SourceCollector): void {
  let at = 0;
  for (const { id, path, size, executable } of blobs) {
    const header = `${id} blob ${size}\n`;
    const start = at + header.length;
    if (new TextDecoder().decode(store.subarray(at, start)) !== header)
      throw untrusted(about, `has no content for ${path}`);
    collector.add(path, { bytes: store.slice(start, start + size), executable });
    at = start + size + 1;
  }
}

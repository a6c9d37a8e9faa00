import { type NpmSource, printSource, type SourceFiles } from '../model/source.ts';
import { readFirstFile, withTemporaryFolder } from '../project/temporary-folder.ts';
import { type FetchContext, fetchedBy, isAbsent } from './fetched-by.ts';
import { MOST, SourceCollector, untrusted } from './source-files.ts';
import { collectTarball } from './tarball.ts';

/** Offline, a person waits for the error. */
const RETRIES = ['--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'];

/** No script of a package runs. */
const SETTINGS = ['--ignore-scripts', '--no-update-notifier', '--loglevel=error', ...RETRIES];

/** Downloads a package with npm, by the settings of the person: registry, tokens, proxy. npm compares it with the registry's hash. */
export async function fetchPackage(source: NpmSource, context: FetchContext): Promise<SourceFiles> {
  const { name, version } = source;
  const about = printSource(source);
  // In an empty folder: a configuration of npm that comes with a repository does not count.
  return withTemporaryFolder(async (folder) => {
    const pack = (...how: readonly string[]) =>
      fetchedBy('npm', ['pack', ...how, ...SETTINGS, '--', `${name}@${version}`], { ...context, folder, about });
    // What npm has in its cache needs no network, but it may be a list of versions from before this one was published.
    await pack('--prefer-offline').catch((error: unknown) => {
      if (!isAbsent(error)) throw error;
      return pack('--prefer-online');
    });
    const tarball = readFirstFile(folder, '.tgz', MOST.all);
    if (tarball === null) throw untrusted(about, `is no tarball of at most ${MOST.all} bytes`);
    const collector = new SourceCollector(about);
    collectTarball(tarball, about, collector);
    return collector.finish();
  });
}

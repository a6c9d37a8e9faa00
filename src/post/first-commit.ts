import { type CommandRun, runCommand } from './commands.ts';

/**
 * Settings under which the commit holds exactly what was written: no hook, no signature that waits for a passphrase, no
 * line endings or filters of the person's own, and no author that git makes up from the names of user and host.
 */
export const GIT_SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.attributesFile=/dev/null',
  'core.autocrlf=false',
  'core.quotePath=false',
  'commit.gpgSign=false',
  'user.useConfigOnly=true',
].flatMap((setting) => ['-c', setting]);

/** How HEAD differs from the files `written`, e.g. `+ .env`, `- Cargo.lock`, `~ README.md`; empty if it does not. */
export async function differencesOfCommit(written: readonly string[], run: CommandRun): Promise<readonly string[]> {
  const entries = (await linesOf(['ls-tree', '-r', 'HEAD'], run)).map((line) => /^\S+ \S+ (\S+)\t(.*)$/.exec(line));
  const committed = new Map(entries.map((entry) => [entry?.[2] ?? '', entry?.[1]]));
  const hashes = await linesOf(['hash-object', '--no-filters', '--', ...written], run);
  const onDisk = new Map(written.map((path, index) => [path, hashes[index]]));
  return [
    ...[...committed.keys()].filter((path) => !onDisk.has(path)).map((path) => `+ ${path}`),
    ...written.filter((path) => !committed.has(path)).map((path) => `- ${path}`),
    ...written.filter((path) => committed.has(path) && committed.get(path) !== onDisk.get(path)).map((p) => `~ ${p}`),
  ];
}

async function linesOf(args: readonly string[], run: CommandRun): Promise<readonly string[]> {
  const lines: string[] = [];
  await runCommand('git', [...GIT_SETTINGS, ...args], { ...run, progress: (line) => void lines.push(line) });
  return lines;
}

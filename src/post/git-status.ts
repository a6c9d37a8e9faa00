import { type CommandRun, runCommand } from './commands.ts';
import { type Environment, quietEnvironment } from './environment.ts';

/** Paths as they are, relative to the folder as only the short form has them. What counts as an edit is up to the person's settings. */
const SETTINGS = ['core.quotePath=false', 'core.fsmonitor=false', 'status.relativePaths=true', 'color.status=false'];

/**
 * The files among `paths`, relative to `folder`, that have changes which are not committed, or that git does not have at all: if
 * they are changed now, nobody can get back what they were. Empty without a repository or git.
 */
export async function dirtyFiles(
  folder: string,
  paths: readonly string[],
  { env, signal }: { readonly env: Environment; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const lines: string[] = [];
  const run: CommandRun = {
    folder,
    env: quietEnvironment(env, false),
    signal,
    progress: (line) => void lines.push(line),
  };
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const status = ['status', '--short', '--no-branch', '--untracked-files=all', '--no-renames', '--', ...paths];
  const end = await runCommand('git', ['--literal-pathspecs', ...settings, ...status], run);
  if (end.kind !== 'succeeded') return [];
  // Warnings, such as those about line ends, are among the lines.
  return lines.filter((line) => /^[ MTADU?]{2} /.test(line)).map((line) => unquoted(line.slice(3)));
}

/** Git quotes a path that has a quote, a backslash or a control character. */
function unquoted(path: string): string {
  return path.startsWith('"') ? path.slice(1, -1).replace(/\\(["\\])/g, '$1') : path;
}

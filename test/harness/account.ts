import { execFileSync } from 'node:child_process';

/** The user and group that a server runs as; empty: those of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * An unprivileged account where this process is root (PostgreSQL and MariaDB refuse to run as root): the first of
 * `names` that exists, else `nobody`.
 */
export function unprivileged(...names: readonly string[]): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of [...names, 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such account here; the next one may exist.
    }
  }
  throw new Error('running as root, and there is no unprivileged account to run a server as');
}

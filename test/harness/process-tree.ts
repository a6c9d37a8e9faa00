import { execFileSync } from 'node:child_process';

/** Sends a signal to a process and all its descendants, parents first; those that have ended are skipped. */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    return;
  }
  for (const child of childrenOf(pid)) signalTree(child, signal);
}

function childrenOf(pid: number): number[] {
  try {
    const pids = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return pids.trim().split('\n').map(Number);
  } catch {
    // pgrep exits 1 if there is none.
    return [];
  }
}

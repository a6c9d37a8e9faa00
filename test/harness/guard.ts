import { spawn } from 'node:child_process';

/**
 * Runs a shell command once this process has ended, however it ended: exit hooks do not run on SIGKILL, but the
 * kernel closes the pipe that the guard reads. Returns a function that cancels the guard.
 */
export function whenThisProcessDies(command: string): () => void {
  const guard = spawn('/bin/sh', ['-c', `read _; ${command}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  guard.unref();
  // `stdin` is a socket; typed as a plain Writable, which has no `unref`.
  (guard.stdin as unknown as { unref(): void }).unref();
  return () => void guard.kill('SIGKILL');
}

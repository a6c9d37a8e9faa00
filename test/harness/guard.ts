import { spawn } from 'node:child_process';

/**
 * Has a shell command run once this process is gone, however it went: exit hooks do not run on SIGKILL, but the
 * kernel closes the pipe that the guard is reading. Returns a function that calls the guard off.
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

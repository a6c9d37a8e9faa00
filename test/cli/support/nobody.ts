import { spawn } from 'node:child_process';
import { chmodSync, cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CLI, ENVIRONMENT, type Finished, finish } from './command.ts';
import { emptyFolder } from './service-folder.ts';

/** Runs the command as a user subject to permissions: root becomes nobody. */
export function createAsNobody(args: readonly string[], cwd: string): Promise<Finished> {
  // The user nobody may be unable to read the program where it is.
  const program = emptyFolder();
  cpSync(dirname(CLI), program, { recursive: true });
  chmodSync(program, 0o755);
  const asNobody = `process.getuid() === 0 && (process.setgid(65534), process.setuid(65534));
    process.argv.splice(1, 0, 'create-api'); await import(${JSON.stringify(join(program, 'cli.js'))});`;
  const words = ['--input-type=module', '--eval', asNobody, '--', ...args];
  return finish(spawn(process.execPath, words, { cwd, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] }));
}

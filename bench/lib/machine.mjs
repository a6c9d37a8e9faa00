// What figures depend on besides the code: the machine and the versions of tools.
import { execFileSync } from 'node:child_process';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

/** The machine, without its name. */
export function machine() {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
  };
}

/** The first line that each command prints, e.g. `{ rustc: ['rustc', '--version'] }`; `null` if it is not installed. */
export function versionsOf(commands) {
  return Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, firstLine(command)]));
}

function firstLine([program, ...args]) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n', 1)[0];
  } catch (error) {
    // wrk prints its version and exits with 1.
    return error.stdout?.split('\n', 1)[0] || null;
  }
}

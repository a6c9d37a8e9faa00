// Errors of programs that are not installed.
import { spawnSync } from 'node:child_process';

const PACKAGES = {
  cargo: 'Rust',
  callgrind_control: 'Valgrind',
  go: 'Go 1.26 or later',
  mvn: 'Maven',
  npm: 'Node.js with npm',
  python3: 'Python 3 with venv',
  strip: 'binutils',
};

/** The error of a program, or what to install if the program is missing. */
export function explained(error, program) {
  if (error.code !== 'ENOENT') return error;
  return new Error(`${program} is missing: install ${PACKAGES[program] ?? program}`);
}

/** Throws if a program, which every measurement needs, is missing. */
export function requireTool(program) {
  const { error } = spawnSync(program, ['--version']);
  if (error) throw explained(error, program);
}

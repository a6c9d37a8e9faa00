import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Answers } from '../../src/model/answers.ts';
import { argumentsFor } from './arguments-for.ts';

/** The built command line. */
export const CLI = path.join(import.meta.dirname, '../../dist/cli.js');

/** Creates a project with exactly these answers in the folder `home` with the built command line; returns its path. */
export function createProject(answers: Answers, home: string, flags: readonly string[] = []): string {
  execFileSync(process.execPath, [CLI, ...argumentsFor(answers), ...flags], { cwd: home, stdio: 'pipe' });
  return path.join(home, answers.name);
}

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Answers } from '../../src/model/answers.ts';
import { argumentsFor } from './arguments-for.ts';

const CLI = path.join(import.meta.dirname, '../../dist/cli.js');

/** Has the built command line create a project of exactly these answers in the folder `home`; gives the project's path. */
export function createProject(answers: Answers, home: string): string {
  execFileSync(process.execPath, [CLI, ...argumentsFor(answers)], { cwd: home, stdio: 'pipe' });
  return path.join(home, answers.name);
}

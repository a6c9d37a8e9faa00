import { isAbsolute, join, relative } from 'node:path';
import { shellLine } from '../options/equivalent.ts';
import { npxPackage } from '../project/npx-package.ts';

/** How the process was started. */
export interface Launch {
  /** `process.argv[1]`: links are not resolved. */
  readonly script: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly isWindows: boolean;
  readonly version: string;
}

/**
 * The beginning of every command line that is printed: it starts the same create-api in the same way, through npx or
 * `npm create`, from a clone, or by the name of the installed program.
 */
export function programName(launch: Launch): string {
  return shellLine(words(launch), launch.isWindows);
}

function words({ script, cwd, env, version }: Launch): readonly string[] {
  const path = script.replaceAll('\\', '/');
  const [npxFolder] = /^.*\/_npx\/[^/]+(?=\/)/.exec(path) ?? [];
  if (npxFolder !== undefined) {
    const file = npxPackage(npxFolder, 'create-api');
    if (file !== null) return ['npx', file];
    return env['npm_command'] === 'init' ? ['npm', 'create', `api@${version}`, '--'] : ['npx', `create-api@${version}`];
  }
  if (/\/node_modules\/\.bin\/create-api(?:\.\w+)?$/.test(path)) return ['npx', 'create-api'];
  if (/\/(?:create-api(?:\.\w+)?|node_modules\/create-api\/dist\/cli\.js)$/.test(path)) return ['create-api'];
  const fromHere = relative(cwd, script);
  return ['node', fromHere.startsWith('..') || isAbsolute(fromHere) ? script : join(fromHere)];
}

import { resolve } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { readFlags } from '../options/flags.ts';
import { PACK_OPTIONS } from '../options/schema.ts';
import type { Command } from './context.ts';

/** `create-api pack check <folder>`: reports everything that is wrong in a pack; exits 1 if something is. */
export const pack: Command = async ({ argv, cwd, version }) => {
  const raw = await readFlags(PACK_OPTIONS, argv);
  const [action, folder = null, ...others] = raw.operands;
  const isWellFormed = action === 'check' && folder !== null && others.length === 0;
  const wrong = [...raw.problems, ...(isWellFormed ? [] : [misused(raw.operands)])];
  if (wrong.length > 0 || folder === null) throw new ExpectedError(EXIT.usage, wrong);
  const root = resolve(cwd, folder);
  // Nothing else needs the schema library and the compiler of templates.
  const { checkPack, isFolder } = await import('./pack/check-pack.ts');
  if (!(await isFolder(root))) throw new ExpectedError(EXIT.usage, [notFound(folder)]);
  const problems = await checkPack(root, version);
  const ok = problems.length === 0;
  const exitCode = ok ? EXIT.done : EXIT.failed;
  const text = ok ? `${folder}: nothing is wrong` : `${folder}: problems: ${problems.length}`;
  return { exitCode, text, json: { ok, exitCode, problems }, ...(!ok && { problems }) };
};

function misused(operands: readonly string[]): Problem {
  return {
    code: 'pack-usage',
    message: operands.length === 0 ? 'pack: what to do is missing' : `pack takes no ${operands.join(' ')}`,
    allowed: 'check <folder>',
    hint: 'create-api pack check ./my-pack',
  };
}

function notFound(folder: string): Problem {
  return { code: 'no-such-folder', message: `${folder} is not a folder`, allowed: 'the folder of a pack' };
}

import { resolve } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { PACK_OPTIONS } from '../options/command-options.ts';
import { readFlags } from '../options/flags.ts';
import type { Command, CommandResult, Context } from './context.ts';

/**
 * `create-api pack check <folder>`: reports everything that is wrong in a pack; exits 1 if something is. `pack init <folder>` starts a
 * team's pack, and `pack render <folder> [path]` shows what one brings to a project.
 */
export const pack: Command = async (context) => {
  const raw = await readFlags(PACK_OPTIONS, context.argv);
  const [action, folder = null, ...others] = raw.operands;
  // Its flags are those of the options, which the pack adds to.
  if (action === 'render' && folder !== null) {
    return (await import('./pack/render-pack.ts')).renderPack(folder, context);
  }
  const isWellFormed = (action === 'check' || action === 'init') && folder !== null && others.length === 0;
  const wrong = [...raw.problems, ...(isWellFormed ? [] : [misused(raw.operands)])];
  if (wrong.length > 0 || folder === null) throw new ExpectedError(EXIT.usage, wrong);
  if (action === 'init') return (await import('./pack/init-pack.ts')).initPack(folder, context);
  return check(folder, context);
};

async function check(folder: string, context: Context): Promise<CommandResult> {
  const root = resolve(context.cwd, folder);
  // Nothing else needs the schema library and the compiler of templates.
  const { checkPack, isFolder } = await import('./pack/check-pack.ts');
  if (!(await isFolder(root))) throw new ExpectedError(EXIT.usage, [notFound(folder)]);
  const problems = await checkPack(root, context.version, context.pack);
  const ok = problems.length === 0;
  const exitCode = ok ? EXIT.done : EXIT.failed;
  const text = ok ? `${folder}: nothing is wrong` : `${folder}: problems: ${problems.length}`;
  return { exitCode, text, json: { ok, exitCode, problems }, ...(!ok && { problems }) };
}

function misused(operands: readonly string[]): Problem {
  const isFolderMissing = operands.length === 1 && ['init', 'check', 'render'].includes(`${operands[0]}`);
  return {
    code: 'pack-usage',
    message:
      operands.length === 0
        ? 'pack: what to do is missing'
        : isFolderMissing
          ? `pack ${operands[0]}: the folder is missing`
          : `pack takes no ${operands.join(' ')}`,
    allowed: 'init <folder>, check <folder> or render <folder> [path]',
    hint: 'create-api pack check ./my-pack',
  };
}

function notFound(folder: string): Problem {
  return { code: 'no-such-folder', message: `${folder} is not a folder`, allowed: 'the folder of a pack' };
}

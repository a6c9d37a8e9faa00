import { dirname, resolve } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { PRESET_OPTIONS } from '../options/command-options.ts';
import { readFlags } from '../options/flags.ts';
import { printPreset } from '../options/print-preset.ts';
import { writeNewFile } from '../project/new-file.ts';
import { findProject } from '../project/record-files.ts';
import { openProject } from './change/open-project.ts';
import type { Command } from './context.ts';
import { pinnedIn } from './packs/pinned.ts';
import { loadProjectOptions } from './packs/project-options.ts';

const DEFAULT_FILE = 'preset.json';

/** `create-api preset save [file]`: writes the answers of a project as a preset, with which `--preset` creates one like it. */
export const preset: Command = async (context) => {
  const { argv, cwd, terminal } = context;
  const raw = await readFlags(PRESET_OPTIONS, argv);
  const [action, file = DEFAULT_FILE, ...others] = raw.operands;
  const wrong = [...raw.problems, ...(action === 'save' && others.length === 0 ? [] : [misused(raw.operands)])];
  if (wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
  const root = findProject(cwd);
  const options = await loadProjectOptions(root, [], context);
  const { lock } = openProject(root, options);
  const path = resolve(cwd, file);
  const packs = options.packs.map((pack) => pinnedIn(dirname(path), pack).source);
  const saved = { ...(packs.length > 0 && { packs }), ...printPreset(lock.answers, options.axes) };
  writeNewFile(path, `${JSON.stringify(saved, null, 2)}\n`, 'give another name: create-api preset save <file>');
  const text = `  ${terminal.out.green('✔')} ${file} has the answers of ${lock.answers.name}: --preset ${file}`;
  return { exitCode: EXIT.done, text, json: { ok: true, exitCode: EXIT.done, path, preset: saved } };
};

function misused([action, ...others]: readonly string[]): Problem {
  const what =
    action === undefined
      ? 'what to do is missing'
      : action === 'save'
        ? `too many files: ${others.join(', ')}`
        : `it cannot ${JSON.stringify(action)}`;
  return {
    code: 'preset-usage',
    message: `preset: ${what}`,
    allowed: 'save [file]',
    hint: 'create-api preset save team.json',
  };
}

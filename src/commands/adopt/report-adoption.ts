import { EXIT } from '../../model/errors.ts';
import { adoptedText } from '../../ui/adopted-text.ts';
import type { CommandResult, Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import type { Adoption } from './adopt-project.ts';

/** Reports a project that was adopted, or that would be. */
export function reportAdoption(
  adoption: Adoption,
  isDryRun: boolean,
  { axes }: CreateOptions,
  { terminal, program }: Context,
): CommandResult {
  const { root, release, answers, files, record } = adoption;
  const next = isDryRun
    ? []
    : ['git add .create-api', 'git commit --message "Adopt create-api"', `${program} diff`, `${program} update`];
  return {
    exitCode: EXIT.done,
    text: adoptedText({ ...adoption, axes, isDryRun, next }, terminal.out, terminal.columns),
    json: {
      ok: true,
      exitCode: EXIT.done,
      dryRun: isDryRun,
      path: root,
      release,
      answers,
      files,
      record: record.map(({ path }) => path),
      next,
      problems: [],
    },
  };
}

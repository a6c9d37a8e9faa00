import { dirname, resolve } from 'node:path';
import { ExpectedError } from '../../model/errors.ts';
import { type InterviewStep, interview } from '../../options/interview.ts';
import { axisStep, nameStep } from '../../options/questions.ts';
import type { WorkspaceChoice } from '../../options/resolve.ts';
import { inspectTarget } from '../../project/target.ts';
import { openPrompter } from '../../ui/prompter.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from './create-options.ts';
import { type Draft, directoryName } from './draft.ts';
import { reviewStep } from './review.ts';

/** Asks whatever the draft leaves open, then whether to go on; throws where the person stops. */
export async function askTheRest(draft: Draft, options: CreateOptions, context: Context): Promise<Draft> {
  const { directory } = draft;
  const suggestion = directory === null ? 'my-service' : options.suggestName(directoryName(directory, context.cwd));
  const named = nameStep<Draft>(suggestion, options.rules, async (name) =>
    directory === null ? whyNoFolder(resolve(context.cwd, name)) : null,
  );
  const steps: readonly InterviewStep<Draft>[] = [
    {
      question: named.question,
      accept: (before, reply) => {
        const next = named.accept(before, reply);
        return { ...next, directory: next.directory ?? next.chosen.name ?? null };
      },
    },
    ...options.axes.map((option) => axisStep<Draft>(option, options.rules)),
    workspaceStep(options, context.cwd),
    reviewStep(options, context),
  ];
  const prompter = await openPrompter(context.terminal, context.signal);
  try {
    return await interview(steps, draft, prompter);
  } finally {
    prompter.close();
  }
}

/** Why nothing can be created at a path, e.g. because a file is there. */
async function whyNoFolder(path: string): Promise<string | null> {
  try {
    await inspectTarget(path);
    return null;
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

function workspaceStep(options: CreateOptions, cwd: string): InterviewStep<Draft> {
  const option = options.all.find((option) => option.key === 'workspace');
  return {
    async question({ directory, settings }, before) {
      if (settings.workspace !== null || directory === null || option?.kind !== 'choice') return null;
      const { insideWorkspace, isWorkspaceMember } = await inspectTarget(resolve(cwd, directory));
      if (insideWorkspace === null || isWorkspaceMember) return null;
      return {
        kind: 'choice',
        message: option.label,
        preface: `  ${dirname(insideWorkspace)} is a Cargo workspace.`,
        choices: option.choices.map(({ id, label, hint }) => ({ id, label, hint, whyNot: null })),
        initial: typeof before === 'string' ? before : null,
      };
    },
    accept: (draft, reply) => ({
      ...draft,
      settings: { ...draft.settings, workspace: reply as WorkspaceChoice },
    }),
  };
}

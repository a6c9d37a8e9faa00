import { dirname, resolve } from 'node:path';
import { ExpectedError, type Problem } from '../../model/errors.ts';
import type { OnConflict } from '../../model/files.ts';
import { asOperand, shellLine } from '../../options/equivalent.ts';
import { type InterviewStep, interview } from '../../options/interview.ts';
import { axisStep, defaultsStep, descriptionStep, nameStep } from '../../options/questions.ts';
import type { CreateRequest, WorkspaceChoice } from '../../options/resolve.ts';
import { resourceSteps } from '../../options/resource-questions.ts';
import { surveyFolder } from '../../project/survey.ts';
import { inspectTarget } from '../../project/target.ts';
import { paragraph } from '../../ui/layout.ts';
import { cancelled, openPrompter } from '../../ui/prompter.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from './create-options.ts';
import { directoryName } from './request.ts';
import { fewOf, reviewStep } from './review.ts';

/** Asks for everything the request leaves open, then for confirmation; throws if the user stops. */
export async function askTheRest(
  request: CreateRequest,
  options: CreateOptions,
  context: Context,
): Promise<CreateRequest> {
  const { directory } = request;
  const suggestion = directory === null ? 'my-service' : options.suggestName(directoryName(directory, context.cwd));
  const checkName = (text: string): Problem | null => {
    const problem = options.rules.checkName(text);
    if (problem === null || directory !== null || !/[\\/]/.test(text)) return problem;
    const command = `${context.program} ${shellLine([asOperand(text)], context.isWindows)}`;
    return { ...problem, hint: `to choose the folder, run ${command}` };
  };
  const named = nameStep<CreateRequest>(suggestion, { checkName }, async (name) =>
    directory === null ? folderProblem(resolve(context.cwd, name)) : null,
  );
  const { columns } = context.terminal;
  const notEmpty = notEmptyStep(context.cwd, columns);
  const steps: readonly InterviewStep<CreateRequest>[] = [
    // Asked first if the folder is known, otherwise as soon as it is.
    notEmpty,
    {
      question: named.question,
      accept: (before, reply) => {
        const next = named.accept(before, reply);
        return { ...next, directory: next.directory ?? next.chosen.name ?? null };
      },
    },
    notEmpty,
    descriptionStep(({ directory }) => paragraph(`Folder: ${resolve(context.cwd, directory ?? '')}`, columns)),
    defaultsStep(options.axes, options.rules),
    ...options.axes.map((option) => axisStep<CreateRequest>(option, options.rules)),
    ...resourceSteps<CreateRequest>(options.rules),
    workspaceStep(options, context.cwd, columns),
    reviewStep(options, context),
  ];
  for (const { name, about } of request.presets.toReversed()) {
    if (about !== null) context.terminal.note(`\n${paragraph(`Preset ${name}: ${about}`, columns)}`);
  }
  for (const { source, shown = source, policy } of options.enforced.policies) {
    const about = policy.about === undefined ? '' : `: ${policy.about}`;
    context.terminal.note(`\n${paragraph(`Policy ${shown}${about}`, columns)}`);
  }
  const prompter = await openPrompter(context.terminal, context.signal);
  try {
    return await interview(steps, request, prompter);
  } finally {
    prompter.close();
  }
}

const STOP = 'stop';
const STOP_HINT =
  'choose another directory; or --on-conflict skip to keep existing files, --on-conflict overwrite to replace them';

/** Asks what to do about the files in a folder that is not empty, before any question about the project. */
function notEmptyStep(cwd: string, columns: number): InterviewStep<CreateRequest> {
  return {
    async question({ directory, settings }) {
      if (directory === null || settings.onConflict !== 'fail') return null;
      const { path, kind } = await inspectTarget(resolve(cwd, directory));
      const existing = kind === 'occupied' ? surveyFolder(path, []).unrelated : [];
      if (existing.length === 0) return null;
      return {
        kind: 'choice',
        message: 'The folder is not empty',
        preface: paragraph(`${path} contains ${fewOf(existing)}.`, columns),
        choices: [
          { id: STOP, label: 'Stop', hint: 'write nothing', disabledReason: null },
          { id: 'skip', label: 'Keep', hint: 'keep every existing file, write the others', disabledReason: null },
          { id: 'overwrite', label: 'Overwrite', hint: 'replace files of the same name', disabledReason: null },
        ],
        initial: STOP,
        showsAllHints: true,
      };
    },
    accept(request, reply) {
      if (reply === STOP) throw cancelled(STOP_HINT);
      return { ...request, settings: { ...request.settings, onConflict: reply as OnConflict } };
    },
  };
}

/** The reason nothing can be created at a path, e.g. a file that is already there. */
async function folderProblem(path: string): Promise<string | null> {
  try {
    await inspectTarget(path);
    return null;
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

function workspaceStep(options: CreateOptions, cwd: string, columns: number): InterviewStep<CreateRequest> {
  const option = options.all.find((option) => option.key === 'workspace');
  return {
    async question({ directory, settings }, before) {
      if (settings.workspace !== null || directory === null || option?.kind !== 'choice') return null;
      const { insideWorkspace, isWorkspaceMember } = await inspectTarget(resolve(cwd, directory));
      if (insideWorkspace === null) return null;
      const coveredReason = isWorkspaceMember ? 'the workspace already includes this folder' : null;
      return {
        kind: 'choice',
        message: option.label,
        preface: paragraph(`${dirname(insideWorkspace)} is a Cargo workspace.`, columns),
        choices: option.choices.map(({ id, label, hint }) => ({
          ...{ id, label, hint },
          disabledReason: id === 'apart' ? coveredReason : null,
        })),
        initial: typeof before === 'string' ? before : isWorkspaceMember ? 'join' : null,
      };
    },
    accept: (request, reply) => ({
      ...request,
      settings: { ...request.settings, workspace: reply as WorkspaceChoice },
    }),
  };
}

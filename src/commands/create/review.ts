import type { OnConflict } from '../../model/files.ts';
import type { PlannedStep } from '../../model/steps.ts';
import type { ChoiceQuestion, InterviewStep, OfferedChoice } from '../../options/interview.ts';
import type { CreateRequest, Settings } from '../../options/resolve.ts';
import type { Survey } from '../../project/survey.ts';
import { outsideFiles } from '../../ui/placement-text.ts';
import { answersRows, rowsText } from '../../ui/project-text.ts';
import { cancelled } from '../../ui/prompter.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from './create-options.ts';
import { type Prepared, prepare } from './prepare.ts';

const CREATE = 'create';
const BACK_ID = 'back';
const CANCEL = 'cancel';
const SHOWN_PATHS = 2;

/** Shows what is going to happen and asks whether to create it, to go back or to stop. */
export function reviewStep(options: CreateOptions, context: Context): InterviewStep<CreateRequest> {
  return {
    async question(request) {
      const prepared = await prepare(request, options, context.cwd);
      const waysToWrite = waysToWriteOf(prepared);
      return {
        kind: 'choice',
        message: request.settings.dryRun ? 'Show what would be written?' : 'Create it?',
        preface: `\n${summary(prepared, options, context)}\n`,
        // Enter alone neither replaces existing files nor mixes the project with them.
        initial: waysToWrite.length > 1 ? CANCEL : null,
        showsAllHints: waysToWrite.length > 1,
        backId: BACK_ID,
        choices: [
          ...waysToWrite,
          { id: BACK_ID, label: 'Go back', hint: 'change an answer', disabledReason: null },
          { id: CANCEL, label: 'Stop', hint: 'write nothing', disabledReason: null },
        ],
      } satisfies ChoiceQuestion;
    },
    accept(request, reply) {
      if (reply === CANCEL) throw cancelled(null);
      if (reply === CREATE) return request;
      return { ...request, settings: { ...request.settings, onConflict: reply as OnConflict } };
    },
  };
}

const STEP_TEXT = { install: 'fetch crates', verify: 'cargo check', git: 'first commit' } as const;

function summary(prepared: Prepared, options: CreateOptions, { terminal }: Context): string {
  const { answers, origins, target, files, steps, survey, settings, repositoryFiles, leftOut } = prepared;
  const outside = outsideFiles(target.repositoryRoot ?? target.path, repositoryFiles);
  return rowsText(
    [
      ['Project', answers.name],
      ['Description', answers.description],
      ['Folder', target.kind === 'occupied' ? `${target.path} (not empty)` : target.path],
      ...answersRows(answers, origins, options.axes),
      ['Files', `${files.length}`],
      ...existingRows(survey, settings),
      ...outside.map(({ path, action }) => [action === 'write' ? 'Also written' : 'Kept', path] as const),
      ...leftOut.map(({ path, reason }) => ['Left out', `${path}: ${reason}`] as const),
      ['Then', steps.map(stepText).join(', ') || 'nothing'],
    ],
    terminal.err,
    terminal.columns,
  );
}

function stepText({ step, skipReason }: PlannedStep): string {
  return skipReason === null ? STEP_TEXT[step] : `no ${STEP_TEXT[step]}: ${skipReason}`;
}

/** What happens to existing files, if that is decided. */
function existingRows(
  { collisions }: Survey,
  { onConflict }: Settings,
): readonly (readonly [label: string, text: string])[] {
  if (collisions.length === 0 || onConflict === 'fail') return [];
  return [[onConflict === 'skip' ? 'Kept' : 'Overwritten', fewOf(collisions)]];
}

function waysToWriteOf({ survey, settings }: Prepared): readonly OfferedChoice[] {
  const { collisions, unrelated, blocked } = survey;
  const isInTheWay = collisions.length + unrelated.length + blocked.length > 0;
  if (!isInTheWay || settings.onConflict !== 'fail') {
    return [{ id: CREATE, label: 'Yes', hint: '', disabledReason: null }];
  }
  const disabledReason = blocked.length === 0 ? null : `${blocked.join(', ')} cannot be written`;
  if (collisions.length === 0) {
    return [{ id: 'skip', label: 'Yes', hint: `beside ${fewOf(unrelated)}`, disabledReason }];
  }
  return [
    { id: 'skip', label: 'Keep', hint: `${fewOf(collisions)} and write the rest`, disabledReason },
    { id: 'overwrite', label: 'Overwrite', hint: fewOf(collisions), disabledReason },
  ];
}

/** The first paths, few enough to leave the question on the screen. */
export function fewOf(paths: readonly string[]): string {
  const rest = paths.length - SHOWN_PATHS;
  return rest > 0 ? `${paths.slice(0, SHOWN_PATHS).join(', ')} and ${rest} more` : paths.join(', ');
}

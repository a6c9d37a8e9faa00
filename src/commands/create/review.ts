import type { OnConflict } from '../../model/files.ts';
import type { ChoiceQuestion, InterviewStep, OfferedChoice } from '../../options/interview.ts';
import type { CreateRequest } from '../../options/resolve.ts';
import { answersRows, rowsText } from '../../ui/project-text.ts';
import { cancelled } from '../../ui/prompter.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from './create-options.ts';
import { type Prepared, prepare } from './prepare.ts';

const CREATE = 'create';
const BACK_ID = 'back';
const CANCEL = 'cancel';
const SHOWN_PATHS = 2;

/** The summary of what is going to happen, with the last word: create, go back or stop. */
export function reviewStep(options: CreateOptions, context: Context): InterviewStep<CreateRequest> {
  return {
    async question(request) {
      const prepared = await prepare(request, options, context.cwd);
      const waysToWrite = waysToWriteOf(prepared);
      return {
        kind: 'choice',
        message: request.settings.dryRun ? 'Show what would be written?' : 'Create it?',
        preface: `\n${summary(prepared, options, context)}\n`,
        // Files of another project are neither replaced nor mixed with these by a mere enter.
        initial: waysToWrite.length > 1 ? CANCEL : null,
        backId: BACK_ID,
        choices: [
          ...waysToWrite,
          { id: BACK_ID, label: 'Go back', hint: 'change an answer', disabledReason: null },
          { id: CANCEL, label: 'Stop', hint: 'write nothing', disabledReason: null },
        ],
      } satisfies ChoiceQuestion;
    },
    accept(request, reply) {
      if (reply === CANCEL) throw cancelled();
      if (reply === CREATE) return request;
      return { ...request, settings: { ...request.settings, onConflict: reply as OnConflict } };
    },
  };
}

function summary({ answers, target, files, steps }: Prepared, options: CreateOptions, { terminal }: Context): string {
  return rowsText(
    [
      ['Project', answers.name],
      ['Folder', target.kind === 'occupied' ? `${target.path} (not empty)` : target.path],
      ...answersRows(answers, options.axes),
      ['Files', `${files.length}`],
      ['Then', steps.flatMap((step) => step.commands).join(', ') || 'nothing'],
    ],
    terminal.err,
    terminal.columns,
  );
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

/** As many as leave the question on the screen. */
function fewOf(paths: readonly string[]): string {
  const rest = paths.length - SHOWN_PATHS;
  return [...paths.slice(0, SHOWN_PATHS), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

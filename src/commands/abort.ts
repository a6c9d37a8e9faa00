import { EXIT, ExpectedError } from '../model/errors.ts';
import { ABORT_OPTIONS } from '../options/command-options.ts';
import { readFlags } from '../options/flags.ts';
import { abortPending, editedSince, forgetPending, isTakenBack } from '../project/pending.ts';
import { findProject } from '../project/record-files.ts';
import { holdFolder } from '../project/transaction.ts';
import { abortedText } from '../ui/change-text.ts';
import { labelled } from '../ui/layout.ts';
import { committedAmong, findPending, goneText, isGone, JOINING, nothingPending } from './change/pending-change.ts';
import type { Command } from './context.ts';
import { refuseOperands } from './operands.ts';

/** `create-api abort`: undoes a change that has conflicts; files that were edited since are copied first. */
export const abort: Command = async (context) => {
  const { argv, cwd, terminal, version } = context;
  const { operands, problems } = await readFlags(ABORT_OPTIONS, argv);
  const misused = [...problems, ...refuseOperands('abort', operands)];
  if (misused.length > 0) throw new ExpectedError(EXIT.usage, misused);
  const root = findProject(cwd);
  const held = holdFolder(root);
  try {
    const pending = findPending(root, version);
    const isJoining = pending === null || pending.command === JOINING;
    const repository = isJoining
      ? (await import('../post/git-merge.ts')).openRepository(root, context.env, context.signal)
      : undefined;
    if (pending === null) throw nothingPending(await repository?.abort());
    const done = { ok: true, exitCode: EXIT.done, path: root, command: pending.command };
    if (await isGone(root, pending, context)) {
      forgetPending(held);
      const text = labelled(`  ${terminal.out.green('✔')}`, goneText(pending.command), 4, terminal.columns);
      return { exitCode: EXIT.done, text, json: { ...done, restored: [], copies: [] } };
    }
    // What git has, or what came after the change was taken back, is no edit of what the change wrote.
    const edited = editedSince(root, pending);
    const left = isTakenBack(root, pending, true) ? new Set(edited) : await committedAmong(root, edited, context);
    const report = abortPending(held, pending, left);
    await repository?.refresh();
    return { exitCode: EXIT.done, text: abortedText(pending.command, report, terminal), json: { ...done, ...report } };
  } finally {
    held.release();
  }
};

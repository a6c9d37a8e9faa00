import { EXIT, ExpectedError } from '../model/errors.ts';
import { ABORT_OPTIONS } from '../options/command-options.ts';
import { readFlags } from '../options/flags.ts';
import { abortPending } from '../project/pending.ts';
import { findProject } from '../project/record-files.ts';
import { holdFolder } from '../project/transaction.ts';
import { abortedText } from '../ui/change-text.ts';
import { findPending, nothingPending } from './change/pending-change.ts';
import type { Command } from './context.ts';
import { refuseOperands } from './operands.ts';

/** `create-api abort`: undoes a change that has conflicts; files that were edited since are copied first. */
export const abort: Command = async ({ argv, cwd, terminal, version }) => {
  const { operands, problems } = await readFlags(ABORT_OPTIONS, argv);
  const misused = [...problems, ...refuseOperands('abort', operands)];
  if (misused.length > 0) throw new ExpectedError(EXIT.usage, misused);
  const root = findProject(cwd);
  const held = holdFolder(root);
  try {
    const pending = findPending(root, version);
    if (pending === null) throw nothingPending();
    const report = abortPending(held, pending);
    return {
      exitCode: EXIT.done,
      text: abortedText(pending.command, report, terminal),
      json: { ok: true, exitCode: EXIT.done, path: root, command: pending.command, ...report },
    };
  } finally {
    held.release();
  }
};

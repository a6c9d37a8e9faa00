import { resolve } from 'node:path';
import { assertSettled, holdFolder } from '../project/transaction.ts';
import { recognisedText } from '../ui/adopted-text.ts';
import { cancelled } from '../ui/prompter.ts';
import { type Adoption, planAdoption } from './adopt/adopt-project.ts';
import { readAdoptRequest } from './adopt/adopt-request.ts';
import { reportAdoption } from './adopt/report-adoption.ts';
import { confirm } from './confirm.ts';
import type { Command, Context } from './context.ts';
import { type CreateOptions, loadCreateOptions } from './create/create-options.ts';

/** `create-api adopt`: gives a project of an earlier release, which has none, the record that changes start from. */
export const adopt: Command = async (context) => {
  const options = loadCreateOptions(context.pack);
  const request = await readAdoptRequest(context, options);
  const root = resolve(context.cwd);
  if (request.dryRun) {
    assertSettled(root);
    return reportAdoption(await planAdoption(root, request, options, context), true, options, context);
  }
  const held = holdFolder(root);
  try {
    const adoption = await planAdoption(root, request, options, context);
    if (request.asks) await confirmAdoption(adoption, options, context);
    if (context.signal.aborted) throw cancelled(null);
    held.apply(adoption.record);
    return reportAdoption(adoption, false, options, context);
  } finally {
    held.release();
  }
};

async function confirmAdoption(adoption: Adoption, { axes }: CreateOptions, context: Context): Promise<void> {
  const { err: style, columns } = context.terminal;
  await confirm(
    'Write its record to .create-api/?',
    `${recognisedText({ ...adoption, axes }, style, columns)}\n`,
    context,
  );
}

import { countsText, effectsText, filesText } from '../../ui/change-text.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import { describeFiles } from './describe-change.ts';
import type { DecidedChange } from './plan-change.ts';

/** Shows what is going to happen to a project and asks whether to do it; throws the error of a cancelled run if not. */
export async function confirmChange(change: DecidedChange, context: Context): Promise<void> {
  const files = describeFiles(change);
  const texts = change.effects.map(({ text }) => text);
  const width = { style: context.terminal.err, columns: context.terminal.columns };
  const preface = `\n${[filesText(files, width), ...effectsText(texts, width)].join('\n')}\n`;
  const losesData = change.effects.some((effect) => effect.losesData);
  await confirm(`Do it (${countsText(files)})?`, preface, context, losesData);
}

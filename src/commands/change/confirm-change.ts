import { countsText, effectsText, filesText } from '../../ui/change-text.ts';
import { cancelled, openPrompter } from '../../ui/prompter.ts';
import type { Context } from '../context.ts';
import { describeFiles } from './describe-change.ts';
import type { DecidedChange } from './plan-change.ts';

const YES = 'yes';

/** Shows what is going to happen and asks whether to do it; throws the error of a cancelled run if not. */
export async function confirmChange(change: DecidedChange, { terminal, signal }: Context): Promise<void> {
  const files = describeFiles(change);
  const texts = change.effects.map(({ text }) => text);
  const width = { style: terminal.err, columns: terminal.columns };
  const prompter = await openPrompter(terminal, signal);
  try {
    const reply = await prompter.ask(
      {
        kind: 'choice',
        message: `Do it (${countsText(files)})?`,
        preface: `\n${[filesText(files, width), ...effectsText(texts, width)].join('\n')}\n`,
        initial: YES,
        choices: [
          { id: YES, label: 'Yes', hint: '', disabledReason: null },
          { id: 'no', label: 'Stop', hint: 'change nothing', disabledReason: null },
        ],
      },
      false,
    );
    if (reply !== YES) throw cancelled(null);
  } finally {
    prompter.close();
  }
}

import { cancelled, openPrompter } from '../ui/prompter.ts';
import type { Context } from './context.ts';

const YES = 'yes';
const STOP = 'stop';

/**
 * Shows what is going to happen and asks whether to do it; throws the error of a cancelled run if not. Enter alone does it, unless
 * `losesData`.
 */
export async function confirm(
  message: string,
  preface: string,
  { terminal, signal }: Context,
  losesData = false,
): Promise<void> {
  const prompter = await openPrompter(terminal, signal);
  try {
    const reply = await prompter.ask(
      {
        kind: 'choice',
        message,
        preface,
        initial: losesData ? STOP : YES,
        choices: [
          { id: YES, label: 'Yes', hint: '', disabledReason: null },
          { id: STOP, label: 'Stop', hint: 'change nothing', disabledReason: null },
        ],
      },
      false,
    );
    if (reply !== YES) throw cancelled(null);
  } finally {
    prompter.close();
  }
}

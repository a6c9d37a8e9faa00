import { EXIT, ExpectedError } from '../model/errors.ts';
import { BACK, type Prompter, type Question } from '../options/interview.ts';
import { openKeyboard } from './keyboard.ts';
import { elementFor } from './prompt-elements.ts';
import { eraseAbove, rowsOf, SHOW_CURSOR } from './screen.ts';
import type { Terminal } from './terminal.ts';

/** A `Prompter` on the terminal, to be closed after the last question, even if that failed. */
export interface TerminalPrompter extends Prompter {
  close(): void;
}

/** Asks with `prompts`, on stderr; `signal` ends the current or next question as Ctrl-C does. */
export async function openPrompter(terminal: Terminal, signal: AbortSignal): Promise<TerminalPrompter> {
  const prompts = await loadPrompts(terminal.err.hasColors);
  throwIfStopped(signal);
  const { stdin, stderr } = terminal.streams;
  if (!stderr.isTTY) throw new Error('there is no terminal to ask questions in');
  const keyboard = openKeyboard(stdin);
  signal.addEventListener('abort', keyboard.interrupt);
  /** The rows of each answered question, which going back clears. */
  const answeredRows: number[] = [];

  return {
    async ask(asked, canGoBack) {
      throwIfStopped(signal);
      const question = canGoBack ? asked : withoutBack(asked);
      const preface = question.preface === undefined ? '' : `${question.preface}\n`;
      stderr.write(preface);
      const element = elementFor(question, canGoBack, terminal.err, stderr);
      const { reply } = await prompts({ ...element.options, name: 'reply', stdin: keyboard.stream, stdout: stderr });
      const rows = rowsOf(preface, stderr.columns) + rowsOf(`${element.lastLine()}\n`, stderr.columns);
      const isBackChosen = question.kind === 'choice' && reply !== undefined && reply === question.backId;
      if (reply !== undefined && !isBackChosen) {
        answeredRows.push(rows);
        return reply;
      }
      if (!isBackChosen && keyboard.lastKey !== 'escape') throw cancelled();
      stderr.write(eraseAbove(rows + (answeredRows.pop() ?? 0)));
      return BACK;
    },
    close() {
      signal.removeEventListener('abort', keyboard.interrupt);
      keyboard.close();
      stderr.write(SHOW_CURSOR);
    },
  };
}

function withoutBack(question: Question): Question {
  if (question.kind !== 'choice') return question;
  return { ...question, choices: question.choices.filter((choice) => choice.id !== question.backId) };
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** The error of stopping at a question; the default `hint` is for Ctrl-C. */
export function cancelled(
  hint: string | null = 'to use the defaults without questions: create-api <new directory> --yes',
): ExpectedError {
  const message = 'nothing was written';
  return new ExpectedError(EXIT.cancelled, [{ code: 'cancelled', message, ...(hint !== null && { hint }) }]);
}

async function loadPrompts(hasColors: boolean): Promise<typeof import('prompts')> {
  if (hasColors) return (await import('prompts')).default;
  // Its copy of kleur reads the environment when it is loaded, and ignores NO_COLOR.
  const { NODE_DISABLE_COLORS: before } = process.env;
  process.env['NODE_DISABLE_COLORS'] = '1';
  try {
    return (await import('prompts')).default;
  } finally {
    if (before === undefined) delete process.env['NODE_DISABLE_COLORS'];
    else process.env['NODE_DISABLE_COLORS'] = before;
  }
}

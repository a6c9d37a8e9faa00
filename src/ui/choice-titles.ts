import type { OfferedChoice } from '../options/interview.ts';
import { truncateAtWord, widthOf, wrapText } from './layout.ts';
import type { Style } from './style.ts';

/** The columns of the pointer or tick before a title. */
const PREFIX = 4;
/** Ends the underline or strike-through of `prompts` before the hint. */
const RESET = '\u001b[0m';

/**
 * The lines of a question's choices for `prompts`: the label, then a column with the hint or the reason why the choice is
 * disabled. The choice under the cursor shows the whole text, the others what fits on one line.
 */
export function choiceTitles(
  choices: readonly OfferedChoice[],
  cursor: number,
  style: Style,
  columns: number,
  showsAllHints = false,
): readonly string[] {
  const labelWidth = Math.max(...choices.map((choice) => widthOf(choice.label)));
  const indent = PREFIX + labelWidth + 2;
  const room = Math.max(20, columns - indent - 1);
  return choices.map((choice, index) => {
    const text =
      choice.disabledReason === null ? (choice.lockedReason ?? choice.hint) : `not available: ${choice.disabledReason}`;
    const lines = showsAllHints || index === cursor ? wrapText(text, room) : [truncateAtWord(text, room)];
    const gap = ' '.repeat(labelWidth - widthOf(choice.label) + 2);
    const paint = choice.disabledReason === null ? style.dim : style.yellow;
    const reset = style.hasColors ? RESET : '';
    return choice.label + reset + gap + lines.map(paint).join(`\n${' '.repeat(indent)}`);
  });
}

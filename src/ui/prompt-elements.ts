/** Questions as options of `prompts`, which draws them; `onRender` is the only way to change its elements. */
import type { PromptObject } from 'prompts';
import { unreachable } from '../model/errors.ts';
import type { ChoiceQuestion, ListQuestion, OfferedChoice, Question, TextQuestion } from '../options/interview.ts';
import { choiceTitles } from './choice-titles.ts';
import { widthOf, wrapText } from './layout.ts';
import { replaceBelow, rowsOf } from './screen.ts';
import type { Style } from './style.ts';

const INDENT = '  ';
const NO_BREAK = '\u00A0';

/** A question for `prompts`. */
export interface PromptElement {
  readonly options: Omit<PromptObject, 'name'> & { readonly optionsPerPage?: number };
  /** The text that stays on the screen after the question, without colours. */
  lastLine(): string;
}

interface Screen {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
}

/** The used properties of an element of `prompts`, which is the `this` of `onRender`. */
interface Drawn {
  done?: boolean;
}
interface DrawnText extends Drawn {
  readonly value: string;
  readonly cursor: number;
  /** The position of the cursor, in columns from the end of the text. */
  cursorOffset: number;
  error?: boolean;
  readonly errorMsg: string;
}
interface DrawnChoices extends Drawn {
  readonly cursor: number;
}
interface DrawnList extends DrawnChoices {
  readonly value: DrawnChoice[];
  renderOption: DrawRow;
  renderDoneOrInstructions(): string;
}
interface DrawnChoice {
  title: string;
  selected?: boolean;
}
/** Draws the tick, `scrollMark` and the title of a choice. */
type DrawRow = (cursor: number, choice: DrawnChoice, index: number, scrollMark: string) => string;

/** Turns a question into options of `prompts` for the given screen. */
export function elementFor(question: Question, canGoBack: boolean, style: Style, screen: Screen): PromptElement {
  switch (question.kind) {
    case 'text':
      return textElement(question, style, screen);
    case 'choice':
      return choiceElement(question, canGoBack, style, screen);
    case 'list':
      return listElement(question, canGoBack, style, screen);
    default:
      return unreachable(question);
  }
}

function textElement(question: TextQuestion, style: Style, screen: Screen): PromptElement {
  let text = '';
  const lastLine = (): string => `? ${question.message} › ${text}`;
  return {
    options: {
      type: 'text',
      message: question.message,
      initial: question.initial,
      validate: async (value: string) => question.check(value) ?? (await question.checkOnEnter(value)) ?? true,
      onRender(this: DrawnText) {
        text = this.value || question.initial;
        // prompts moves the cursor to the start of a text, but does not draw it there.
        this.cursorOffset = this.value === '' ? 0 : this.cursor - this.value.length;
        const problem = this.error ? this.errorMsg : question.check(text);
        // prompts erases only one line of a problem, from the wrong place, so the problem is drawn here.
        this.error = false;
        const lines = this.done || problem === null ? [] : wrapText(problem, columnsOf(screen) - 3);
        const drawn = lines.map((line, index) => (index === 0 ? '› ' : '  ') + style.red(line)).join('\n');
        screen.write(replaceBelow(drawn, rowsOf(`${lastLine()}\n`, screen.columns), screen.columns));
      },
    },
    lastLine,
  };
}

function choiceElement(question: ChoiceQuestion, canGoBack: boolean, style: Style, screen: Screen): PromptElement {
  let last = '';
  return {
    options: {
      type: 'select',
      message: question.message,
      choices: optionsOf(question.choices),
      initial: Math.max(
        0,
        question.choices.findIndex((choice) => choice.id === question.initial),
      ),
      hint: helpLine(['↑ ↓: move', 'enter: select', ...(canGoBack ? ['esc: back'] : [])], screen),
      warn: 'not available here',
      optionsPerPage: pageSize(screen),
      onRender(this: DrawnChoices & { readonly choices: DrawnChoice[] }) {
        retitle(this.choices, this, question.choices, style, screen, question.showsAllHints);
        last = this.choices[this.cursor]?.title ?? '';
      },
    },
    lastLine: () => `? ${question.message} › ${last}`,
  };
}

function listElement(question: ListQuestion, canGoBack: boolean, style: Style, screen: Screen): PromptElement {
  const head = `? ${question.message} › `;
  let answer = '';
  return {
    options: {
      type: 'multiselect',
      message: question.message,
      choices: optionsOf(question.choices, question.initial),
      instructions: false,
      hint: helpLine(
        ['space: toggle', 'a: all or none', 'enter: continue', ...(canGoBack ? ['esc: back'] : [])],
        screen,
      ),
      // The reason is next to the choice; with an empty text the library would show its own.
      warn: ' ',
      optionsPerPage: pageSize(screen),
      onRender(this: DrawnList) {
        // prompts lets a tick be removed, whatever the choice.
        for (const [index, { lockedReason }] of question.choices.entries()) {
          const drawn = this.value[index];
          if (drawn !== undefined && typeof lockedReason === 'string') drawn.selected = true;
        }
        retitle(this.value, this, question.choices, style, screen);
        const drawRow: DrawRow = Object.getPrototypeOf(this).renderOption.bind(this);
        this.renderOption = (...row) => pointedAt(drawRow, row, style);
        if (!this.done) return;
        const labels = this.value.filter((choice) => choice.selected).map((choice) => choice.title);
        const lines = wrapText(labels.join(', ') || 'None', columnsOf(screen) - widthOf(head) - 1);
        answer = lines.join(`\n${' '.repeat(widthOf(head))}`);
        this.renderDoneOrInstructions = () => answer;
      },
    },
    lastLine: () => head + answer,
  };
}

/** The help on keys, on separate lines below the question, broken between keys. */
function helpLine(keys: readonly string[], screen: Screen): string {
  const words = keys.map((key) => key.replaceAll(' ', NO_BREAK)).join(', ');
  const lines = wrapText(words, columnsOf(screen) - INDENT.length - 1);
  return lines.map((line) => `\n${INDENT}${line.replaceAll(NO_BREAK, ' ')}`).join('');
}

/** Draws a row of a list, with a pointer at the choice under the cursor: `prompts` marks it by colour alone. */
function pointedAt(drawRow: DrawRow, [cursor, choice, index, scrollMark]: Parameters<DrawRow>, style: Style): string {
  const mark = index === cursor ? style.cyan('❯') : scrollMark;
  // Without the scroll mark, two spaces are left in its place.
  return `${mark} ${drawRow(cursor, choice, index, '').replace('  ', ' ')}`;
}

function optionsOf(choices: readonly OfferedChoice[], selected: readonly string[] = []) {
  return choices.map(({ id, label, disabledReason }) => ({
    title: label,
    value: id,
    disabled: disabledReason !== null,
    selected: selected.includes(id),
  }));
}

/** Titles include the hints while the question is asked; only labels are left after it. */
function retitle(
  drawn: DrawnChoice[],
  { cursor, done = false }: DrawnChoices,
  choices: readonly OfferedChoice[],
  style: Style,
  screen: Screen,
  showsAllHints = false,
): void {
  const titles = done
    ? choices.map((choice) => choice.label)
    : choiceTitles(choices, cursor, style, columnsOf(screen), showsAllHints);
  for (const [index, choice] of drawn.entries()) choice.title = titles[index] ?? choice.title;
}

/** The rows for choices, without those of the question, the keys, and a hint of several lines. */
function pageSize(screen: Screen): number {
  return Math.max(3, screen.rows - 6);
}

/** A terminal of unknown size reports 0. */
function columnsOf(screen: Screen): number {
  return screen.columns || 80;
}

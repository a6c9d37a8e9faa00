/** Questions as options of `prompts`, which draws them. Its elements are changed only through `onRender`. */
import type { PromptObject } from 'prompts';
import { unreachable } from '../model/errors.ts';
import type { ChoiceQuestion, ListQuestion, OfferedChoice, Question, TextQuestion } from '../options/interview.ts';
import { choiceTitles } from './choice-titles.ts';
import { wrapText } from './layout.ts';
import { reserveLines } from './screen.ts';
import type { Style } from './style.ts';

/** A question for `prompts`. */
export interface PromptElement {
  readonly options: Omit<PromptObject, 'name'> & { readonly optionsPerPage?: number };
  /** What stays on the screen after it has ended, without colours. */
  lastLine(): string;
}

interface Screen {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
}

/** What is used of an element of `prompts`, the `this` of `onRender`. */
interface Drawn {
  msg: string;
  done?: boolean;
}
interface DrawnText extends Drawn {
  readonly value: string;
  error?: boolean;
  errorMsg?: string;
}
interface DrawnChoices extends Drawn {
  readonly cursor: number;
}
interface DrawnChoice {
  title: string;
  readonly selected?: boolean;
}

/** Takes a question and where it is drawn; gives what `prompts` is to ask. */
export function elementFor(question: Question, canGoBack: boolean, style: Style, screen: Screen): PromptElement {
  switch (question.kind) {
    case 'text':
      return textElement(question, screen);
    case 'choice':
      return choiceElement(question, canGoBack, style, screen);
    case 'list':
      return listElement(question, canGoBack, style, screen);
    default:
      return unreachable(question);
  }
}

/** Lines kept free under a text, for what is wrong with it. */
const ERROR_LINES = 4;

function textElement(question: TextQuestion, screen: Screen): PromptElement {
  let text = '';
  const fitted = (problem: string | null): string | null =>
    problem &&
    wrapText(problem, screen.columns - 3)
      .slice(0, ERROR_LINES)
      .join('\n');
  // prompts saves the cursor's place on the screen before it writes below: scrolling would make that place wrong.
  screen.write(reserveLines(ERROR_LINES));
  return {
    options: {
      type: 'text',
      message: question.message,
      initial: question.initial,
      validate: async (value: string) => fitted(question.check(value) ?? (await question.checkOnEnter(value))) ?? true,
      onRender(this: DrawnText) {
        text = this.value || question.initial;
        if (this.done) return;
        const problem = fitted(question.check(text));
        this.error = problem !== null;
        if (problem !== null) this.errorMsg = problem;
      },
    },
    lastLine: () => `? ${question.message} › ${text}`,
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
      hint: canGoBack ? '↑ ↓ enter, esc goes back' : '↑ ↓ enter',
      warn: 'not possible here',
      optionsPerPage: pageSize(screen),
      onRender(this: DrawnChoices & { readonly choices: DrawnChoice[] }) {
        retitle(this.choices, this, question.choices, style, screen);
        last = this.choices[this.cursor]?.title ?? '';
      },
    },
    lastLine: () => `? ${question.message} › ${last}`,
  };
}

function listElement(question: ListQuestion, canGoBack: boolean, style: Style, screen: Screen): PromptElement {
  let last = '';
  return {
    options: {
      type: 'multiselect',
      message: question.message,
      choices: optionsOf(question.choices, question.initial),
      instructions: false,
      hint: canGoBack ? 'space, a all, enter, esc goes back' : 'space, a all, enter',
      // The reason stands beside the choice; an empty text would bring the library's own.
      warn: ' ',
      optionsPerPage: pageSize(screen),
      onRender(this: DrawnChoices & { readonly value: DrawnChoice[] }) {
        retitle(this.value, this, question.choices, style, screen);
        const chosen = this.value.filter((choice) => choice.selected);
        if (this.done && chosen.length === 0) this.msg = `${question.message}: none`;
        last = `${this.msg} › ${chosen.map((choice) => choice.title).join(', ')}`;
      },
    },
    lastLine: () => `? ${last}`,
  };
}

function optionsOf(choices: readonly OfferedChoice[], selected: readonly string[] = []) {
  return choices.map(({ id, label, whyNot }) => ({
    title: label,
    value: id,
    disabled: whyNot !== null,
    selected: selected.includes(id),
  }));
}

/** While asking, titles carry the hints; in the line that stays, only the labels. */
function retitle(
  drawn: DrawnChoice[],
  { cursor, done = false }: DrawnChoices,
  choices: readonly OfferedChoice[],
  style: Style,
  screen: Screen,
): void {
  const titles = done ? choices.map((choice) => choice.label) : choiceTitles(choices, cursor, style, screen.columns);
  for (const [index, choice] of drawn.entries()) choice.title = titles[index] ?? choice.title;
}

/** Rows for choices: the question, a hint that goes on, and the line under it need some too. */
function pageSize(screen: Screen): number {
  return Math.max(3, screen.rows - 6);
}

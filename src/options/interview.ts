/** A series of questions with a way back. Independent of the terminal: a `Prompter` asks. */

/** A choice as it is offered after the earlier answers. */
export interface OfferedChoice {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** Why it cannot be chosen; shown instead of the hint. */
  readonly disabledReason: string | null;
  /** Why it has to be chosen; shown instead of the hint. */
  readonly lockedReason?: string | null;
}

interface Asked {
  readonly message: string;
  /** Shown above the question, e.g. the summary above "Create it?". */
  readonly preface?: string;
}

export interface TextQuestion extends Asked {
  readonly kind: 'text';
  readonly initial: string;
  /** The problem with a text, or `null`; called on every key. */
  readonly check: (text: string) => string | null;
  /** The same for checks that read the disk; called once the text is entered. */
  readonly checkOnEnter: (text: string) => Promise<string | null>;
}

export interface ChoiceQuestion extends Asked {
  readonly kind: 'choice';
  readonly choices: readonly OfferedChoice[];
  /** The id that the cursor starts at. */
  readonly initial: string | null;
  /** Every choice shows its whole hint, not only the one under the cursor: what it does cannot be undone. */
  readonly showsAllHints?: boolean;
  /** The id of a choice that means going back. */
  readonly backId?: string;
}

export interface ListQuestion extends Asked {
  readonly kind: 'list';
  readonly choices: readonly OfferedChoice[];
  /** The ids that are ticked at first. */
  readonly initial: readonly string[];
}

export type Question = TextQuestion | ChoiceQuestion | ListQuestion;
export type Reply = string | readonly string[];

/** The reply that asks for the previous question. */
export const BACK = Symbol('back');

export interface Prompter {
  /** Resolves to the reply or `BACK`; rejects with an `ExpectedError` (exit code `cancelled`) on Ctrl-C. */
  ask(question: Question, canGoBack: boolean): Promise<Reply | typeof BACK>;
}

/** One question of an interview that completes a `State`. */
export interface InterviewStep<State> {
  /** The question, or `null` if there is nothing to ask; `before` is the reply of an earlier visit. */
  question(state: State, before: Reply | undefined): Promise<Question | null>;
  /** The state with the reply in it. */
  accept(state: State, reply: Reply): State;
  /** How many steps further the next one is, backwards if negative; 1 if absent. Steps that are asked again forget their replies. */
  next?(state: State): number;
}

/** Asks every step that has a question; going back forgets later answers but offers them again. */
export async function interview<State>(
  steps: readonly InterviewStep<State>[],
  start: State,
  prompter: Prompter,
): Promise<State> {
  const trail: { readonly index: number; readonly state: State }[] = [];
  const replies = new Map<number, Reply>();
  let at = { index: 0, state: start };
  for (let step = steps[0]; step !== undefined; step = steps[at.index]) {
    const { index, state } = at;
    const question = await step.question(state, replies.get(index));
    if (question === null) {
      at = { index: index + 1, state };
      continue;
    }
    const reply = await prompter.ask(question, trail.length > 0);
    if (reply === BACK) {
      at = trail.pop() ?? at;
      continue;
    }
    replies.set(index, reply);
    trail.push(at);
    const accepted = step.accept(state, reply);
    const next = index + (step.next?.(accepted) ?? 1);
    for (const forgotten of replies.keys()) if (forgotten >= next && forgotten <= index) replies.delete(forgotten);
    at = { index: next, state: accepted };
  }
  return at.state;
}

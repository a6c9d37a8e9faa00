/** The questions about a project, made from the option schema. Questions that a flag answers are skipped. */
import type { Answers, Origin, Origins } from '../model/answers.ts';
import { checkDescription } from './description.ts';
import type { InterviewStep, OfferedChoice, Reply } from './interview.ts';
import { completeAnswers, DEFAULT_DESCRIPTION, defaultFor, type Rules } from './resolve.ts';
import type { AxisOption } from './schema.ts';

/** The answers so far, and where they came from. */
export type Chosen = { readonly chosen: Partial<Answers>; readonly origins: Origins };

/** Asks for the package name. `suggestion` is the default; `checkFolder` finds the problem with a folder of that name. */
export function nameStep<State extends Chosen>(
  suggestion: string,
  rules: Pick<Rules, 'checkName'>,
  checkFolder: (name: string) => Promise<string | null>,
): InterviewStep<State> {
  return {
    async question({ chosen }, before) {
      if (chosen.name !== undefined) return null;
      return {
        kind: 'text',
        message: 'Project name',
        initial: typeof before === 'string' ? before : suggestion,
        check: (text) => {
          const problem = rules.checkName(text);
          return problem && [problem.message, problem.hint].filter(Boolean).join('\n');
        },
        checkOnEnter: checkFolder,
      };
    },
    accept: (state, reply) => choose(state, 'name', reply),
  };
}

/** Asks for the description; `preface` is shown above. */
export function descriptionStep<State extends Chosen>(preface: (state: State) => string): InterviewStep<State> {
  return {
    async question(state, before) {
      if (state.chosen.description !== undefined) return null;
      return {
        kind: 'text',
        message: 'Description',
        preface: preface(state),
        initial: typeof before === 'string' ? before : DEFAULT_DESCRIPTION,
        check: (text) => checkDescription(text)?.message ?? null,
        checkOnEnter: async () => null,
      };
    },
    accept: (state, reply) => choose(state, 'description', reply),
  };
}

const DEFAULTS = 'defaults';
const CUSTOM = 'custom';

/** Offers to take the defaults of all open axes at once; with fewer than two open axes there is nothing to save. */
export function defaultsStep<State extends Chosen>(axes: readonly AxisOption[], rules: Rules): InterviewStep<State> {
  const complete = ({ name = '', ...chosen }: Partial<Answers>) => {
    const completed = completeAnswers({ name, ...chosen }, axes, rules);
    if (!('answers' in completed)) return null;
    // Whoever takes the defaults may still want resources.
    const { resources: _, ...answers } = completed.answers;
    return answers;
  };
  return {
    async question({ chosen }, before) {
      const open = axes.filter((option) => isOpen(option, chosen, rules));
      const answers = complete(chosen);
      if (open.length < 2 || answers === null) return null;
      const labels = open.map((option) => labelsOf(option, answers[option.key]));
      return {
        kind: 'choice',
        message: 'Use the defaults?',
        choices: [
          { id: DEFAULTS, label: 'Yes', hint: labels.join(', '), disabledReason: null },
          { id: CUSTOM, label: 'No', hint: 'choose each option', disabledReason: null },
        ],
        initial: typeof before === 'string' ? before : DEFAULTS,
      };
    },
    accept(state, reply) {
      if (reply !== DEFAULTS) return state;
      const added = complete(state.chosen) ?? {};
      const fromDefaults = Object.fromEntries(Object.keys(added).map((key): [string, Origin] => [key, 'default']));
      return {
        ...state,
        chosen: { ...state.chosen, ...added },
        origins: { ...fromDefaults, ...state.origins },
      };
    },
  };
}

/** Whether a choice on an axis is still to be made. */
export function isOpen(option: AxisOption, chosen: Partial<Answers>, rules: Rules): boolean {
  return chosen[option.key] === undefined && rules.isApplicable(chosen, option.key) && option.choices.length > 1;
}

/** The label of a single choice; the number of choices of a list. */
function labelsOf(option: AxisOption, value: string | readonly string[] | null): string {
  const ids = [value ?? []].flat();
  if (option.kind === 'list') return `${ids.length} ${option.label.toLowerCase()}`;
  const label = option.choices.find((choice) => choice.id === ids[0])?.label;
  return label === undefined || ids[0] === 'none' ? `no ${option.label.toLowerCase()}` : label;
}

/** Asks for one axis; an axis with a single choice, or one that does not apply, is not asked. */
export function axisStep<State extends Chosen>(option: AxisOption, rules: Rules): InterviewStep<State> {
  return {
    async question({ chosen }, before) {
      if (!isOpen(option, chosen, rules)) return null;
      const choices = option.choices.map(
        ({ id, label, hint }): OfferedChoice => ({
          id,
          label,
          hint: rules.hintOf(chosen, option.key, id) ?? hint,
          disabledReason: rules.incompatibilityReason(chosen, option.key, id),
          lockedReason: rules.lockReason(chosen, option.key, id),
        }),
      );
      const isOffered = (id: string): boolean =>
        choices.some((choice) => choice.id === id && choice.disabledReason === null);
      const preset = before ?? defaultFor(option, chosen, rules);
      const locked = choices.filter(({ lockedReason }) => lockedReason !== null).map(({ id }) => id);
      const ids = [...new Set([...locked, ...(preset === null ? [] : [preset].flat())])].filter(isOffered);
      return option.kind === 'list'
        ? { kind: 'list', message: option.label, choices, initial: ids }
        : { kind: 'choice', message: option.label, choices, initial: ids[0] ?? null };
    },
    accept: (state, reply) => choose(state, option.key, reply),
  };
}

function choose<State extends Chosen>(state: State, key: keyof Answers, reply: Reply): State {
  return { ...state, chosen: { ...state.chosen, [key]: reply }, origins: { ...state.origins, [key]: 'prompt' } };
}

/** The questions about a project, made from the option schema. What a flag has answered is not asked. */
import type { Answers } from '../model/answers.ts';
import type { InterviewStep, OfferedChoice, Reply } from './interview.ts';
import { defaultFor, type Rules } from './resolve.ts';
import type { AxisOption } from './schema.ts';

type Chosen = { readonly chosen: Partial<Answers> };

/** Asks for the package name. `suggestion` is offered; `checkFolder` says what is wrong with a folder of that name. */
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
        message: 'Name of the project',
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

/** Asks for one axis; an axis with a single choice, or without a meaning here, is not asked. */
export function axisStep<State extends Chosen>(option: AxisOption, rules: Rules): InterviewStep<State> {
  return {
    async question({ chosen }, before) {
      const isOpen = chosen[option.key] === undefined && rules.isApplicable(chosen, option.key);
      if (!isOpen || option.choices.length < 2) return null;
      const choices = option.choices.map(
        ({ id, label, hint }): OfferedChoice => ({
          id,
          label,
          hint,
          disabledReason: rules.incompatibilityReason(chosen, option.key, id),
        }),
      );
      const isOffered = (id: string): boolean =>
        choices.some((choice) => choice.id === id && choice.disabledReason === null);
      const preset = before ?? defaultFor(option, chosen, rules);
      const ids = (preset === null ? [] : [preset].flat()).filter(isOffered);
      return option.kind === 'list'
        ? { kind: 'list', message: option.label, choices, initial: ids }
        : { kind: 'choice', message: option.label, choices, initial: ids[0] ?? null };
    },
    accept: (state, reply) => choose(state, option.key, reply),
  };
}

function choose<State extends Chosen>(state: State, key: keyof Answers, reply: Reply): State {
  return { ...state, chosen: { ...state.chosen, [key]: reply } };
}

/** The questions about resources: a name, then fields with a type chosen from a list, until there are no more. */
import type { Answers } from '../model/answers.ts';
import type { Problem } from '../model/errors.ts';
import type { Resource } from '../model/resource.ts';
import { parseResource } from '../model/resource-syntax.ts';
import { FIELD_TYPES } from './field-types.ts';
import type { InterviewStep, TextQuestion } from './interview.ts';
import type { Chosen } from './questions.ts';
import type { Rules } from './resolve.ts';

/** A resource that is being described, in the notation of `resource-syntax.ts`. */
interface Draft {
  /** Its name and the fields so far. */
  readonly text: string;
  /** The field that is being described, and the kind of its type. */
  readonly field: string;
  readonly kind: string;
}

type Drafting = Chosen & { readonly draft?: Draft };

const NO = 'no';
const YES = 'yes';
const NO_DRAFT: Draft = { text: '', field: '', kind: '' };

/** Steps back from the last question of a field, and from the first one once there are no more fields. */
const NEXT_FIELD = -2;
const NEXT_RESOURCE = -2;
/** Steps forward past all questions about a resource. */
const PAST_ALL = 5;

/** Asks for resources, unless some were given. */
export function resourceSteps<State extends Drafting>(rules: Rules): readonly InterviewStep<State>[] {
  return [moreStep(), nameStep(rules), fieldStep(rules), kindStep(), typeStep(rules)];
}

function moreStep<State extends Drafting>(): InterviewStep<State> {
  return {
    async question({ chosen, draft }) {
      if (chosen.resources !== undefined && draft === undefined) return null;
      const names = (chosen.resources ?? []).map(({ singular }) => singular);
      return {
        kind: 'choice',
        message: names.length === 0 ? 'Add a resource?' : 'Add another resource?',
        choices: [
          { id: NO, label: 'No', hint: names.join(', '), disabledReason: null },
          { id: YES, label: 'Yes', hint: 'a table with its routes and tests', disabledReason: null },
        ],
        initial: NO,
      };
    },
    accept: (state, reply) => ({
      ...state,
      chosen: { ...state.chosen, resources: state.chosen.resources ?? [] },
      origins: { ...state.origins, resources: 'prompt' },
      draft: reply === YES ? { ...NO_DRAFT, text: ' ' } : NO_DRAFT,
    }),
    next: ({ draft }) => (draft?.text === '' ? PAST_ALL : 1),
  };
}

function nameStep<State extends Drafting>(rules: Rules): InterviewStep<State> {
  return {
    async question({ chosen, draft = NO_DRAFT }, before) {
      if (draft.text === '') return null;
      return textQuestion('Its name, in the singular', typeof before === 'string' ? before : '', (text) =>
        /\s/.test(text.trim()) ? [ONE_WORD] : problemsWith(chosen, `${text.trim()} placeholder:bool`, rules),
      );
    },
    accept: (state, reply) => ({ ...state, draft: { ...NO_DRAFT, text: String(reply).trim() } }),
  };
}

function fieldStep<State extends Drafting>(rules: Rules): InterviewStep<State> {
  return {
    async question({ chosen, draft = NO_DRAFT }) {
      if (draft.text === '') return null;
      const isFirst = !draft.text.includes(' ');
      const message = isFirst ? 'First field' : 'Next field (empty: no more)';
      const [singular = ''] = draft.text.split(/[\s/]/, 1);
      const problemsOf = (text: string) => {
        const name = text.trim();
        if (/[\s:]/.test(name)) return [ONE_WORD];
        const asColumn = problemsWith(chosen, `${draft.text} ${name}:bool`, rules);
        // The column of a reference has another name, so `user` may be one.
        const asReference = problemsWith(chosen, `${draft.text} ${name}:ref(${singular})?`, rules);
        const isTaken = draft.text.includes(` ${name}:`);
        return asReference.length === 0 && !isTaken ? [] : asColumn;
      };
      return textQuestion(message, '', problemsOf, !isFirst);
    },
    accept(state, reply) {
      const field = String(reply).trim();
      const draft = state.draft ?? NO_DRAFT;
      if (field !== '') return { ...state, draft: { ...draft, field } };
      const { resource } = parseResource(draft.text);
      const resources: readonly Resource[] = [...(state.chosen.resources ?? []), ...(resource ? [resource] : [])];
      return { ...state, chosen: { ...state.chosen, resources }, draft: { ...draft, field } };
    },
    next: ({ draft }) => (draft?.field === '' ? NEXT_RESOURCE : 1),
  };
}

function kindStep<State extends Drafting>(): InterviewStep<State> {
  return {
    async question({ draft = NO_DRAFT }, before) {
      if (draft.field === '') return null;
      const choices = FIELD_TYPES.map(({ kind, holds }) => ({
        id: kind,
        label: kind,
        hint: holds,
        disabledReason: null,
      }));
      const initial = typeof before === 'string' ? before : (choices[0]?.id ?? null);
      return { kind: 'choice', message: `Type of ${draft.field}`, choices, initial };
    },
    accept: (state, reply) => ({ ...state, draft: { ...(state.draft ?? NO_DRAFT), kind: String(reply) } }),
  };
}

function typeStep<State extends Drafting>(rules: Rules): InterviewStep<State> {
  return {
    async question({ chosen, draft = NO_DRAFT }) {
      const type = FIELD_TYPES.find(({ kind }) => kind === draft.kind);
      if (draft.field === '' || type === undefined) return null;
      const problemsOf = (text: string) =>
        problemsWith(chosen, `${draft.text} ${draft.field}:${text.replace(/\s/g, '')}`, rules);
      // A field is mostly called after what it refers to.
      const namesake = `${type.kind}(${draft.field})`;
      const isNamesake = type.kind === 'ref' && problemsOf(namesake).length === 0;
      const message = `Type in full (? optional${type.modifiers.map((modifier) => `, ${modifier}`).join('')})`;
      return textQuestion(message, isNamesake ? namesake : type.example, problemsOf);
    },
    accept(state, reply) {
      const draft = state.draft ?? NO_DRAFT;
      const text = `${draft.text} ${draft.field}:${String(reply).replace(/\s/g, '')}`;
      return { ...state, draft: { ...NO_DRAFT, text } };
    },
    next: () => NEXT_FIELD,
  };
}

/** What blanks and colons would make of a name. */
const ONE_WORD: Problem = { code: 'invalid-resource-name', message: 'a name is one word, such as order_item' };

/** What is wrong with a resource next to those that were chosen. */
function problemsWith(chosen: Partial<Answers>, text: string, rules: Rules): readonly Problem[] {
  const { resource, problems } = parseResource(text);
  if (resource === null) return problems;
  return rules.problemsOfResources([...(chosen.resources ?? []), resource], chosen);
}

/** Asks for a text. That it is empty is no problem before it is entered, unless it may be. */
function textQuestion(
  message: string,
  initial: string,
  problemsOf: (text: string) => readonly Problem[],
  mayBeEmpty = false,
): TextQuestion {
  return {
    kind: 'text',
    message,
    initial,
    check: (text) => {
      const [problem] = text.trim() === '' ? [] : problemsOf(text);
      return problem === undefined
        ? null
        : [problem.message, problem.hint ?? problem.allowed].filter(Boolean).join('\n');
    },
    checkOnEnter: async (text) => (text.trim() === '' && !mayBeEmpty ? NOTHING_ENTERED : null),
  };
}

const NOTHING_ENTERED = 'nothing was entered';

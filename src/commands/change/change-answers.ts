/** What `add`, `remove` and `set` make of answers. All problems are reported at once. */
import type { Answers } from '../../model/answers.ts';
import { type Axis, type AxisId, flagOf } from '../../model/axes.ts';
import { didYouMean } from '../../model/did-you-mean.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { currentResources } from '../../model/resource-history.ts';
import { completeAnswers } from '../../options/resolve.ts';
import type { AxisOption } from '../../options/schema.ts';
import { type ChangeEffect, problemsOfHistory } from '../../plan/check-history.ts';
import type { CreateOptions } from '../create/create-options.ts';

/** An id that can be added and removed, and its axis. */
interface Extra {
  readonly id: string;
  readonly option: AxisOption;
  /** What is chosen on an axis with one choice if the id is removed. */
  readonly instead: string | null;
}

/** Answers with ids added. Throws an `ExpectedError` with everything that is wrong with them. */
export function addTo(answers: Answers, ids: readonly string[], options: CreateOptions): Answers {
  const problems: Problem[] = [];
  let changed = answers;
  for (const { id, option, instead } of known(ids, options, problems)) {
    const value = changed[option.key];
    if (option.kind === 'list') changed = withChoice(changed, option.key, inOrder(option, [...listOf(value), id]));
    else if (value === instead || value === id) changed = withChoice(changed, option.key, id);
    else problems.push(chosenAlready(option, `${value}`, id));
  }
  return complete(changed, problems, options);
}

/** Answers without ids. Throws an `ExpectedError` with everything that is wrong with them. */
export function removeFrom(answers: Answers, ids: readonly string[], options: CreateOptions): Answers {
  const problems: Problem[] = [];
  let changed = answers;
  for (const { id, option, instead } of known(ids, options, problems)) {
    const value = changed[option.key];
    if (option.kind === 'list') {
      changed = withChoice(
        changed,
        option.key,
        listOf(value).filter((other) => other !== id),
      );
    } else if (value === id) changed = withChoice(changed, option.key, instead);
  }
  return complete(changed, problems, options);
}

/** What other choices do not take along, on axes on which something was chosen and still is. */
export function effectsOfChoices(before: Answers, now: Answers, axes: readonly Axis[]): readonly ChangeEffect[] {
  return axes.flatMap(({ id, dependsOn, leaves }) => {
    const isOther = [id, dependsOn as AxisId].some((key) => before[key] !== now[key]);
    if (leaves === undefined || !isOther || before[id] === null || now[id] === null) return [];
    return [{ text: leaves, losesData: false }];
  });
}

/** Answers with other choices, given as `option=id`. Throws an `ExpectedError` with everything that is wrong with them. */
export function setIn(answers: Answers, assignments: readonly string[], options: CreateOptions): Answers {
  const problems: Problem[] = [];
  const single = options.axes.filter(({ kind }) => kind === 'choice');
  const wordOf = ({ key }: AxisOption) => flagOf(key).slice(2);
  let changed: Partial<Answers> & Pick<Answers, 'name'> = answers;
  for (const assignment of assignments) {
    const [, word = assignment, id] = /^(?:--)?([^=]*)=(.*)$/s.exec(assignment) ?? [];
    const option = single.find((each) => wordOf(each) === word || each.key === word);
    if (option === undefined) problems.push(unknownOption(word, single.map(wordOf), options));
    else if (id === undefined || !option.choices.some((choice) => choice.id === id))
      problems.push(unknownId(option, word, id));
    else changed = { ...changed, [option.key]: id };
  }
  for (const { key } of single) {
    // What the axis depends on may have ruled it out, or allow it again.
    const isOpen = changed[key] === null || !options.rules.isApplicable(changed, key);
    if (isOpen && !assignments.some((each) => each.startsWith(`${flagOf(key).slice(2)}=`))) {
      const { [key]: _, ...others } = changed;
      changed = others as typeof changed;
    }
  }
  return complete(changed, problems, options);
}

function complete(
  chosen: Partial<Answers> & Pick<Answers, 'name'>,
  problems: readonly Problem[],
  { axes, rules, catalog }: CreateOptions,
): Answers {
  if (problems.length > 0) throw new ExpectedError(EXIT.usage, problems);
  // Those of a project have a history, which is checked below.
  const { resources = [] } = chosen;
  const completed = completeAnswers({ ...chosen, resources: currentResources(resources) }, axes, rules);
  if ('problems' in completed) throw new ExpectedError(EXIT.usage, completed.problems);
  const answers = { ...completed.answers, resources };
  const ofResources = problemsOfHistory(answers.resources, answers, catalog);
  if (ofResources.length > 0) throw new ExpectedError(EXIT.usage, ofResources);
  return answers;
}

/** The extras with these ids; adds a problem for each other id. */
function known(ids: readonly string[], options: CreateOptions, problems: Problem[]): readonly Extra[] {
  const extras = extrasOf(options);
  return [...new Set(ids)].flatMap((id) => {
    const extra = extras.find((each) => each.id === id);
    if (extra === undefined) problems.push(unknownExtra(id, extras, options));
    return extra ?? [];
  });
}

/** Ids that can be added and removed: those of lists, and of axes on which one can choose nothing. */
export function extrasOf({ axes, catalog }: Pick<CreateOptions, 'axes' | 'catalog'>): readonly Extra[] {
  return axes.flatMap((option) => {
    const axis = catalog.axes.find(({ id }) => id === option.key);
    const nothing = catalog.parts[option.key].find(({ optsOut }) => optsOut)?.id ?? null;
    if (axis?.structural || (option.kind === 'choice' && nothing === null)) return [];
    return option.choices.filter(({ id }) => id !== nothing).map(({ id }) => ({ id, option, instead: nothing }));
  });
}

function withChoice(answers: Answers, key: AxisId, value: string | readonly string[] | null): Answers {
  return { ...answers, [key]: value };
}

function listOf(value: Answers[AxisId]): readonly string[] {
  return [value ?? []].flat();
}

function inOrder({ choices }: AxisOption, ids: readonly string[]): readonly string[] {
  return choices.map(({ id }) => id).filter((id) => ids.includes(id));
}

function chosenAlready({ flag, label }: AxisOption, current: string, id: string): Problem {
  return {
    code: 'chosen-already',
    message: `${id} cannot be added: the project has ${current} as its ${label.toLowerCase()}`,
    hint: `create-api set ${flag.slice(2)}=${id}`,
  };
}

function unknownExtra(id: string, extras: readonly Extra[], { axes, packs }: CreateOptions): Problem {
  const ids = extras.map((extra) => extra.id);
  const option = axes.find(({ choices }) => choices.some((choice) => choice.id === id));
  const guess = didYouMean(id, ids);
  const isList = id.includes(',');
  const hint = option
    ? `create-api set ${option.flag.slice(2)}=${id}`
    : packs.some(({ name }) => name === id)
      ? `${id} is a pack: create-api remove --pack ${id}`
      : isList
        ? `put spaces between ids: ${id.replaceAll(',', ' ')}`
        : guess && `did you mean ${guess}?`;
  return {
    code: 'unknown-value',
    message: option
      ? `${id} is a choice of ${option.flag.slice(2)}, which every project has`
      : `there is no ${JSON.stringify(id)}`,
    allowed: ids.join(', '),
    ...(hint && { hint }),
  };
}

function unknownOption(word: string, words: readonly string[], { axes }: CreateOptions): Problem {
  const isList = axes.some(({ kind, key }) => kind === 'list' && flagOf(key).slice(2) === word);
  const guess = didYouMean(word, words);
  const hint = isList ? `create-api add or remove changes ${word}` : guess ? `did you mean ${guess}?` : null;
  return {
    code: 'unknown-option',
    message: isList ? `${word} is a list` : `there is no option ${JSON.stringify(word)}`,
    allowed: words.map((each) => `${each}=<id>`).join(', '),
    ...(hint !== null && { hint }),
  };
}

function unknownId({ choices }: AxisOption, word: string, id: string | undefined): Problem {
  const ids = choices.map((choice) => choice.id);
  const guess = id === undefined ? null : didYouMean(id, ids);
  return {
    code: 'unknown-value',
    message: id === undefined ? `set: the id of ${word} is missing` : `${word} has no choice ${JSON.stringify(id)}`,
    allowed: ids.join(', '),
    hint: guess ? `did you mean ${guess}?` : `for example: create-api set ${word}=${ids[0]}`,
  };
}

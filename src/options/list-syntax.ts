/**
 * The syntax of list options: ids, `default`, `all` or `none`, and `+id`/`-id`, separated by commas.
 * A list of `+id` and `-id` alone changes the default.
 */

import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import { defaultIds, type ListOption } from './schema.ts';

type ListReading = { readonly ids: readonly string[]; readonly problems: readonly Problem[] };

/** Reads all values of a list flag, in order; returns the ids in catalog order, and every problem. */
export function readList(option: ListOption, given: readonly string[]): ListReading {
  const known = option.choices.map((choice) => choice.id);
  const tokens = given.flatMap((text) => text.split(/[\s,]+/)).filter((token) => token !== '');
  const problems = problemsOfTokens(option, known, tokens);
  const isChange = (token: string): boolean => /^[+-]/.test(token);

  const chosen = new Set(tokens.every(isChange) ? defaultIds(option) : []);
  for (const token of tokens.filter((token) => !isChange(token))) {
    if (token === 'default') for (const id of defaultIds(option)) chosen.add(id);
    else if (token === 'all') for (const id of known) chosen.add(id);
    else if (token !== 'none') chosen.add(token);
  }
  for (const token of tokens.filter(isChange)) {
    if (token.startsWith('+')) chosen.add(token.slice(1));
    else chosen.delete(token.slice(1));
  }
  return { ids: known.filter((id) => chosen.has(id)), problems };
}

/** Whether values of a list change another list: `+id` and `-id` alone. */
export function isListChange(given: readonly string[]): boolean {
  return given.length > 0 && given.every((text) => /^\s*[+-]/.test(text));
}

/** The shortest value that `readList` reads as `ids`. */
export function writeList(option: ListOption, ids: readonly string[]): string {
  const byDefault = defaultIds(option);
  const added = ids.filter((id) => !byDefault.includes(id));
  const removed = byDefault.filter((id) => !ids.includes(id));
  if (added.length === 0 && removed.length === 0) return 'default';
  if (ids.length === 0) return 'none';
  if (ids.length === option.choices.length) return 'all';
  const changes = ['default', ...added.map((id) => `+${id}`), ...removed.map((id) => `-${id}`)];
  return changes.length <= ids.length ? changes.join(',') : ids.join(',');
}

/** The allowed values of a list option, in words. */
function allowedInList(option: ListOption): string {
  return `${option.choices.map((choice) => choice.id).join(', ')}; default, all or none; +id or -id to change the default`;
}

function problemsOfTokens(option: ListOption, known: readonly string[], tokens: readonly string[]): readonly Problem[] {
  const allowed = allowedInList(option);
  if (tokens.length === 0) {
    return [
      {
        code: 'missing-value',
        message: `${option.flag} is empty`,
        allowed,
        hint: `to choose nothing: ${option.flag} none`,
      },
    ];
  }
  const problems: Problem[] = [];
  const plain = tokens.filter((token) => !/^[+-]/.test(token));
  if (plain.includes('none') && plain.some((token) => token !== 'none')) {
    problems.push({
      code: 'contradicting-value',
      message: `${option.flag} was given none together with ${plain.filter((token) => token !== 'none').join(', ')}`,
      allowed,
      hint: `leave out none, or add to it: ${option.flag} none,+id`,
    });
  }
  for (const token of new Set(tokens)) {
    const [, sign = '', id = ''] = /^([+-]?)(.*)$/s.exec(token) ?? [];
    const isKeyword = id === token && ['default', 'all', 'none'].includes(id);
    if (isKeyword || known.includes(id)) continue;
    const guess = didYouMean(id, known);
    problems.push({
      code: 'unknown-value',
      message: `${option.flag} has no choice ${JSON.stringify(id)}${id === token ? '' : ` to ${sign === '+' ? 'add' : 'remove'}`}`,
      allowed,
      ...(guess && { hint: `did you mean ${sign}${guess}?` }),
    });
  }
  return problems;
}

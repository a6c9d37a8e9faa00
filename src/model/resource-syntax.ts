/**
 * The notation of resources on the command line, in presets and in packs:
 * `payment amount_cents:i64:min=1 note:text? status:enum(open|paid) user:ref(user)`.
 */
import pluralize from 'pluralize-esm';
import type { Problem } from './errors.ts';
import { parseField, printField } from './field-syntax.ts';
import type { Resource } from './resource.ts';
import { didYouMeanHint, isName, NAME_ALLOWED, nameMeantBy } from './resource-names.ts';

export interface ParsedResource {
  /** `null` if there are problems. */
  readonly resource: Resource | null;
  readonly problems: readonly Problem[];
}

/** Diesel's tables have at most 32 columns here; the id and two times are among them. */
const MAX_FIELDS = 29;

/** Far above the longest resource, so that nothing takes long. */
const MAX_LENGTH = 10_000;

const EXAMPLE = 'product name:string(100) price_cents:i64:min=0';

/** Writes a resource in the form that `parseResource` reads; the plural only if it is not the usual one. */
export function printResource({ singular, plural, fields }: Resource): string {
  const name = plural === pluralize(singular) ? singular : `${singular}/${plural}`;
  return [name, ...fields.map(printField)].join(' ');
}

/** Reads a resource. Finds everything that is wrong with it by itself; see `problemsOfResources` for the rest. */
export function parseResource(text: string): ParsedResource {
  if (text.length > MAX_LENGTH) return failed([tooLong(text)]);
  const [name, ...words] = wordsOf(text);
  if (name === undefined || name.includes(':')) return failed([nameMissing(text)]);
  const named = parseName(name);
  // More are refused in any case.
  const parsed = words.slice(0, MAX_FIELDS).map((word) => parseField(word, named.singular));
  const problems = [
    ...named.problems,
    ...parsed.flatMap((field) => field.problems),
    ...problemsOfCount(words.length, named.singular),
  ];
  if (problems.length > 0) return failed(problems);
  const fields = parsed.flatMap(({ field }) => field ?? []);
  return { resource: { singular: named.singular, plural: named.plural, fields }, problems };
}

function failed(problems: readonly Problem[]): ParsedResource {
  return { resource: null, problems };
}

/** The words between blanks; there may be some in parentheses. */
function wordsOf(text: string): readonly string[] {
  const words = text.match(/(?:\([^()]*\)?|[^\s()]|\))+/g) ?? [];
  return words.map((word) => word.replace(/\s+/g, ''));
}

function parseName(name: string) {
  const [singular = '', given, ...more] = name.split('/');
  const plural = given ?? (isName(singular) ? pluralize(singular) : singular);
  const problems: Problem[] = [];
  if (more.length > 0)
    problems.push({ ...wrongName(name), allowed: 'singular, or singular/plural', hint: 'person/people' });
  else if (!isName(singular)) problems.push(wrongName(singular));
  else if (!isName(plural)) problems.push(wrongName(plural));
  else if (plural === singular) problems.push(samePlural(singular));
  else if (singular.length < 2 || plural.length < 3) problems.push(shortName(name));
  return { singular, plural, problems };
}

function wrongName(name: string): Problem {
  const message = `"${name}" cannot be the name of a resource`;
  const meant = nameMeantBy(name);
  const hint = { hint: `for example: ${EXAMPLE}`, ...didYouMeanHint(meant && pluralize.singular(meant)) };
  return { code: 'invalid-resource-name', message, allowed: NAME_ALLOWED, ...hint };
}

/** The lines of the templates are broken as rustfmt breaks them for all longer names. */
function shortName(name: string): Problem {
  const message = `"${name}" is too short to be the name of a resource`;
  return { code: 'invalid-resource-name', message, allowed: 'at least 2 letters, and 3 in the plural', hint: EXAMPLE };
}

function samePlural(name: string): Problem {
  const message = `the singular and the plural of the resource ${name} are the same`;
  const singular = pluralize.singular(name);
  const both = `name both: ${name}/${name}_list`;
  const hint = singular === name ? both : `did you mean ${singular}? Or ${both}`;
  return { code: 'invalid-resource-name', message, hint };
}

function nameMissing(text: string): Problem {
  const message = `the resource "${text}" has no name`;
  return { code: 'invalid-resource', message, allowed: 'a name in the singular, then fields', hint: EXAMPLE };
}

function tooLong({ length }: string): Problem {
  const message = `a resource is described with ${length} characters`;
  return { code: 'invalid-resource', message, allowed: `at most ${MAX_LENGTH} characters` };
}

function problemsOfCount(count: number, singular: string): readonly Problem[] {
  if (count > 0 && count <= MAX_FIELDS) return [];
  const message = `the resource ${singular} has ${count === 0 ? 'no' : count} fields`;
  return [{ code: 'invalid-resource', message, allowed: `1 to ${MAX_FIELDS} fields`, hint: `for example: ${EXAMPLE}` }];
}

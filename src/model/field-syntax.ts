import { didYouMean } from './did-you-mean.ts';
import type { Problem } from './errors.ts';
import { boundSyntax } from './field-bounds.ts';
import { type Field, type FieldType, KINDS, type Kind, MODIFIERS, type Modifier, modifiersOf } from './resource.ts';
import { didYouMeanHint, isName, NAME_ALLOWED, nameMeantBy } from './resource-names.ts';

export interface ParsedField {
  /** `null` if there are problems. */
  readonly field: Field | null;
  readonly problems: readonly Problem[];
}

/** Longer ones are `text`: so a row fits into MySQL's 65,535 bytes, and a value into an index. */
const MAX_STRING_LENGTH = 500;
/** What `rust_decimal` represents exactly. */
const MAX_PRECISION = 28;
const MAX_VALUES = 32;

/** How each kind is written. */
export const EXAMPLES: Readonly<Record<Kind, string>> = {
  string: 'string(100)',
  text: 'text',
  email: 'email',
  bool: 'bool',
  i32: 'i32',
  i64: 'i64',
  f64: 'f64',
  decimal: 'decimal(10,2)',
  uuid: 'uuid',
  date: 'date',
  timestamp: 'timestamp',
  json: 'json',
  enum: 'enum(open|closed)',
  ref: 'ref(user)',
};

/** What the kinds are called elsewhere. */
const OTHER_NAMES = new Map<string, Kind>([
  ...['char', 'str', 'varchar'].map((name) => [name, 'string'] as const),
  ...['boolean'].map((name) => [name, 'bool'] as const),
  ...['int', 'integer', 'int4'].map((name) => [name, 'i32'] as const),
  ...['bigint', 'int8', 'long'].map((name) => [name, 'i64'] as const),
  ...['double', 'float', 'real'].map((name) => [name, 'f64'] as const),
  ...['money', 'numeric'].map((name) => [name, 'decimal'] as const),
  ...['datetime', 'timestamptz', 'utc_datetime'].map((name) => [name, 'timestamp'] as const),
  ...['jsonb', 'map', 'object'].map((name) => [name, 'json'] as const),
  ...['belongs_to', 'reference', 'references'].map((name) => [name, 'ref'] as const),
]);

const COMPARED = KINDS.filter((kind) => kind !== 'text' && kind !== 'json');
const MEASURED: readonly Kind[] = ['text', 'i32', 'i64', 'f64', 'decimal'];

/** The kinds that a modifier goes with. */
const MODIFIED: Readonly<Record<Modifier, readonly Kind[]>> = {
  optional: KINDS,
  unique: COMPARED.filter((kind) => kind !== 'bool' && kind !== 'f64'),
  // References have an index in any case.
  index: COMPARED.filter((kind) => kind !== 'ref'),
  min: ['string', ...MEASURED],
  max: MEASURED,
  cascade: ['ref'],
  owner: ['ref'],
};

/** The modifiers that follow a type, which the question mark does not. */
const WRITTEN_MODIFIERS = MODIFIERS.filter((modifier) => modifier !== 'optional');

/** What stands for the question mark elsewhere. */
const OPTIONAL_ELSEWHERE = ['optional', 'null', 'nullable', 'option'];

/** The modifiers that may follow a type, as they are written. */
export function modifiersFor(kind: Kind): readonly string[] {
  const fitting = WRITTEN_MODIFIERS.filter((modifier) => MODIFIED[modifier].includes(kind));
  return fitting.map((modifier) => `:${modifier}${isBound(modifier) ? '=' : ''}`);
}

/** Writes a field in the form that `parseField` reads. */
export function printField(field: Field): string {
  const modifiers = modifiersOf(field).filter((modifier) => modifier !== 'optional');
  const type = `${printType(field.type)}${field.optional ? '?' : ''}`;
  return [field.name, type, ...modifiers.map((modifier) => printModifier(modifier, field))].join(':');
}

function printModifier(modifier: Modifier, field: Field): string {
  return isBound(modifier) ? `${modifier}=${field[modifier]}` : modifier;
}

function printType(type: FieldType): string {
  switch (type.kind) {
    case 'string':
      return `string(${type.length})`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'enum':
      return `enum(${type.values.join('|')})`;
    case 'ref':
      return `ref(${type.resource})`;
    default:
      return type.kind;
  }
}

/** What is wrong with a field, as the rest of a sentence that begins with it. */
interface Wrong {
  readonly what: string;
  readonly allowed?: string;
  readonly hint?: string;
}

/** Reads a field of the resource `singular`, without blanks in it; finds everything that is wrong with it by itself. */
export function parseField(text: string, singular: string): ParsedField {
  const [name = '', typeText = '', ...modifierTexts] = text.split(/:(?![^()]*\))/);
  const type = parseType(typeText.replace(/\?$/, ''));
  const modifiers = new Map<string, string>(typeText.endsWith('?') ? [['optional', '']] : []);
  const wrongs: Wrong[] = [];
  if (!isName(name)) {
    const hint = didYouMeanHint(nameMeantBy(name));
    wrongs.push({ what: 'has a name that is not allowed', allowed: NAME_ALLOWED, ...hint });
  }
  if ('what' in type) wrongs.push(type);
  for (const modifier of modifierTexts) {
    const [key = '', value = ''] = modifier.split(/=(.*)/s);
    if (modifiers.has(key)) wrongs.push({ what: `has :${key} twice` });
    modifiers.set(key, value);
    wrongs.push(...wrongsOfModifier(key, modifier, 'what' in type ? null : type));
  }
  wrongs.push(...wrongsTogether(modifiers));
  const field = 'what' in type || wrongs.length > 0 ? null : fieldOf(name, type, modifiers);
  if (field !== null && isMinimumAboveMaximum(field)) wrongs.push({ what: 'has a minimum above its maximum' });
  const problems = wrongs.map(({ what, ...rest }) => ({
    ...{ code: 'invalid-field', message: `the field "${text}" of ${singular} ${what}` },
    ...rest,
  }));
  return { field: problems.length > 0 ? null : field, problems };
}

function parseType(text: string): FieldType | Wrong {
  const [, word = '', given] = /^(\w*)(?:\((.*)\))?$/s.exec(text) ?? [];
  const kind = KINDS.find((known) => known === word);
  if (kind === undefined) return unknownType(text, word);
  switch (kind) {
    case 'string':
      return stringType(given);
    case 'decimal':
      return decimalType(given);
    case 'enum':
      return enumType(given);
    case 'ref':
      if (given !== undefined && isName(given)) return { kind, resource: given };
      return parameterWrong(kind, given, 'the name of a resource in the singular');
    default:
      return given === undefined ? { kind } : { what: `has a type in parentheses`, allowed: kind };
  }
}

function unknownType(text: string, word: string): Wrong {
  const kind = OTHER_NAMES.get(word.toLowerCase()) ?? KINDS.find((known) => known === didYouMean(word, KINDS));
  return {
    what: text === '' ? 'has no type' : `has the unknown type ${text}`,
    allowed: KINDS.map((known) => EXAMPLES[known]).join(', '),
    ...(text === '' ? { hint: 'for example name:string(100)' } : didYouMeanHint(meantType(text, word, kind))),
  };
}

/** A type of a kind, with the parameters of another if they are its own as well. */
function meantType(text: string, word: string, kind: Kind | undefined): string | null {
  if (kind === undefined) return null;
  const meant = kind + text.slice(word.length);
  return 'what' in parseType(meant) ? EXAMPLES[kind] : meant;
}

function stringType(given: string | undefined): FieldType | Wrong {
  const length = wholeNumber(given);
  if (length >= 1 && length <= MAX_STRING_LENGTH) return { kind: 'string', length };
  const wrong = parameterWrong('string', given, `a length in characters from 1 to ${MAX_STRING_LENGTH}`);
  return { ...wrong, hint: 'longer texts have the type text' };
}

function decimalType(given: string | undefined): FieldType | Wrong {
  const [precision = 0, scale = 0, ...more] = (given ?? '').split(',').map(wholeNumber);
  const isValid = precision <= MAX_PRECISION && scale >= 1 && scale <= precision;
  if (isValid && more.length === 0) return { kind: 'decimal', precision, scale };
  const allowed = `at most ${MAX_PRECISION} digits, and how many of them are after the point, at least 1`;
  return parameterWrong('decimal', given, allowed);
}

function enumType(given: string | undefined): FieldType | Wrong {
  const values = (given ?? '').split('|');
  const isDistinct = new Set(values).size === values.length;
  // `self` would be the variant `Self`, which is a keyword; from `Step1`, serde makes `step1` again, not `step_1`.
  const areNames = values.every((value) => isName(value) && value !== 'self' && !/_\d/.test(value));
  if (isDistinct && areNames && values.length <= MAX_VALUES) return { kind: 'enum', values };
  const allowed = `1 to ${MAX_VALUES} different values with | between them, each of ${NAME_ALLOWED}, with no digit after an underscore, and not self`;
  return parameterWrong('enum', given, allowed);
}

function parameterWrong(kind: Kind, given: string | undefined, allowed: string): Wrong {
  const what = given === undefined ? `has the type ${kind} without parentheses` : `has the type ${kind}(${given})`;
  return { what, allowed: `${EXAMPLES[kind]}: ${allowed}` };
}

/** A whole number of a few digits, `NaN` for any other text. */
function wholeNumber(text: string | undefined): number {
  return /^\d{1,5}$/.test(text ?? '') ? Number(text) : Number.NaN;
}

/** What is wrong with a modifier; less is known if the type is unknown. */
function wrongsOfModifier(key: string, text: string, type: FieldType | null): readonly Wrong[] {
  const modifier = WRITTEN_MODIFIERS.find((known) => known === key);
  if (modifier === undefined) return [unknownModifier(key, text, type)];
  if (type === null) return [];
  if (!MODIFIED[modifier].includes(type.kind)) {
    const hint = modifier === 'max' && type.kind === 'string' ? { hint: 'its length is its maximum' } : {};
    return [{ what: `cannot be :${modifier}`, allowed: `${MODIFIED[modifier].join(', ')} can`, ...hint }];
  }
  if (!isBound(modifier)) return text === modifier ? [] : [{ what: `has :${text}`, allowed: `:${modifier}` }];
  const syntax = boundSyntax(type);
  const isValid = syntax?.normalize(text.slice(`${modifier}=`.length)) != null && text.includes('=');
  return isValid ? [] : [{ what: `has :${text}`, allowed: `:${modifier}= and ${syntax?.allowed}` }];
}

function unknownModifier(key: string, text: string, type: FieldType | null): Wrong {
  const what = `has the unknown modifier :${text}`;
  const allowed = type === null ? WRITTEN_MODIFIERS.map((modifier) => `:${modifier}`) : modifiersFor(type.kind);
  if (OPTIONAL_ELSEWHERE.includes(key)) {
    return { what, hint: `a question mark makes a field optional: ${type === null ? 'text' : printType(type)}?` };
  }
  const meant = didYouMean(key, WRITTEN_MODIFIERS) ?? WRITTEN_MODIFIERS.find((known) => key.startsWith(known)) ?? null;
  return { what, allowed: allowed.join(', ') || 'none', ...didYouMeanHint(meant && `:${meant}`) };
}

function fieldOf(name: string, type: FieldType, modifiers: ReadonlyMap<string, string>): Field {
  const bound = (modifier: string) => boundSyntax(type)?.normalize(modifiers.get(modifier) ?? '') ?? null;
  return {
    ...{ name, type, optional: modifiers.has('optional'), unique: modifiers.has('unique') },
    ...{ index: modifiers.has('index'), min: bound('min'), max: bound('max') },
    ...{ cascade: modifiers.has('cascade'), owner: modifiers.has('owner') },
  };
}

function wrongsTogether(modifiers: ReadonlyMap<string, string>): readonly Wrong[] {
  const has = (...names: readonly Modifier[]) => names.every((name) => modifiers.has(name));
  return [
    ...(has('unique', 'index')
      ? [{ what: 'is both :unique and :index', hint: 'leave out :index: unique implies it' }]
      : []),
    ...(has('optional', 'owner') ? [{ what: 'is optional and :owner', hint: 'leave out the question mark' }] : []),
  ];
}

function isMinimumAboveMaximum({ type, min, max }: Field): boolean {
  const syntax = boundSyntax(type);
  return syntax !== null && min !== null && max !== null && syntax.compare(min, max) > 0;
}

function isBound(modifier: Modifier): modifier is 'min' | 'max' {
  return modifier === 'min' || modifier === 'max';
}

/** The types of fields as prompts, `list` and the README describe them. */
import { EXAMPLES, modifiersFor } from '../model/field-syntax.ts';
import { KINDS, type Kind } from '../model/resource.ts';

/** A type of fields. */
export interface FieldTypeText {
  readonly kind: Kind;
  /** The type as it is written in a field. */
  readonly example: string;
  /** What a field of the type holds. */
  readonly holds: string;
  /** What may follow the type, such as `:unique` or `:min=`. */
  readonly modifiers: readonly string[];
}

const HOLDS: Readonly<Record<Kind, string>> = {
  string: 'one line of at most that many characters, 500 at most',
  text: 'several lines, 10,000 characters at most',
  email: 'an email address',
  bool: 'true or false',
  i32: 'a whole number of 32 bits',
  i64: 'a whole number of 64 bits',
  f64: 'a number with a fraction, rounded in binary',
  decimal: 'an exact number: its digits, and how many of them are after the point',
  uuid: 'a UUID',
  date: 'a day',
  timestamp: 'a moment, to the microsecond',
  json: 'any JSON value',
  enum: 'one of the words',
  ref: 'the id of a row of that resource, user or one given before',
};

/** Every type of fields. */
export const FIELD_TYPES: readonly FieldTypeText[] = KINDS.map((kind) => ({
  ...{ kind, example: EXAMPLES[kind], holds: HOLDS[kind] },
  modifiers: modifiersFor(kind),
}));

/** What the modifiers mean, with the question mark first. */
export const MODIFIER_TEXTS: readonly (readonly [modifier: string, meaning: string])[] = [
  ['?', 'optional: it may be null, and an update with null clears it'],
  [':unique', 'no two rows have the same value'],
  [':index', 'rows are found by it quickly'],
  [':min=', 'its smallest value, or the fewest characters of a text'],
  [':max=', 'its largest value, or the most characters of a text'],
  [':cascade', 'rows are deleted with the row that they refer to, which otherwise cannot be deleted'],
  [':owner', 'the signed-in caller who created the row, and who alone may change or delete it'],
];

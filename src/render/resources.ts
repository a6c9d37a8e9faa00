import pluralize from 'pluralize-esm';
import { PackError } from '../model/errors.ts';
import { MAX_TEXT_LENGTH } from '../model/field-bounds.ts';
import {
  columnOf,
  type Field,
  type FieldType,
  migrationTime,
  modifiersOf,
  type PackResource,
} from '../model/resource.ts';
import { samplesOf } from '../model/samples.ts';
import type { FieldContext, ResourceContext, ResourceNames } from '../model/templates.ts';
import { fillIn, type TypeText } from '../model/type-table.ts';
import { pascal } from '../model/words.ts';
import { testValues } from './test-values.ts';
import type { FoundText, TypeLookup } from './type-table.ts';

/** The table of a resource: the place of the step that creates it, and its columns in their order. */
export interface Table {
  readonly created: number;
  readonly columns: readonly string[];
}

/** Stands for the two columns that have the times of a row. */
export const TIMES = 'created_at';

/** What templates may read about resources, in the same order; `tables` are their tables by their singular names. */
export function resourceContexts(
  resources: readonly PackResource[],
  tables: ReadonlyMap<string, Table>,
  lookUp: TypeLookup,
): readonly ResourceContext[] {
  const names = namesByResource(resources);
  const taken = new Set(OTHER_FUNCTIONS);
  const rows = resources.map((resource, position): Row => {
    const { columns = [] } = tables.get(resource.singular) ?? {};
    const fields = fieldContexts(resource, names, taken, lookUp, columns);
    return { resource, own: namesOf(resource, position), fields };
  });
  return rows.map(({ resource, own, fields }) => {
    const { created = 0, columns = [] } = tables.get(own.singular) ?? {};
    const inOrder = (names: readonly string[]) =>
      names.flatMap((name) => fields.filter((field) => field.name === name));
    const changeable = fields.filter((field) => !field.is_owner);
    return {
      ...own,
      title: resource.title ?? own.Plural_words,
      migration: migrationTime(created),
      fields,
      first_columns: inOrder(columns.slice(0, columns.indexOf(TIMES))),
      last_columns: inOrder(columns.slice(columns.indexOf(TIMES))),
      changeable,
      set_binds: changeable.reduce((sum, field) => sum + bindsOf(field), 0),
      required: changeable.filter((field) => !field.is_optional),
      optional: changeable.filter((field) => field.is_optional),
      unique: fields.filter((field) => field.is_unique),
      unique_indexes: fields.filter((field) => field.is_unique && resource.title === null),
      is_fixed: resource.title !== null,
      indexed: fields.filter((field) => field.is_indexed),
      refs: fields.filter((field) => field.ref !== null),
      owners: fields.filter((field) => field.is_owner),
      cascading: fields.filter((field) => field.cascades),
      refs_by_name: [...fields].filter((field) => field.ref !== null).sort((a, b) => (a.name < b.name ? -1 : 1)),
      referrers: referrersOf(resource, resources, names),
      dependents: dependentsOf(own, rows),
      has: { type: textsThere(fields) },
      joins: fields.filter(({ ref }) => isOnlyOne(ref, resource, fields)),
      enums: fields.filter((field) => field.enum !== ''),
      references: changeable.filter((field) => field.ref !== null),
      referred: referredBy(changeable, own),
      targets: referredBy(fields, own),
    };
  });
}

/** The names of resources, by the singular one. */
export function namesByResource(resources: readonly PackResource[]): ReadonlyMap<string, ResourceNames> {
  return new Map(resources.map((resource, position) => [resource.singular, namesOf(resource, position)]));
}

/** What templates may read about the fields of a resource; `columns` are those of its table in their order, if it is another one. */
export function fieldContexts(
  resource: PackResource,
  names: ReadonlyMap<string, ResourceNames>,
  taken: Set<string>,
  lookUp: TypeLookup,
  columns: readonly string[] = [],
): readonly FieldContext[] {
  const own = names.get(resource.singular) ?? namesOf(resource, 0);
  const fields = resource.fields.map((field) => fieldContext(field, own, names, taken, lookUp));
  return withPlaces(fields, columns);
}

/** Names that templates give to other values where they handle a row. */
const OTHER_VALUES = ['entry', 'generation', 'location'];

/** Names that templates give to functions and values beside the functions that are called after fields. */
export const OTHER_FUNCTIONS = [
  ...['bodies', 'document', 'name_dates', 'new_password', 'password', 'refine'],
  ...['schemas', 'service'],
];

/** A field before it is compared with the others. */
type PlacelessField = Omit<FieldContext, 'set_bind' | 'place' | 'place_by_name' | 'unique_prefix'>;

/** The number of bind parameters with which a statement sets a column: null clears it only if it is meant to. */
function bindsOf({ is_optional }: Pick<FieldContext, 'is_optional'>): number {
  return is_optional ? 2 : 1;
}

/** Tells fields with something in common apart, and numbers the bind parameters of a statement that sets what a caller may change. */
function withPlaces(fields: readonly PlacelessField[], columns: readonly string[]): readonly FieldContext[] {
  let next = 1;
  // SQLite adds a column, with its key, before the keys that the table was created with.
  const times = columns.indexOf(TIMES);
  const keys = [...columns.slice(times + 1), ...columns.slice(0, Math.max(0, times))];
  const isOnlyUnique = fields.filter((field) => field.is_unique).length === 1;
  return fields.map((field) => {
    const set_bind = next;
    next += field.is_owner ? 0 : bindsOf(field);
    const alike = fields
      .filter(({ ref }) => ref !== null && ref === field.ref)
      .sort((a, b) => keys.indexOf(a.name) - keys.indexOf(b.name));
    const place = (number: number) =>
      alike.length > 1 ? { number: String(number), suffix: `_${number}` } : { number: '', suffix: '' };
    return {
      ...{ ...field, set_bind, unique_prefix: isOnlyUnique ? '' : `${field.name}_` },
      place: place(alike.indexOf(field) + 1),
      place_by_name: place(alike.filter(({ name }) => name >= field.name).length),
    };
  });
}

/** The other resources that have one reference to a resource. */
function referrersOf(
  { singular }: Pick<PackResource, 'singular'>,
  resources: readonly PackResource[],
  names: ReadonlyMap<string, ResourceNames>,
): ResourceContext['referrers'] {
  return resources.flatMap((other) => {
    const [ref, ...more] = other.fields.filter(({ type }) => type.kind === 'ref' && type.resource === singular);
    const own = names.get(other.singular);
    if (ref === undefined || own === undefined || more.length > 0 || other.singular === singular) return [];
    return [{ ...own, is_unique: ref.unique }];
  });
}

/** For each key of the type tables, whether the text of some field is there. */
function textsThere(fields: readonly FieldContext[]): ResourceContext['has']['type'] {
  const keys = new Set(fields.flatMap((field) => Object.keys(field.type)));
  return Object.fromEntries([...keys].map((key) => [key, fields.some((field) => field.type[key]?.length)]));
}

/** Whether a reference is the only one to another table. */
function isOnlyOne(
  ref: ResourceNames | null,
  { singular }: Pick<PackResource, 'singular'>,
  fields: readonly FieldContext[],
): boolean {
  return ref !== null && ref.singular !== singular && fields.filter((field) => field.ref === ref).length === 1;
}

/** The other resources that fields refer to, the last in the order of creation first. */
function referredBy(fields: readonly FieldContext[], { singular }: ResourceNames): readonly ResourceNames[] {
  const refs = fields.flatMap(({ ref }) => ref ?? []).filter((ref) => ref.singular !== singular);
  return [...new Set(refs)].sort((a, b) => b.position - a.position);
}

/** A resource, and what templates may read of it by itself. */
interface Row {
  readonly resource: PackResource;
  readonly own: ResourceNames;
  readonly fields: readonly FieldContext[];
}

/** The resources whose rows refer to rows of a resource, or to rows that are deleted with those; in the order of creation. */
function dependentsOf({ singular }: ResourceNames, rows: readonly Row[]): ResourceContext['dependents'] {
  const deleted = new Set([singular]);
  return rows.flatMap(({ own, fields }) => {
    // A reference is to an earlier resource or to its own.
    const refers = ({ ref }: FieldContext) => ref !== null && deleted.has(ref.singular);
    if (fields.some((field) => field.cascades && refers(field))) deleted.add(own.singular);
    const refs = fields.filter(refers);
    if (refs.length === 0) return [];
    const [cascades, restricts] = [refs.some((ref) => ref.cascades), refs.some((ref) => !ref.cascades)];
    return [{ ...own, refs, cascades, restricts, is_self: own.singular === singular }];
  });
}

function namesOf({ singular, plural }: Pick<PackResource, 'singular' | 'plural'>, position: number): ResourceNames {
  const words = singular.replaceAll('_', ' ');
  const plural_words = plural.replaceAll('_', ' ');
  const article = articleOf(words);
  return {
    ...{ singular, plural, type: pascal(singular), plural_type: pascal(plural) },
    ...{ words, plural_words, Plural_words: capitalized(plural_words) },
    ...{ article, Article: capitalized(article), position },
    variable: OTHER_VALUES.includes(singular) ? `${singular}_row` : singular,
  };
}

function fieldContext(
  field: Field,
  resource: ResourceNames,
  names: ReadonlyMap<string, ResourceNames>,
  taken: Set<string>,
  lookUp: TypeLookup,
): PlacelessField {
  const { type } = field;
  const name = columnOf(field);
  const words = name.replaceAll('_', ' ');
  const ref = type.kind === 'ref' ? (names.get(type.resource) ?? null) : null;
  const context = {
    name,
    label: field.name,
    variable: name === resource.variable ? 'value' : name,
    unique_name: uniqueName(name, resource, taken),
    words,
    article: articleOf(words),
    example: exampleOf(field),
    test: testValues(field, resource, ref),
    pascal: pascal(name),
    kind: type.kind,
    is_optional: field.optional,
    is_unique: field.unique,
    is_indexed: !field.unique && (field.index || type.kind === 'ref'),
    is_owner: field.owner,
    cascades: field.cascade,
    ...boundsOf(field),
    min_units: type.kind === 'decimal' ? unitsOf(field.min) : '',
    max_units: type.kind === 'decimal' ? unitsOf(field.max) : '',
    length: type.kind === 'string' ? String(type.length) : '',
    precision: type.kind === 'decimal' ? String(type.precision) : '',
    scale: type.kind === 'decimal' ? String(type.scale) : '',
    width: widthOf(type),
    enum: type.kind === 'enum' ? resource.type + pascal(name) : '',
    values: valuesOf(type),
    sql_values: type.kind === 'enum' ? type.values.map((value) => `'${value}'`).join(', ') : '',
    ref,
    is_self: type.kind === 'ref' && type.resource === resource.singular,
  };
  const texts = {
    ...{ ...context, resource },
    // Few texts have the plural, and the rules of English take time.
    get plural_words() {
      return pluralize(words);
    },
  };
  return { ...context, type: typeTexts(texts, lookUp(type.kind, modifiersOf(field))) };
}

/** The first of a name's forms that is not taken, which it then is. */
function uniqueName(name: string, resource: ResourceNames, taken: Set<string>): string {
  const free = taken.has(name) ? uniqueName(`${resource.singular}_${name}`, resource, taken) : name;
  taken.add(free);
  return free;
}

/** A valid value of a field that holds text. */
function exampleOf(field: Field): string {
  if (field.type.kind === 'string' && field.name === 'name' && field.type.length >= 12) return 'Ada Lovelace';
  return String(samplesOf(field).values[0] ?? '');
}

/** Texts have bounds in any case. */
function boundsOf({ type, min, max }: Field): Pick<FieldContext, 'min' | 'max'> {
  switch (type.kind) {
    case 'string':
      return { min: min ?? '1', max: String(type.length) };
    case 'text':
      return { min: min ?? '0', max: max ?? String(MAX_TEXT_LENGTH) };
    default:
      return { min: min ?? '', max: max ?? '' };
  }
}

/** The most bytes that a string takes in UTF-8; the most characters of a decimal number, with its sign and point. */
function widthOf(type: FieldType): string {
  if (type.kind === 'string') return String(4 * type.length);
  return type.kind === 'decimal' ? String(type.precision + (type.scale > 0 ? 2 : 1)) : '';
}

/** A decimal number in units of its last digit. */
function unitsOf(bound: string | null): string {
  return bound === null ? '' : String(BigInt(bound.replace('.', '')));
}

function valuesOf(type: FieldType): FieldContext['values'] {
  return type.kind === 'enum' ? type.values.map((value) => ({ value, variant: pascal(value) })) : [];
}

/** Of a text of a type table, which may have others in it, several times. */
const LONGEST_TEXT = 100_000;

/** Fills in the texts of a field, which read its context, and each other as `type.<key>`. */
function typeTexts(context: object, found: ReadonlyMap<string, FoundText>): FieldContext['type'] {
  const filled = new Map<string, TypeText>();
  const fillKey = (name: string, { text, ...place }: FoundText, above: readonly string[]): TypeText => {
    const textAt = (path: string): string => {
      const [, key] = /^type\.(.*)$/.exec(path) ?? [];
      const other = key === undefined ? undefined : found.get(key);
      const isCircular = key !== undefined && [...above, name].includes(key);
      const value =
        other === undefined || isCircular ? valueAt(path, context) : fillKey(key ?? '', other, [...above, name]);
      if (typeof value === 'string') return value;
      const message = `${place.file}: ${place.key}: {${path}} is not a text that it may use`;
      throw new PackError([{ code: 'unknown-name', ...place, message }]);
    };
    const known =
      filled.get(name) ?? (typeof text === 'string' ? fillIn(text, textAt) : text.map((line) => fillIn(line, textAt)));
    if ([known].flat().join('').length > LONGEST_TEXT) {
      const message = `${place.file}: ${place.key} is longer than ${LONGEST_TEXT} characters`;
      throw new PackError([{ code: 'too-long', ...place, message }]);
    }
    filled.set(name, known);
    return known;
  };
  return Object.fromEntries([...found].map(([name, text]) => [name, fillKey(name, text, [])]));
}

function valueAt(path: string, context: object): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], context);
}

/** "an" before a vowel that is spoken: "an order", "a user". */
function articleOf(words: string): 'a' | 'an' {
  const isVowel = /^(?:[aeio]|u(?![bcdfghjklmnpqrstvwxz][aeiou])|hour|honou?r|heir)/.test(words);
  return isVowel && !/^(?:eu|one|once)/.test(words) ? 'an' : 'a';
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

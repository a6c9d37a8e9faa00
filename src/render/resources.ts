import pluralize from 'pluralize-esm';
import { PackError } from '../model/errors.ts';
import { MAX_TEXT_LENGTH } from '../model/field-bounds.ts';
import { columnOf, type Field, type FieldType, modifiersOf, type PackResource } from '../model/resource.ts';
import { samplesOf } from '../model/samples.ts';
import type { FieldContext, ResourceContext, ResourceNames } from '../model/templates.ts';
import { fillIn, type TypeText } from '../model/type-table.ts';
import { pascal } from './names.ts';
import { testValues } from './test-values.ts';
import type { FoundText, TypeLookup } from './type-table.ts';

/** What templates may read about resources, in the same order. Throws a `PackError` if a text of a type table is wrong. */
export function resourceContexts(resources: readonly PackResource[], lookUp: TypeLookup): readonly ResourceContext[] {
  const names = new Map(resources.map((resource, position) => [resource.singular, namesOf(resource, position)]));
  const taken = new Set<string>();
  return resources.map((resource, position) => {
    const own = namesOf(resource, position);
    const fields = resource.fields.map((field) => fieldContext(field, own, names, taken, lookUp));
    const changeable = fields.filter((field) => !field.is_owner);
    return {
      ...own,
      title: resource.title ?? capitalized(own.plural_words),
      migration: migrationTime(position),
      fields,
      changeable,
      required: changeable.filter((field) => !field.is_optional),
      optional: changeable.filter((field) => field.is_optional),
      unique: fields.filter((field) => field.is_unique),
      indexed: fields.filter((field) => field.is_indexed),
      refs: fields.filter((field) => field.ref !== null),
      owners: fields.filter((field) => field.is_owner),
      enums: fields.filter((field) => field.enum !== ''),
      references: changeable.filter((field) => field.ref !== null),
      referred: referredBy(changeable, own),
    };
  });
}

/** Names that templates give to other values where they handle a row. */
const OTHER_VALUES = ['entry', 'generation', 'location'];

/** The other resources that fields refer to. */
function referredBy(fields: readonly FieldContext[], { singular }: ResourceNames): readonly ResourceNames[] {
  const refs = fields.flatMap(({ ref }) => ref ?? []).filter((ref) => ref.singular !== singular);
  return [...new Set(refs)];
}

function namesOf({ singular, plural }: Pick<PackResource, 'singular' | 'plural'>, position: number): ResourceNames {
  const words = singular.replaceAll('_', ' ');
  const article = articleOf(words);
  return {
    ...{ singular, plural, type: pascal(singular), plural_type: pascal(plural) },
    ...{ words, plural_words: plural.replaceAll('_', ' ') },
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
): FieldContext {
  const { type } = field;
  const name = columnOf(field);
  const words = name.replaceAll('_', ' ');
  const ref = type.kind === 'ref' ? (names.get(type.resource) ?? null) : null;
  const context = {
    name,
    label: field.name,
    unique_name: uniqueName(name, resource, taken),
    words,
    plural_words: pluralize(words),
    article: articleOf(words),
    example: exampleOf(field),
    test: testValues(field, resource, ref),
    pascal: pascal(name),
    kind: type.kind,
    is_optional: field.optional,
    is_unique: field.unique,
    is_indexed: field.index || (type.kind === 'ref' && !field.unique),
    is_owner: field.owner,
    cascades: field.cascade,
    ...boundsOf(field),
    min_units: type.kind === 'decimal' ? unitsOf(field.min) : '',
    max_units: type.kind === 'decimal' ? unitsOf(field.max) : '',
    length: type.kind === 'string' ? String(type.length) : '',
    precision: type.kind === 'decimal' ? String(type.precision) : '',
    scale: type.kind === 'decimal' ? String(type.scale) : '',
    enum: type.kind === 'enum' ? resource.type + pascal(name) : '',
    values: valuesOf(type),
    ref,
  };
  return { ...context, type: typeTexts({ ...context, resource }, lookUp(type.kind, modifiersOf(field))) };
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

/** A decimal number in units of its last digit. */
function unitsOf(bound: string | null): string {
  return bound === null ? '' : String(BigInt(bound.replace('.', '')));
}

function valuesOf(type: FieldType): FieldContext['values'] {
  return type.kind === 'enum' ? type.values.map((value) => ({ value, variant: pascal(value) })) : [];
}

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
    filled.set(name, known);
    return known;
  };
  return Object.fromEntries([...found].map(([name, text]) => [name, fillKey(name, text, [])]));
}

function valueAt(path: string, context: object): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], context);
}

/** Six digits for the version of a migration: a time of day, a minute apart, so that other migrations fit in between. */
function migrationTime(position: number): string {
  const [hours, minutes] = [Math.floor(position / 60), position % 60];
  return `${String(hours).padStart(2, '0')}${String(minutes).padStart(2, '0')}00`;
}

/** "an" before a vowel that is spoken: "an order", "a user". */
function articleOf(words: string): 'a' | 'an' {
  const isVowel = /^(?:[aeio]|u(?![bcdfghjklmnpqrstvwxz][aeiou])|hour|honou?r|heir)/.test(words);
  return isVowel && !/^(?:eu|one|once)/.test(words) ? 'an' : 'a';
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

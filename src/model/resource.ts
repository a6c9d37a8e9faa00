/** What a field of a resource can hold. */
export const KINDS = [
  'string',
  'text',
  'email',
  'bool',
  'i32',
  'i64',
  'f64',
  'decimal',
  'uuid',
  'date',
  'timestamp',
  'json',
  'enum',
  'ref',
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds without parameters. */
export type PlainKind = Exclude<Kind, 'string' | 'decimal' | 'enum' | 'ref'>;

export type FieldType =
  | { readonly kind: PlainKind }
  /** `length` counts characters. */
  | { readonly kind: 'string'; readonly length: number }
  /** `precision` digits, `scale` of them after the point. */
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  /** `resource` is the singular name of the resource that it refers to. */
  | { readonly kind: 'ref'; readonly resource: string };

/** What else a field can have. */
export const MODIFIERS = ['optional', 'unique', 'index', 'min', 'max', 'cascade', 'owner'] as const;
export type Modifier = (typeof MODIFIERS)[number];

/** A field of a resource. */
export interface Field {
  /** In snake_case. */
  readonly name: string;
  readonly type: FieldType;
  /** May be null; an update with null clears it. */
  readonly optional: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  /** The smallest value, or the length of the shortest text, as it was written; `null` if there is none. */
  readonly min: string | null;
  readonly max: string | null;
  /** Rows are deleted with the row that they refer to, which otherwise cannot be deleted. */
  readonly cascade: boolean;
  /** Refers to the caller who created the row, and who alone may change it. */
  readonly owner: boolean;
}

/** A table and everything that serves it. JSON can hold it. */
export interface Resource {
  /** In snake_case. */
  readonly singular: string;
  readonly plural: string;
  readonly fields: readonly Field[];
}

/** A resource that every project of a pack has. */
export interface PackResource extends Resource {
  /** What its rows are, in words, with a capital; `null` for its plural name. */
  readonly title: string | null;
}

/** Names that the contributions and cells for fields have: kinds and modifiers. */
export const TRAITS: readonly Trait[] = [...KINDS, ...MODIFIERS];
export type Trait = Kind | Modifier;

/** The modifiers of a field, in the order of `MODIFIERS`. */
export function modifiersOf(field: Field): readonly Modifier[] {
  return MODIFIERS.filter((modifier) => field[modifier] !== false && field[modifier] !== null);
}

/** The kinds and modifiers that some field has, in the order of `TRAITS`. */
export function traitsOf(resources: readonly Resource[]): readonly Trait[] {
  const fields = resources.flatMap((resource) => resource.fields);
  const traits = new Set<Trait>(fields.flatMap((field) => [field.type.kind, ...modifiersOf(field)]));
  return TRAITS.filter((trait) => traits.has(trait));
}

/** The column of a field, which is also its name in Rust and JSON: a reference holds the id of a row. */
export function columnOf({ name, type }: Pick<Field, 'name' | 'type'>): string {
  return type.kind === 'ref' ? `${name}_id` : name;
}

/** The last six digits of a migration's version, by its place in the history: a minute apart, so that others fit in between. */
export function migrationTime(position: number): string {
  const [hours, minutes] = [Math.floor(position / 60), position % 60];
  return `${String(hours).padStart(2, '0')}${String(minutes).padStart(2, '0')}00`;
}

import { type Field, type FieldType, MODIFIERS, type Resource, type Trait, traitsOf } from '../model/resource.ts';

const NAME = 'specimen';

const PLAIN: Omit<Field, 'name' | 'type'> = {
  ...{ optional: false, unique: false, index: false, min: null, max: null },
  ...{ cascade: false, owner: false },
};

/** A type of each kind, with the modifiers that it goes with. */
const TYPES: readonly (readonly [FieldType, Partial<Field>])[] = [
  [
    { kind: 'string', length: 40 },
    { unique: true, min: '2' },
  ],
  [{ kind: 'text' }, { min: '1', max: '1000' }],
  [{ kind: 'email' }, { unique: true }],
  [{ kind: 'bool' }, { index: true }],
  [{ kind: 'i32' }, { min: '-5', max: '5' }],
  [{ kind: 'i64' }, { unique: true, min: '0' }],
  [{ kind: 'f64' }, { max: '0.5' }],
  [
    { kind: 'decimal', precision: 10, scale: 2 },
    { min: '0.01', max: '99.50' },
  ],
  [{ kind: 'uuid' }, { unique: true }],
  [{ kind: 'date' }, { index: true }],
  [{ kind: 'timestamp' }, { index: true }],
  [{ kind: 'json' }, {}],
  [{ kind: 'enum', values: ['open', 'half_done'] }, { index: true }],
  [{ kind: 'ref', resource: NAME }, { cascade: true }],
];

const FIELDS: readonly Field[] = TYPES.flatMap(([type, modifiers]) => [
  { ...PLAIN, name: `plain_${type.kind}`, type },
  { ...PLAIN, name: `optional_${type.kind}`, type, optional: true },
  { ...PLAIN, name: `full_${type.kind}`, type, ...modifiers },
]);
const OWNER: Field = { ...PLAIN, name: 'owner', type: { kind: 'ref', resource: NAME }, owner: true };

/** A resource with a field of each kind: required, optional, and with the modifiers that it goes with. */
export const SPECIMEN: Resource = { singular: NAME, plural: `${NAME}s`, fields: [...FIELDS, OWNER] };

/** The same, first without its optional fields. */
export const CHANGED_SPECIMEN: readonly Resource[] = [
  { ...SPECIMEN, fields: SPECIMEN.fields.filter(({ optional }) => !optional) },
  SPECIMEN,
];

/** A resource whose fields have these kinds and modifiers, and no other modifier. */
export function specimenWith(traits: readonly Trait[]): Resource {
  const fields = traits.flatMap((trait) => {
    const field = SPECIMEN.fields.find((each) => traitsOf([{ ...SPECIMEN, fields: [each] }]).includes(trait));
    return field === undefined ? [] : [{ ...field, ...PLAIN, ...pick(field, trait) }];
  });
  return { ...SPECIMEN, fields };
}

function pick(field: Field, trait: Trait): Partial<Field> {
  const modifier = MODIFIERS.find((each) => each === trait);
  return modifier === undefined ? {} : { [modifier]: field[modifier] };
}

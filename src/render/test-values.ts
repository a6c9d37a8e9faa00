import type { Field } from '../model/resource.ts';
import { type Json, samplesOf } from '../model/samples.ts';
import type { ResourceNames, TestValues } from '../model/templates.ts';
import { rust } from './literals.ts';

/**
 * The values of a field for the tests of a project, as they are written in `json!`. In tests, `number` tells rows apart whose
 * values must differ, and `existing_<singular>(app, n)` gives the row of another resource with a number.
 */
export function testValues(field: Field, resource: ResourceNames, ref: ResourceNames | null): TestValues {
  const { values, edges, invalid } = samplesOf(field);
  const rustJson = field.type.kind === 'f64' ? rustFloat : rustValue;
  const refused = invalid.map(([code, value]) => `["${code}", ${rustJson(value)}]`);
  if (ref !== null) return { ...ofReference(field, resource, ref), invalid: refused };
  const [first = 'null', second = first] = values.map(rustJson);
  return {
    row: '',
    taken: `first["${field.name}"]`,
    body: field.unique ? `([${values.map(rustJson).join(', ')}][number])` : first,
    valid: [...new Set([second, ...edges.map(rustJson), first])],
    invalid: refused,
  };
}

/** A reference to its own resource is null at first. */
function ofReference(field: Field, resource: ResourceNames, ref: ResourceNames): Omit<TestValues, 'invalid'> {
  const isOwn = ref.singular === resource.singular;
  const row = isOwn ? `app.create_${ref.singular}().await` : `existing_${ref.singular}(&app, 0).await`;
  const body = isOwn ? 'null' : `existing_${ref.singular}(app, ${field.unique ? 'number' : 0}).await["id"]`;
  const taken = `first["${isOwn ? 'id' : `${field.name}_id`}"]`;
  return { row, taken, body, valid: isOwn ? [] : [`${row}["id"]`] };
}

/** A floating-point number has a point, if it is a whole number too. */
function rustFloat(value: Json): string {
  return Number.isInteger(value) && Math.abs(Number(value)) < 1e15 ? `${value}.0` : rustValue(value);
}

/** A value as it is written in `json!`. */
function rustValue(value: Json): string {
  switch (typeof value) {
    case 'bigint':
      return `${value}_${value >= 2n ** 63n ? 'u64' : 'i64'}`;
    case 'string':
      return rustText(value);
    case 'object': {
      if (value === null) return 'null';
      if (isList(value)) return `[${value.map(rustValue).join(', ')}]`;
      const fields = Object.entries(value).map(([name, inner]) => `${rust(name)}: ${rustValue(inner)}`);
      return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
    }
    default:
      return String(value);
  }
}

function isList(value: readonly Json[] | object): value is readonly Json[] {
  return Array.isArray(value);
}

/** A long text of equal characters is repeated in Rust; its last one may differ. */
function rustText(text: string): string {
  const [, first = '', last = ''] = /^(.)\1{10,}(.)$/su.exec(text) ?? [];
  if (first === '') return rust(text);
  const length = (text.length - last.length) / first.length;
  return first === last ? `${rust(first)}.repeat(${length + 1})` : `${rust(first)}.repeat(${length}) + ${rust(last)}`;
}

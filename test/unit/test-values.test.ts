import { expect, test } from 'vitest';
import type { Field, FieldType } from '../../src/model/resource.ts';
import type { ResourceNames } from '../../src/model/templates.ts';
import { testValues } from '../../src/render/test-values.ts';

const names = (singular: string): ResourceNames => ({
  ...{ singular, plural: `${singular}s`, type: '', plural_type: '' },
  ...{ words: '', plural_words: '', Plural_words: '' },
  ...{ article: 'a', Article: 'A', position: 0, variable: singular },
});

const field = (type: FieldType, changes: Partial<Field> = {}): Field => ({
  ...{
    name: 'x',
    type,
    optional: false,
    unique: false,
    index: false,
    min: null,
    max: null,
    cascade: false,
    owner: false,
  },
  ...changes,
});

const valuesOf = (type: FieldType, changes: Partial<Field> = {}, ref: ResourceNames | null = null) =>
  testValues(field(type, changes), names('payment'), ref);

test('a long text is repeated in Rust', () => {
  const { valid, invalid } = valuesOf({ kind: 'string', length: 40 });
  expect(valid).toContain('"\u00e9".repeat(40)');
  expect(invalid).toContain('["too_long", "a".repeat(41)]');
});

test('whole numbers have the suffix of their type, and others a point', () => {
  expect(valuesOf({ kind: 'i64' }).valid).toContain('9223372036854775807_i64');
  expect(valuesOf({ kind: 'i64' }).invalid).toContain('["invalid", 9223372036854775808_u64]');
  expect(valuesOf({ kind: 'f64' }, { min: '2.0' }).body).toBe('2.0');
});

test('values are nested as in json!', () => {
  expect(valuesOf({ kind: 'json' }).body).toBe('{ "key": ["value", 1.5, true, null] }');
});

test('unique values differ by the number of the row', () => {
  expect(valuesOf({ kind: 'string', length: 9 }, { unique: true }).body).toBe('(["first", "second", "third"][number])');
});

test('a reference has the id of another row, or null if it is to the resource itself', () => {
  expect(valuesOf({ kind: 'ref', resource: 'user' }, {}, names('user')).body).toBe('existing_user(app, 0).await["id"]');
  expect(valuesOf({ kind: 'ref', resource: 'payment' }, {}, names('payment')).body).toBe('null');
});

import { MAX_TEXT_LENGTH } from './field-bounds.ts';
import type { Field } from './resource.ts';

/** A value in JSON. Whole numbers beyond 2^53 are bigints. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [name: string]: Json };

/** Values for tests of a field's rules. */
export interface Samples {
  /** Valid values, at least one, as they are sent back. Different ones, at least three of a unique field. */
  readonly values: readonly Json[];
  /** The valid values next to invalid ones, and others that are easily changed on the way to the database and back. */
  readonly edges: readonly Json[];
  /** Invalid values, each with the code of its error. */
  readonly invalid: readonly (readonly [code: string, value: Json])[];
}

/** Values for tests of a field. Those of a reference depend on rows: there are only invalid ones. */
export function samplesOf({ type, min, max }: Pick<Field, 'type' | 'min' | 'max'>): Samples {
  switch (type.kind) {
    case 'string':
      return lineSamples(Math.max(1, Number(min ?? 1)), type.length);
    case 'text':
      return textSamples(Number(min ?? 0), Number(max ?? MAX_TEXT_LENGTH));
    case 'email':
      return {
        values: ['ada@example.org', 'grace@example.org', 'jos\u00e9@example.org'],
        edges: ['a@b.example', "o'brien+tag@xn--bcher-kva.example"],
        invalid: [
          ['type', 1],
          ['invalid', 'ada'],
          ['invalid', 'ada@example'],
        ],
      };
    case 'bool':
      return {
        values: [true, false],
        edges: [],
        invalid: [
          ['type', 'true'],
          ['type', 1],
        ],
      };
    case 'i32':
      return wholeSamples(bigintOf(min), bigintOf(max), 2n ** 31n);
    case 'i64':
      return wholeSamples(bigintOf(min), bigintOf(max), 2n ** 63n);
    case 'f64':
      return floatSamples(min, max);
    case 'decimal':
      return decimalSamples(type.precision, type.scale, min, max);
    case 'uuid':
      return {
        values: [1, 2, 3].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`),
        edges: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
        invalid: NO_UUIDS,
      };
    case 'date':
      return {
        values: ['2026-01-31', '2024-02-29', '1999-12-31'],
        edges: ['1000-01-01', '9999-12-31'],
        invalid: [
          ['type', 20260131],
          ...invalid('2026-02-29', '2026-1-31', '0999-12-31', '10000-01-01', '2026-01-31T00:00:00Z'),
        ],
      };
    case 'timestamp':
      return {
        values: ['2026-01-31T12:34:56.123456Z', '2024-02-29T23:59:59.000001Z', '1969-12-31T23:59:59.999999Z'],
        edges: ['1000-01-01T00:00:00.000000Z', '9999-12-31T23:59:59.999999Z'],
        invalid: [
          ['type', 1767225600],
          ...invalid('2026-01-31', '2026-01-31T12:34:56', '2016-12-31T23:59:60Z', '0999-12-31T23:59:59Z'),
        ],
      };
    case 'json':
      return {
        values: [{ key: ['value', 1.5, true, null] }, ['a', { b: [] }], 'text'],
        edges: [false, 0, '', {}, [[[[[[[[[[1]]]]]]]]]], { '\u00e9\u{1f642}': '\u00e9\u{1f642}"\\\n' }],
        invalid: [
          ['invalid', 'a\0'],
          ['invalid', { list: ['\0'] }],
          ['invalid', { '\0': 1 }],
        ],
      };
    case 'enum':
      return {
        values: type.values,
        edges: [],
        invalid: [
          ['type', 1],
          ['invalid', 'no_such_value'],
        ],
      };
    case 'ref':
      return { values: [], edges: [], invalid: NO_UUIDS };
  }
}

const NO_UUIDS: Samples['invalid'] = [
  ['type', 1],
  ['invalid', 'no UUID'],
];

function invalid(...values: readonly string[]): Samples['invalid'] {
  return values.map((value) => ['invalid', value]);
}

/** Lines of `min` to `max` visible characters. */
function lineSamples(min: number, max: number): Samples {
  return {
    values: words(min, max),
    edges: ['a'.repeat(min), '\u00e9'.repeat(max), '\u{1f642}'.repeat(max)],
    invalid: [
      ['type', 1],
      ['too_short', ' '],
      ...(min > 1 ? [['too_short', 'a'.repeat(min - 1)] as const] : []),
      ['too_long', 'a'.repeat(max + 1)],
      ...(max > 1 ? [['invalid', `${'a'.repeat(Math.max(1, min - 1))}\u202e`] as const] : []),
    ],
  };
}

/** Texts of `min` to `max` characters, in any number of lines. */
function textSamples(min: number, max: number): Samples {
  return {
    values: fitting(['two\nlines', ' spaces ', 'a\ttab\r\n'], min, max) ?? words(Math.max(1, min), max),
    edges: ['a'.repeat(min), '\u00e9'.repeat(max), '\u{1f642}'.repeat(max)],
    invalid: [
      ['type', 1],
      ...(min > 0 ? [['too_short', 'a'.repeat(min - 1)] as const] : []),
      ['too_long', 'a'.repeat(max + 1)],
      ['invalid', `${'a'.repeat(Math.max(0, min - 1))}\0`],
    ],
  };
}

/** Three texts of `min` to `max` characters. */
function words(min: number, max: number): readonly string[] {
  return fitting(['first', 'second', 'third'], min, max) ?? ['a', 'b', 'c'].map((letter) => letter.repeat(min));
}

/** The texts, if all of them have `min` to `max` characters. */
function fitting(texts: readonly string[], min: number, max: number): readonly string[] | null {
  return texts.every(({ length }) => length >= min && length <= max) ? texts : null;
}

function bigintOf(bound: string | null): bigint | null {
  return bound === null ? null : BigInt(bound);
}

/** Whole numbers of a type that has those from `-size` to `size - 1`. */
function wholeSamples(min: bigint | null, max: bigint | null, size: bigint): Samples {
  const [lowest, highest] = [min ?? -size, max ?? size - 1n];
  const outside = (value: bigint, bound: bigint | null): Samples['invalid'] => {
    const isOfType = value >= -size && value < size;
    // serde_json has 64 bits.
    const isNumber = value >= -(2n ** 63n) && value < 2n ** 64n;
    return isNumber ? [[isOfType && bound !== null ? 'out_of_range' : 'invalid', value]] : [];
  };
  return {
    values: threeFrom(lowest, highest),
    edges: [lowest, highest],
    invalid: [['type', '1'], ['type', 1.5], ...outside(lowest - 1n, min), ...outside(highest + 1n, max)],
  };
}

/** Up to three whole numbers between the limits, positive ones if there are any. */
function threeFrom(lowest: bigint, highest: bigint): readonly bigint[] {
  const first = lowest <= 1n && highest >= 3n ? 1n : lowest;
  return [first, first + 1n, first + 2n].filter((value) => value <= highest);
}

function floatSamples(min: string | null, max: string | null): Samples {
  const [lowest, highest] = [min, max].map((bound) => (bound === null ? null : Number(bound)));
  const first = lowest ?? (highest === null || highest === undefined ? 1.5 : highest - 2);
  const values = [first, first + 0.5, first + 1].filter((value) => value <= (highest ?? Number.POSITIVE_INFINITY));
  return {
    values,
    edges: [lowest ?? -1.7976931348623157e308, highest ?? 1.7976931348623157e308],
    invalid: [
      ['type', '1.5'],
      ...(typeof lowest === 'number' ? [['out_of_range', lowest - 1] as const] : []),
      ...(typeof highest === 'number' ? [['out_of_range', highest + 1] as const] : []),
    ],
  };
}

/** Decimal numbers, which are sent as text. */
function decimalSamples(precision: number, scale: number, min: string | null, max: string | null): Samples {
  const largest = 10n ** BigInt(precision) - 1n;
  const units = (bound: string | null) => (bound === null ? null : BigInt(bound.replace('.', '')));
  const [lowest, highest] = [units(min) ?? -largest, units(max) ?? largest];
  const text = (value: bigint) => decimalText(value, scale);
  return {
    values: threeFrom(lowest, highest).map(text),
    edges: [text(lowest), text(highest)],
    invalid: [
      ['type', 1.5],
      ['invalid', '1e0'],
      ...(scale < 27 ? [['invalid', `0.${'0'.repeat(scale)}1`] as const] : []),
      ['out_of_range', text(lowest - 1n)],
      ['out_of_range', text(highest + 1n)],
    ],
  };
}

/** A number of units of 10^-scale, with all decimal places. */
export function decimalText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return units < 0n ? `-${text}` : text;
}

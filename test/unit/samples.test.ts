import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { samplesOf } from '../../src/model/samples.ts';

const codes = (samples: ReturnType<typeof samplesOf>, code: string) =>
  samples.invalid.flatMap(([given, value]) => (given === code ? [value] : []));

/** Two numbers in order. */
const bounds = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe('the valid samples of a field keep its rules, and the invalid ones break them', () => {
  test('string', () => {
    fc.assert(
      fc.property(bounds(1, 300), ([min, length]) => {
        const samples = samplesOf({ type: { kind: 'string', length }, min: String(min), max: null });
        expect(new Set(samples.values).size).toBe(3);
        for (const value of [...samples.values, ...samples.edges]) {
          expect([...String(value)].length).toBeGreaterThanOrEqual(min);
          expect([...String(value)].length).toBeLessThanOrEqual(length);
        }
        for (const value of codes(samples, 'too_long')) expect(String(value).length).toBeGreaterThan(length);
        for (const value of codes(samples, 'too_short')) expect(String(value).trim().length).toBeLessThan(min);
      }),
    );
  });

  test('text', () => {
    fc.assert(
      fc.property(bounds(0, 10_000), ([min, max]) => {
        const samples = samplesOf({ type: { kind: 'text' }, min: String(min), max: String(max) });
        for (const value of [...samples.values, ...samples.edges]) {
          expect([...String(value)].length).toBeGreaterThanOrEqual(min);
          expect([...String(value)].length).toBeLessThanOrEqual(max);
        }
        for (const value of codes(samples, 'too_long')) expect(String(value).length).toBeGreaterThan(max);
        for (const value of codes(samples, 'too_short')) expect(String(value).length).toBeLessThan(min);
      }),
    );
  });

  test.each(['i32', 'i64'] as const)('%s', (kind) => {
    fc.assert(
      fc.property(bounds(-(2 ** 31), 2 ** 31 - 1), ([min, max]) => {
        const samples = samplesOf({ type: { kind }, min: String(min), max: String(max) });
        for (const value of [...samples.values, ...samples.edges]) {
          expect(Number(value)).toBeGreaterThanOrEqual(min);
          expect(Number(value)).toBeLessThanOrEqual(max);
        }
        for (const value of codes(samples, 'out_of_range')) {
          expect(Number(value) < min || Number(value) > max).toBe(true);
        }
      }),
    );
  });

  test('decimal', () => {
    fc.assert(
      fc.property(bounds(1, 28), ([scale, precision]) => {
        const samples = samplesOf({ type: { kind: 'decimal', precision, scale }, min: null, max: null });
        const form = new RegExp(String.raw`^-?\d{1,${Math.max(1, precision - scale)}}\.\d{${scale}}$`);
        for (const value of [...samples.values, ...samples.edges]) expect(value).toMatch(form);
        expect(codes(samples, 'out_of_range').length).toBe(2);
      }),
    );
  });
});

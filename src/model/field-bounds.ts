import type { FieldType } from './resource.ts';

/** What the smallest or the largest value of a field can be. */
interface BoundSyntax {
  /** In words. */
  readonly allowed: string;
  /** The bound in its shortest form; `null` if the text is none. */
  normalize(text: string): string | null;
  compare(a: string, b: string): number;
}

/** In characters, so that every one fits into the 65,535 bytes of MySQL's TEXT. */
export const MAX_TEXT_LENGTH = 10_000;

const I32 = 2n ** 31n;
const I64 = 2n ** 63n;

/** How bounds of a type are written; `null` if it has none. */
export function boundSyntax(type: FieldType): BoundSyntax | null {
  switch (type.kind) {
    case 'string':
      return wholeNumbers(0n, BigInt(type.length));
    case 'text':
      return wholeNumbers(0n, BigInt(MAX_TEXT_LENGTH));
    case 'i32':
      return wholeNumbers(-I32, I32 - 1n);
    case 'i64':
      return wholeNumbers(-I64, I64 - 1n);
    case 'f64':
      return FLOATS;
    case 'decimal':
      return decimals(type.precision, type.scale);
    default:
      return null;
  }
}

function wholeNumbers(least: bigint, most: bigint): BoundSyntax {
  return {
    allowed: `a whole number from ${least} to ${most}`,
    normalize: (text) => {
      if (!/^-?\d{1,20}$/.test(text)) return null;
      const number = BigInt(text);
      return number >= least && number <= most ? String(number) : null;
    },
    compare: (a, b) => Number(BigInt(a) > BigInt(b)) - Number(BigInt(a) < BigInt(b)),
  };
}

/** With a point, as a number of this type is written in Rust. */
const FLOATS: BoundSyntax = {
  allowed: 'a number such as 0.5, with at most 9 digits before and 6 after the point',
  normalize: (text) => {
    if (!/^-?\d{1,9}(?:\.\d{1,6})?$/.test(text)) return null;
    // Adding 0 turns -0 into 0.
    const number = String(Number(Number(text).toFixed(6)) + 0);
    if (number.includes('e')) return Number(text).toFixed(6);
    return number.includes('.') ? number : `${number}.0`;
  },
  compare: (a, b) => Number(a) - Number(b),
};

/** With as many digits after the point as the type has. */
function decimals(precision: number, scale: number): BoundSyntax {
  const units = (text: string): bigint => BigInt(text.replace('.', ''));
  return {
    allowed: `a number with at most ${precision - scale} digits before and ${scale} after the point`,
    normalize: (text) => {
      const [, minus = '', whole = '', fraction = ''] = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
      if (whole === '' || fraction.length > scale || whole.replace(/^0$/, '').length > precision - scale) return null;
      const digits = [whole, ...(scale > 0 ? [fraction.padEnd(scale, '0')] : [])].join('.');
      return /[1-9]/.test(digits) ? minus + digits : digits;
    },
    compare: (a, b) => Number(units(a) > units(b)) - Number(units(a) < units(b)),
  };
}

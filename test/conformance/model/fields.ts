import { MAX_TEXT_LENGTH } from '../../../src/model/field-bounds.ts';
import type { Field } from '../../../src/model/resource.ts';
import type { Json } from '../../../src/model/samples.ts';
import { has } from './faults.ts';
import { emailOf, type Reading, readLine, readLines } from './text.ts';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** With the sign, digits and decimal places. */
const DECIMAL = /^(-?)0*(\d+?)(?:\.(\d+))?$/;
const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;

const INVALID: Reading = { code: 'invalid' };
const OF_OTHER_TYPE: Reading = { code: 'type' };

/** Reads what a body has for a field. */
export function readField(field: Field, given: unknown): Reading {
  if (given === null) return field.optional ? { value: null } : OF_OTHER_TYPE;
  return has('takes-any-value') ? { value: given as Json } : readValue(field, given);
}

function readValue({ type, min, max }: Field, given: unknown): Reading {
  switch (type.kind) {
    case 'bool':
      return typeof given === 'boolean' ? { value: given } : OF_OTHER_TYPE;
    case 'i32':
      return readWhole(given, 2n ** 31n, min, max);
    case 'i64':
      return readWhole(given, 2n ** 63n, min, max);
    case 'f64':
      if (typeof given !== 'number') return OF_OTHER_TYPE;
      return given < Number(min ?? given) || given > Number(max ?? given) ? { code: 'out_of_range' } : { value: given };
    case 'json':
      return hasNul(given) ? INVALID : { value: given as Json };
    default:
      return typeof given === 'string' ? readText({ type, min, max }, given) : OF_OTHER_TYPE;
  }
}

/** What JSON has as a string. */
function readText({ type, min, max }: Pick<Field, 'type' | 'min' | 'max'>, given: string): Reading {
  if (/\p{Surrogate}/u.test(given)) return INVALID;
  switch (type.kind) {
    case 'string':
      return readLine(given, Number(min ?? 1), type.length);
    case 'text':
      return readLines(given, Number(min ?? 0), Number(max ?? MAX_TEXT_LENGTH));
    case 'email':
      return ofValid(emailOf(given));
    case 'decimal':
      return readDecimal(given, type.scale, type.precision - type.scale, min, max);
    case 'date':
      return ofValid(isDate(given) ? given : null);
    case 'timestamp':
      return ofValid(timestampOf(given));
    case 'enum':
      return ofValid(type.values.includes(given) ? given : null);
    default:
      return ofValid(UUID.test(given) ? given.toLowerCase() : null);
  }
}

const ofValid = (value: string | null): Reading => (value === null ? INVALID : { value });

/** A whole number from `-size` to `size - 1`. */
function readWhole(given: unknown, size: bigint, min: string | null, max: string | null): Reading {
  if (typeof given !== 'bigint' && !Number.isInteger(given)) return OF_OTHER_TYPE;
  const number = BigInt(given as bigint | number);
  if (number < -size || number >= size) return INVALID;
  if (number < BigInt(min ?? number) || number > BigInt(max ?? number)) return { code: 'out_of_range' };
  return { value: has('rounds-numbers') ? Number(number) : (given as bigint | number) };
}

/** A decimal number, which is sent with `scale` decimal places. */
function readDecimal(given: string, scale: number, digits: number, min: string | null, max: string | null): Reading {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(given) ?? [];
  const places = fraction.replace(/0+$/, '').padEnd(scale, '0');
  if (whole === '' || places.length > scale) return INVALID;
  const units = BigInt(sign + whole + places);
  const unitsOf = (bound: string | null) => BigInt(bound?.replace('.', '') ?? units);
  if (whole.replace(/^0$/, '').length > digits || units < unitsOf(min) || units > unitsOf(max)) {
    return { code: 'out_of_range' };
  }
  const text = `${units === 0n ? '' : sign}${whole}${scale === 0 ? '' : `.${places}`}`;
  return { value: has('rounds-numbers') ? Number(text).toFixed(scale) : text };
}

function isDate(text: string): boolean {
  const time = /^[1-9]\d{3}-\d\d-\d\d$/.test(text) ? new Date(text) : null;
  return time !== null && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

/** In UTC with microseconds; `null` if it is invalid. */
function timestampOf(text: string): string | null {
  const [, date = '', time = '', fraction = '', offset = ''] = RFC_3339.exec(text) ?? [];
  if (!isDate(date)) return null;
  const moment = new Date(`${date}T${time}${offset.toUpperCase()}`);
  if (Number.isNaN(moment.getTime())) return null;
  const seconds = moment.toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  const kept = has('cuts-microseconds') ? 3 : 6;
  return isDate(seconds.slice(0, 'yyyy-mm-dd'.length)) ? `${seconds}.${fraction.slice(0, kept).padEnd(6, '0')}Z` : null;
}

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return typeof value === 'object' && value !== null && Object.entries(value).flat().some(hasNul);
}

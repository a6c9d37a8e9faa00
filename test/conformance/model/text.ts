import { domainToASCII } from 'node:url';
import type { Json } from '../../../src/model/samples.ts';
import { codePoints, HIDDEN, VISIBLE } from '../openapi/characters.ts';
import { has } from './faults.ts';

/** A value as it is stored, or the code of what is wrong with it. */
export type Reading = { readonly value: Json } | { readonly code: string };

const ATOM = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{Nd}!#$%&'*+\-/=?^_`{|}~])+$/u;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** Whether a text has characters that cannot be seen. */
export function isHidden(text: string): boolean {
  return HIDDEN.test(text) && !has('takes-invisible-text');
}

/** The normalised line, or the code of what is wrong with it. */
export function readLine(text: string, min: number, max: number): Reading {
  const line = (has('forgets-to-trim') ? text : text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '')).normalize();
  const isBlank = !VISIBLE.test(line) && !has('takes-invisible-text');
  if (isBlank || lengthOf(line) < min) return { code: 'too_short' };
  if (lengthOf(line) > max) return { code: 'too_long' };
  return isHidden(line) || line.includes('\0') ? { code: 'invalid' } : { value: line };
}

/** The text in any number of lines, or the code of what is wrong with it. */
export function readLines(text: string, min: number, max: number): Reading {
  if (lengthOf(text) < min) return { code: 'too_short' };
  if (lengthOf(text) > max) return { code: 'too_long' };
  return /(?![\n\r\t])\p{Cc}/u.test(text) ? { code: 'invalid' } : { value: text };
}

const lengthOf = (text: string): number => (has('counts-bytes') ? Buffer.byteLength(text) : [...text].length);

/** The normalised address, or `null` if it is invalid. */
export function emailOf(text: string): string | null {
  const form = has('tells-normal-forms-apart') ? 'NFC' : 'NFKC';
  const email = text.trim().normalize(form);
  const at = email.lastIndexOf('@');
  const [local, domain] = [email.slice(0, at), domainToASCII(email.slice(at + 1))];
  const atoms = has('compares-case') ? local : local.toLowerCase().normalize(form);
  const labels = domain.split('.');
  const isPlausible =
    at > 0 &&
    Buffer.byteLength(atoms) <= 64 &&
    atoms.split('.').every((atom) => ATOM.test(atom)) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label));
  const canonical = `${atoms}@${domain}`;
  return isPlausible && canonical.length <= 254 ? canonical : null;
}

/** The password in the form that is hashed. */
export function passwordOf(text: string): string {
  return has('hashes-what-was-typed') ? text : text.replace(/\p{Zs}/gu, ' ').normalize();
}

/** A pattern of lines of up to `max` characters, which means the same without the flag `u`, except that hidden characters above U+FFFF match. */
export function linePattern(max: number): string {
  expressions ??= describeCharacters();
  const { space, hidden, invisible } = expressions;
  return `^${space}*(?=[^]*(?!${invisible})[^])(?:(?!${hidden})[^]){1,${max}}${space}*$`;
}

type Expressions = Readonly<Record<'space' | 'hidden' | 'invisible', string>>;

/** Once they are known: there are a million characters. */
let expressions: Expressions | undefined;

function describeCharacters(): Expressions {
  return {
    space: oneOf((text) => /\p{White_Space}/u.test(text)),
    hidden: oneOf((text) => HIDDEN.test(text) && !has('describes-other-names')),
    invisible: oneOf((text) => !VISIBLE.test(text)),
  };
}

/** An expression for one character that matches. */
function oneOf(matches: (text: string) => boolean): string {
  const ranges: { readonly first: number; last: number }[] = [];
  for (const code of codePoints()) {
    if (!matches(String.fromCodePoint(code))) continue;
    const range = ranges.at(-1);
    if (range?.last === code - 1) range.last = code;
    else ranges.push({ first: code, last: code });
  }
  const unit = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
  const low = ranges.filter(({ last }) => last <= 0xffff).map(({ first, last }) => `${unit(first)}-${unit(last)}`);
  const high = ranges
    .filter(({ first }) => first > 0xffff)
    .map(({ first, last }) => [first - 1, last].map((code) => String.fromCodePoint(code)))
    .map(([before, last]) => `(?![\\0-\\uffff])(?=[\\0-${last}])[^\\0-${before}]`);
  return `(?:${[`[${low.join('')}]`, ...high].join('|')})`;
}

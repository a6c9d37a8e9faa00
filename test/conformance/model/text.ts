import { domainToASCII } from 'node:url';
import { codePoints, HIDDEN, VISIBLE } from '../openapi/characters.ts';
import { has } from './faults.ts';

const ATOM = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{Nd}!#$%&'*+\-/=?^_`{|}~])+$/u;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** Whether a text has characters that cannot be seen. */
export function isHidden(text: string): boolean {
  return HIDDEN.test(text) && !has('takes-invisible-text');
}

/** The normalised name, or `null` if it is not readable. */
export function nameOf(text: string): string | null {
  const name = (has('forgets-to-trim') ? text : text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '')).normalize();
  const length = has('counts-bytes') ? Buffer.byteLength(name) : [...name].length;
  const isVisible = VISIBLE.test(name) || has('takes-invisible-text');
  return isVisible && length >= 1 && length <= 100 && !isHidden(name) && !name.includes('\0') ? name : null;
}

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

/** A pattern of names, which means the same without the flag `u`, except that hidden characters above U+FFFF match. */
export function namePattern(): string {
  const isSpace = (text: string) => /\p{White_Space}/u.test(text);
  const space = oneOf(isSpace);
  const hidden = oneOf((text) => HIDDEN.test(text) && !has('describes-other-names'));
  const invisible = oneOf((text) => !VISIBLE.test(text));
  return `^${space}*(?=[^]*(?!${invisible})[^])(?:(?!${hidden})[^]){1,100}${space}*$`;
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

import { domainToASCII } from 'node:url';
import { has } from './faults.ts';

const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\p{Join_Control}\p{Variation_Selector}])\p{Default_Ignorable_Code_Point}/u;
const VISIBLE = /(?![\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800])./su;
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

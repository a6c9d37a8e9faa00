import type { Problem } from '../model/errors.ts';
import { UNPRINTABLE } from '../model/unprintable.ts';

/** crates.io's limit, in characters. */
const MAX_LENGTH = 1000;

/** The problem with a description, or `null`. It must be one line, because it becomes part of one. */
export function checkDescription(text: string): Problem | null {
  const reason = invalidReason(text);
  if (reason === null) return null;
  return {
    code: 'invalid-description',
    message: `the description ${reason}`,
    allowed: `one line of text, at most ${MAX_LENGTH} characters`,
    hint: 'for example --description "Takes and tracks orders"; README.md is the place for more',
  };
}

function invalidReason(text: string): string | null {
  if (text.trim() === '') return 'is empty';
  const length = [...text].length;
  if (length > MAX_LENGTH) return `has ${length} characters`;
  const control = UNPRINTABLE.exec(text)?.[0];
  if (control === undefined) return null;
  if (/[\n\v\f\r\u0085\u2028\u2029]/.test(control)) return 'has a line break';
  return `has the control character U+${(control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

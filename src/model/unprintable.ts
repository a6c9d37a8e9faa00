/**
 * What a line of text does not have, as a class of a regular expression: control characters, which a terminal obeys; separators of
 * lines; and marks that show a text in another order than it has (CVE-2021-42574).
 */
const CLASS = String.raw`\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069`;

/** Finds a character that is not shown as it is. */
export const UNPRINTABLE = new RegExp(`[${CLASS}]`, 'u');

/** Matches a line of 1 to `most` characters that all are shown as they are; `end` is what has to match at its end. */
export function lineOf(most: number, end = ''): RegExp {
  return new RegExp(`^[^${CLASS}]{1,${most}}${end}$`, 'u');
}

/** Writes characters that are not shown as they are, but no line feeds and tabs, as escapes of JSON. */
export function visible(text: string): string {
  return text.replace(new RegExp(`(?![\n\t])[${CLASS}]`, 'gu'), (character) => {
    const code = character.charCodeAt(0).toString(16);
    return `\\u${code.padStart(4, '0')}`;
  });
}

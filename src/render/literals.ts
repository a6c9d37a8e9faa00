/** Quoted literals for the languages of the templates: no text can end its literal early or inject anything. */
import { UNPRINTABLE } from '../model/unprintable.ts';

/** Most texts: each character of them stands for itself in a literal. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A TOML basic string. TOML 1.0 §String. */
export function toml(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : `"${[...text].map(tomlCharacter).join('')}"`;
}

function tomlCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return isControl(character) ? unicodeEscape(character) : character;
}

/** Words that YAML 1.1 parsers, such as that of Kubernetes, do not read as strings. */
const YAML_WORDS = /^(?:false|n|no|null|off|on|true|y|yes)$/i;
/** What some YAML 1.1 parsers read as a number: an exponent without digits before it. */
const YAML_EXPONENT = /^e-?\d+$/i;

/** A YAML string: plain if every parser agrees on it, else double-quoted. YAML 1.2 §7.3.1, §7.3.3. */
export function yaml(text: string): string {
  const isPlain = /^[a-z][a-z0-9_-]*$/i.test(text) && !YAML_WORDS.test(text) && !YAML_EXPONENT.test(text);
  return isPlain ? text : json(text);
}

/** A YAML scalar: a number or boolean if the text is one, else a string. */
export function yamlScalar(text: string): string {
  return /^(?:true|false|-?\d{1,15}(?:\.\d*[1-9])?)$/.test(text) ? text : yaml(text);
}

/** A JSON string that is also safe if U+2028, U+2029, U+0085 or DEL would end a line. RFC 8259 §7. */
export function json(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, unicodeEscape);
}

/** A line of Markdown that contains no HTML and opens no code fence. CommonMark §2.4. */
export function markdown(text: string): string {
  return text.replace(/^(?=[`~]{3})|(?=<)/g, '\\');
}

/** A Rust string literal. The Rust Reference, Tokens, String literals. */
export function rust(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : `"${[...text].map(rustCharacter).join('')}"`;
}

function rustCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return isControl(character) ? `\\u{${codePoint(character).toString(16)}}` : character;
}

/** Control characters, line separators, and marks of direction, which rustc refuses in literals. */
function isControl(character: string): boolean {
  return UNPRINTABLE.test(character);
}

function unicodeEscape(character: string): string {
  return `\\u${codePoint(character).toString(16).padStart(4, '0')}`;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

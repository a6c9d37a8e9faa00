import type { Problem } from '../model/errors.ts';
import { isWindowsDevice, reservedReason } from './reserved-names.ts';

/** crates.io's limit, in characters. */
const MAX_LENGTH = 64;

/**
 * Stricter than Cargo where it only warns, or where rustc's lints, image names or crates.io reject a name: no capitals, no
 * letters outside ASCII, no separator at an end or twice in a row.
 */
const SHAPE = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/;

const ALLOWED = `a lowercase letter first, then lowercase letters, digits and single "-" or "_", at most ${MAX_LENGTH} characters`;

/** The suggestion for a text without a usable character. */
const FALLBACK = 'my-service';

/**
 * Whether `name` can name a Cargo package on every operating system.
 * `dependencies` are the crates the project may depend on: a package cannot depend on a crate of its own name.
 */
export function checkName(name: string, dependencies: readonly string[] = []): Problem | null {
  const reason = invalidReason(name, dependencies);
  if (reason === null) return null;
  return {
    code: 'invalid-name',
    message: `${quote(name)} cannot be the name of the project: ${reason}`,
    allowed: ALLOWED,
    hint: `try "${suggestName(name, dependencies)}"`,
  };
}

/** The closest valid name to a text, e.g. the name of a folder; see {@link checkName} for `dependencies`. */
export function suggestName(text: string, dependencies: readonly string[] = []): string {
  const words = toKebabCase(text);
  const base = words === '' ? FALLBACK : /^[a-z]/.test(words) ? words : `api-${words}`;
  let candidate = shorten(base, MAX_LENGTH);
  for (let attempt = 1; invalidReason(candidate, dependencies) !== null; attempt++) {
    const suffix = attempt === 1 ? '-api' : `-api-${attempt}`;
    candidate = shorten(base, MAX_LENGTH - suffix.length) + suffix;
  }
  return candidate;
}

/** Whether a folder can have this name on every operating system, and Cargo can build in it. */
export function isFolderName(name: string): boolean {
  return Buffer.byteLength(name) <= 255 && !isWindowsDevice(name) && !/[%:;]/.test(name);
}

function invalidReason(name: string, dependencies: readonly string[]): string | null {
  if (name === '') return 'it is empty';
  if (name.length > MAX_LENGTH) return `it has more than ${MAX_LENGTH} characters`;
  if (!SHAPE.test(name)) return shapeReason(name);
  const crate = toCrate(name);
  if (dependencies.some((dependency) => toCrate(dependency) === crate)) return 'a crate it depends on has that name';
  return reservedReason(crate);
}

function shapeReason(name: string): string {
  if (/^[0-9]/.test(name)) return 'it starts with a digit';
  if (/[A-Z]/.test(name)) return 'it has a capital letter';
  const stranger = /[^a-z0-9_-]/u.exec(name)?.[0];
  if (stranger !== undefined) return `it has the character ${JSON.stringify(stranger)}`;
  return 'it has a "-" or "_" first, last or twice in a row';
}

/** The name in quotes, shortened, with unprintable characters escaped. */
function quote(name: string): string {
  return JSON.stringify(name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH)}…` : name);
}

/** The crate that a package's code is imported by. */
function toCrate(name: string): string {
  return name.replaceAll('-', '_');
}

function toKebabCase(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/_*[^a-z0-9_]+_*/g, '-')
    .replace(/_+/g, '_')
    .replace(/^[-_]+|[-_]+$/g, '');
}

function shorten(name: string, length: number): string {
  return name.slice(0, length).replace(/[-_]+$/, '');
}

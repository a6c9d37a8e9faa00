import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.ts';
import { has } from './faults.ts';
import { emailOf, nameOf } from './text.ts';

interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface User {
  id: string;
  name: string;
  email: string;
  created_at: string;
  updated_at: string;
}

/** Newest last. */
const users: User[] = [];
let lastMicroseconds = 0;
let created = 0;

export interface Page {
  readonly data: readonly User[];
  readonly page: number;
  readonly per_page: number;
  readonly total: number;
}

export function list(query: URLSearchParams): Page {
  const known = [...query.keys()];
  if (new Set(known).size < known.length || known.some((key) => key !== 'page' && key !== 'per_page')) {
    throw new Failure(400);
  }
  const number = (name: string, fallback: number, max: number): number => {
    const text = query.get(name) ?? String(fallback);
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (has('accepts-page-zero') && value === 0) return 1;
    if (!(value >= 1 && value <= max)) throw new Failure(400, { detail: `${name} must be from 1 to ${max}` });
    return value;
  };
  const [page, perPage] = [number('page', 1, Number.MAX_SAFE_INTEGER), number('per_page', 20, 100)];
  const ordered = has('lists-oldest-first') ? users : users.toReversed();
  const data = ordered.slice((page - 1) * perPage, page * perPage);
  return { data, page, per_page: perPage, total: has('totals-the-page') ? data.length : users.length };
}

export function find(id: string): User {
  const user = users.find((candidate) => candidate.id === id.toLowerCase());
  if (user === undefined) throw new Failure(404);
  return user;
}

/** The id of the user who has this email. */
export function idOf(email: string): string | undefined {
  return users.find((user) => user.email === (emailOf(email) ?? email))?.id;
}

/** The id, if the user still exists. */
export function idOfOwner(id: string): string | undefined {
  return users.find((user) => user.id === id)?.id;
}

/** Creates a user; `wrong` has the other errors of its body. */
export async function insert(body: unknown, wrong: readonly FieldError[] = []): Promise<User> {
  const { name = '', email = '' } = read(body, true, wrong);
  conflict(email);
  if (has('checks-email-then-waits')) await sleep(50);
  const time = now();
  const user = { id: newId(), name, email, created_at: time, updated_at: time };
  users.push(user);
  return user;
}

export function update(id: string, body: unknown): User {
  const changes = read(body, false);
  const user = find(id);
  if (changes.email !== undefined) conflict(changes.email, user);
  if (has('replaces-on-patch')) Object.assign(user, { name: '', email: '' });
  if (Object.keys(changes).length > 0) Object.assign(user, changes, { updated_at: now() });
  return user;
}

export function remove(id: string): void {
  const at = users.findIndex((user) => user.id === id.toLowerCase());
  if (at === -1 && !has('deletes-twice')) throw new Failure(404);
  if (at !== -1) users.splice(at, 1);
}

function conflict(email: string, self?: User): void {
  if (!users.some((user) => user !== self && user.email === email)) return;
  const errors = [{ field: 'email', code: 'taken', message: 'is already taken' }];
  const members = has('conflicts-without-field') ? {} : { errors };
  throw new Failure(409, has('shows-internals') ? { detail: 'UNIQUE constraint failed: users.email' } : members);
}

const FIELDS = { name: nameOf, email: emailOf };

/** Checks every field of a body and throws one problem that names all that are wrong. */
function read(
  body: unknown,
  isNew: boolean,
  others: readonly FieldError[] = [],
): Partial<Pick<User, 'name' | 'email'>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Failure(422, { errors: [{ field: '$', code: 'type', message: 'must be an object' }] });
  }
  const given = body as Record<string, unknown>;
  const kept: Partial<Record<keyof typeof FIELDS, string>> = {};
  const wrong = new Map<string, string>();
  for (const field of ['name', 'email'] as const) {
    if (!(field in given)) {
      if (isNew) wrong.set(field, 'missing');
      continue;
    }
    const value = given[field];
    const parsed = typeof value === 'string' && !/\p{Surrogate}/u.test(value) ? FIELDS[field](value) : null;
    if (parsed === null) wrong.set(field, 'invalid');
    else kept[field] = parsed;
  }
  for (const field of Object.keys(given)) {
    if (!(field in FIELDS) && !has('ignores-unknown-fields')) wrong.set(field, 'unknown');
  }
  const errors = [...wrong].map(([field, code]) => ({ field, code, message: `is ${code}` }));
  errors.push(...others);
  if (errors.length === 0) return kept;
  if (has('names-every-field')) throw new Failure(422, { errors });
  const named = errors.slice(0, has('names-first-error-only') ? 1 : 20);
  throw new Failure(422, { errors: named.map((error) => ({ ...error, field: error.field.slice(0, 100) })) });
}

function now(): string {
  lastMicroseconds = Math.max(lastMicroseconds + 1, Date.now() * 1000);
  const milliseconds = Math.floor(lastMicroseconds / 1000);
  return new Date(milliseconds).toISOString().replace('Z', `${String(lastMicroseconds % 1000).padStart(3, '0')}Z`);
}

/** A UUID of version 7 whose twelve bits after the version count up, so that ids sort as they were made. */
function newId(): string {
  if (has('makes-random-ids')) return randomUUID();
  const count = (created++ % 4096).toString(16).padStart(3, '0');
  const hex = `${Date.now().toString(16).padStart(12, '0')}7${count}8${randomBytes(8).toString('hex').slice(0, 15)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { columnOf, type Field, type Resource } from '../../../src/model/resource.ts';
import type { Json } from '../../../src/model/samples.ts';
import { resourcesOf } from '../target.ts';
import { Failure } from './failure.ts';
import { has } from './faults.ts';
import { readField, UUID } from './fields.ts';
import { emailOf } from './text.ts';

interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

type Values = Record<string, Json>;
export type Row = Values & { readonly id: string };

interface Page {
  readonly data: readonly Row[];
  readonly page: number;
  readonly per_page: number;
  readonly total?: number;
}

let lastMicroseconds = 0;
let created = 0;

const PARAMETERS = ['page', 'per_page', 'after'];

/** The rows of a resource, in memory. */
export class Table {
  readonly resource: Resource;
  /** Newest last. */
  rows: Row[] = [];

  constructor(resource: Resource) {
    this.resource = resource;
  }

  list(query: URLSearchParams): Page {
    const known = [...query.keys()];
    if (new Set(known).size < known.length || known.some((key) => !PARAMETERS.includes(key))) {
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
    const after = query.get('after')?.toLowerCase();
    if (after !== undefined && !UUID.test(after)) throw new Failure(400);
    if (after !== undefined && has('demands-the-row-of-after')) this.find(after);
    const isListed = ({ id }: Row) =>
      after === undefined || id < after || (has('repeats-the-row-of-after') && id === after);
    const ordered = has('lists-oldest-first') ? this.rows : this.rows.toReversed();
    const start = after !== undefined && has('ignores-the-page-after') ? 0 : (page - 1) * perPage;
    const data = ordered.filter(isListed).slice(start, start + perPage);
    if (after !== undefined && !has('totals-what-follows')) return { data, page, per_page: perPage };
    return { data, page, per_page: perPage, total: has('totals-the-page') ? data.length : this.rows.length };
  }

  find(id: string): Row {
    const row = this.rows.find((candidate) => candidate.id === id.toLowerCase());
    if (row === undefined) throw new Failure(404);
    return row;
  }

  /** Creates a row of this owner; `wrong` has the other errors of its body. */
  async insert(body: unknown, owner: string, wrong: readonly FieldError[] = []): Promise<Row> {
    const given = this.#read(body, true, wrong);
    this.#checkUnique(given);
    checkReferences(this.#settable, given);
    if (has('checks-uniqueness-then-waits')) await sleep(500);
    const values = this.resource.fields.map((field) => {
      const column = columnOf(field);
      return [column, field.owner ? owner : (given[column] ?? null)] as const;
    });
    if (has('drops-the-first-value')) values.shift();
    const time = now();
    const row = { id: newId(), ...Object.fromEntries(values), created_at: time, updated_at: time };
    this.rows.push(row);
    return row;
  }

  update(id: string, body: unknown): Row {
    const changes = this.#read(body, false);
    const row = this.find(id);
    this.#checkUnique(changes, row);
    checkReferences(this.#settable, changes);
    if (has('replaces-on-patch')) for (const field of this.#settable) (row as Values)[columnOf(field)] = null;
    if (Object.keys(changes).length === 0) return row;
    return Object.assign(row, has('keeps-the-old-values') ? {} : changes, { updated_at: now() });
  }

  /** Deletes a row and those that go with it; fails if others refer to one of them. */
  remove(id: string): void {
    const row = this.rows.find((candidate) => candidate.id === id.toLowerCase());
    if (row === undefined && !has('deletes-twice')) throw new Failure(404);
    const deleted = new Set(row === undefined ? [] : [row]);
    for (const { id: referred } of deleted) {
      for (const [field, referring] of referencesTo(referred)) {
        if (!field.cascade && !deleted.has(referring) && !has('deletes-what-others-need')) throw referenced();
        if (field.cascade && !has('keeps-orphans')) deleted.add(referring);
      }
    }
    if (has('forgets-to-delete')) return;
    for (const table of tables) table.rows = table.rows.filter((candidate) => !deleted.has(candidate));
  }

  /** The fields that callers set. */
  get #settable(): readonly Field[] {
    return this.resource.fields.filter(({ owner }) => !owner);
  }

  #checkUnique(values: Values, self?: Row): void {
    const others = this.rows.filter((row) => row !== self);
    for (const field of this.resource.fields.filter(({ unique }) => unique && !has('forgets-uniqueness'))) {
      const column = columnOf(field);
      const value = values[column] ?? (has('counts-nulls-as-equal') ? null : undefined);
      if (!others.some((row) => row[column] === value)) continue;
      const errors = [{ field: column, code: 'taken', message: 'is already taken' }];
      const members = has('conflicts-without-field') ? {} : { errors };
      const detail = `UNIQUE constraint failed: ${this.resource.plural}.${column}`;
      throw new Failure(409, has('shows-internals') ? { detail } : members);
    }
  }

  /** Checks every field of a body and throws one problem that names all that are wrong. */
  #read(body: unknown, isNew: boolean, others: readonly FieldError[] = []): Values {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new Failure(422, { errors: [{ field: '$', code: 'type', message: 'must be an object' }] });
    }
    const given = body as Readonly<Record<string, unknown>>;
    const kept: Values = {};
    const wrong = new Map<string, string>();
    for (const field of this.#settable) {
      const column = columnOf(field);
      const value = given[column];
      if (value === undefined) {
        if (isNew && isRequired(field)) wrong.set(column, 'required');
        continue;
      }
      if (value === null && !isNew && has('ignores-null')) continue;
      const reading = readField(field, value);
      if ('code' in reading) wrong.set(column, reading.code);
      else kept[column] = reading.value;
    }
    const known = this.#settable.map(columnOf);
    for (const name of Object.keys(given)) {
      if (!known.includes(name) && !has('ignores-unknown-fields')) wrong.set(name, 'unknown');
    }
    const errors = [...wrong].map(([field, code]) => ({ field, code, message: `is ${code}` }));
    errors.push(...others);
    if (errors.length === 0) return kept;
    if (has('names-every-field')) throw new Failure(422, { errors });
    const named = errors.slice(0, has('names-first-error-only') ? 1 : 20);
    throw new Failure(422, { errors: named.map((error) => ({ ...error, field: error.field.slice(0, 100) })) });
  }
}

function isRequired({ optional }: Field): boolean {
  return optional ? has('demands-optional-fields') : !has('excuses-required-fields');
}

/** All resources of the model. */
export const tables = resourcesOf({ resources: JSON.parse(process.env['MODEL_RESOURCES'] ?? '[]') }).map(
  (resource) => new Table(resource),
);

/** The users, which every service has. */
export const users = tableOf('user');

function tableOf(singular: string): Table {
  const table = tables.find(({ resource }) => resource.singular === singular);
  if (table === undefined) throw new Error(`no resource ${singular}`);
  return table;
}

/** The id of the user who has this email. */
export function idOf(email: string): string | undefined {
  return users.rows.find((user) => user['email'] === (emailOf(email) ?? email))?.id;
}

/** The id, if the user still exists. */
export function idOfOwner(id: string): string | undefined {
  return users.rows.find((user) => user.id === id)?.id;
}

function checkReferences(fields: readonly Field[], values: Values): void {
  for (const { name, type } of fields) {
    if (type.kind !== 'ref' || has('forgets-references')) continue;
    const column = columnOf({ name, type });
    const value = values[column] ?? null;
    if (value === null || tableOf(type.resource).rows.some(({ id }) => id === value)) continue;
    throw new Failure(422, { errors: [{ field: column, code: 'not_found', message: 'does not exist' }] });
  }
}

/** The rows that refer to the row with this id, each with the field that does. */
function referencesTo(id: string): readonly (readonly [Field, Row])[] {
  return tables.flatMap(({ resource, rows }) =>
    resource.fields
      .filter(({ type }) => type.kind === 'ref')
      .flatMap((field) => rows.filter((row) => row[columnOf(field)] === id).map((row) => [field, row] as const)),
  );
}

function referenced(): Failure {
  return new Failure(409, { errors: [{ field: 'id', code: 'referenced', message: 'is still referred to' }] });
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

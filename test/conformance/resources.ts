import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { columnOf, type Field, type Resource } from '../../src/model/resource.ts';
import { decimalText, type Json, samplesOf } from '../../src/model/samples.ts';
import type { Api } from './accounts.ts';
import { parseJson, writeJson } from './http/exact-json.ts';
import type { Reply } from './http/reply.ts';
import { createUser, identify, newEmail } from './users.ts';

/** A body or a row: values by column. */
export type Values = Readonly<Record<string, Json>>;

/** A row that was created, and a client of the caller who may change it. */
export interface Created {
  readonly row: Values;
  readonly api: Api;
}

/** Creates, changes and finds rows of a resource as its description says. */
export class Rows {
  readonly resource: Resource;
  readonly path: string;
  /** All resources of the service, for references. */
  readonly #all: readonly Resource[];
  readonly #isUser: boolean;

  constructor(resource: Resource, all: readonly Resource[]) {
    this.resource = resource;
    this.path = `/api/v1/${resource.plural}`;
    this.#all = all;
    this.#isUser = resource.singular === 'user';
  }

  /** The fields that callers set. */
  get fields(): readonly Field[] {
    return this.resource.fields.filter(({ owner }) => !owner);
  }

  /** Where rows are created: users register if the service has accounts. */
  createPath(api: Api): string {
    return this.#isUser ? api.accounts.path : this.path;
  }

  /** A valid body with every field, or only those that are required; its unique values have not been used before. */
  async body(api: Api, which: 'all' | 'required' = 'all'): Promise<Values> {
    const body: Record<string, Json> = {};
    for (const field of this.fields.filter(({ optional }) => which === 'all' || !optional)) {
      body[columnOf(field)] = await this.value(field, api);
    }
    return { ...body, ...(this.#isUser ? (api.accounts.members as Values) : {}) };
  }

  /** A valid value that is free if it has to be unique. */
  async value(field: Field, api: Api): Promise<Json> {
    const { type } = field;
    if (type.kind === 'ref') return this.#newId(type.resource, api);
    return (field.unique ? unusedValue(field) : samplesOf(field).values[0]) ?? null;
  }

  /** The values that show whether a field keeps them; of a reference, the ids of two rows. */
  async valuesOf(field: Field, api: Api): Promise<readonly Json[]> {
    const { type } = field;
    if (type.kind === 'ref') return [await this.#newId(type.resource, api), await this.#newId(type.resource, api)];
    const { values, edges } = samplesOf(field);
    return [...values, ...edges];
  }

  rowsOf(singular: string): Rows {
    const resource = this.#all.find((other) => other.singular === singular);
    if (resource === undefined) throw new Error(`no resource ${singular}`);
    return new Rows(resource, this.#all);
  }

  /** Creates a row with these values instead of others; fails if the response is not 201. A user is created by a new caller. */
  async create(api: Api, values: Values = {}, which: 'all' | 'required' = 'all'): Promise<Created> {
    const own = this.#isUser ? api.anonymous() : api;
    if (!this.#isUser) await identify(own);
    const body = { ...(await this.body(own, which)), ...values };
    if (this.#isUser) return { row: { ...(await createUser(own, body)) }, api: own };
    const reply = await this.post(own, body);
    expect(reply.status, reply.text).toBe(201);
    return { row: read(reply), api: own };
  }

  async post(api: Api, body: Values): Promise<Reply> {
    return send(api, 'POST', this.createPath(api), body);
  }

  async patch({ row, api }: Created, body: Values): Promise<Reply> {
    return send(api, 'PATCH', this.pathOf(row), body);
  }

  pathOf(row: Values): string {
    return `${this.path}/${row['id']}`;
  }

  /** The id of a new row without optional values. */
  async #newId(singular: string, api: Api): Promise<Json> {
    return (await this.rowsOf(singular).create(api, {}, 'required')).row['id'] ?? null;
  }
}

function send(api: Api, method: string, path: string, body: Values): Promise<Reply> {
  return api.send(method, path, { 'content-type': 'application/json' }, writeJson(body));
}

/** The body of a response, without rounding. */
export function read(reply: Reply): Values {
  return parseJson(reply.text) as Values;
}

/** A value as `read` returns it. */
export function asRead(value: Json): Json {
  return parseJson(writeJson(value)) as Json;
}

/** A valid value that no other row has. */
function unusedValue(field: Field): Json {
  const { type, min, max } = field;
  switch (type.kind) {
    case 'email':
      return newEmail();
    case 'uuid':
      return randomUUID();
    case 'string': {
      const length = Math.min(type.length, Math.max(Number(min ?? 1), 12));
      return Array.from({ length }, () => String.fromCodePoint(randomInt(0x61, 0x7b))).join('');
    }
    case 'date':
      return new Date(randomInt(2 ** 37) * 1000).toISOString().slice(0, 10);
    case 'timestamp':
      return new Date(randomInt(2 ** 37) * 1000).toISOString().replace('Z', `${randomInt(100, 1000)}Z`);
    case 'i32':
    case 'i64':
      return randomWhole(BigInt(min ?? 0), BigInt(max ?? 2 ** 31 - 1));
    case 'decimal': {
      const units = (bound: string | null) => bound && BigInt(bound.replace('.', ''));
      return decimalText(randomWhole(units(min) || 0n, units(max) || 10n ** BigInt(type.precision) - 1n), type.scale);
    }
    default:
      return samplesOf(field).values[0] ?? null;
  }
}

function randomWhole(lowest: bigint, highest: bigint): bigint {
  return lowest + (randomBytes(8).readBigUInt64BE() % (highest - lowest + 1n));
}

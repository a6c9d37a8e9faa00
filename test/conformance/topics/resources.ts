import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { columnOf, type Field, type Resource } from '../../../src/model/resource.ts';
import { type Json, samplesOf } from '../../../src/model/samples.ts';
import type { Api } from '../accounts.ts';
import type { Reply } from '../http/reply.ts';
import { expectConflict, expectInvalid, expectProblem } from '../problem.ts';
import { asRead, type Created, Rows, read, type Values } from '../resources.ts';
import { type Row, row, rowWith, type Topic, topic } from '../row.ts';
import { identify } from '../users.ts';

/** The columns that the service sets. */
const SET_BY_SERVICE = ['id', 'created_at', 'updated_at'];
/** How many requests race each other. */
const PARALLEL = 10;

/** What every resource promises, by its description; `all` are the resources of the service. */
export function resource(described: Resource, all: readonly Resource[]): Topic {
  const rows = new Rows(described, all);
  return topic(
    titleOf(described),
    [],
    [
      ...ofRows(rows),
      ...ofList(rows),
      ...ofLimits(rows),
      ...rows.fields.flatMap((field) => ofField(field, rows)),
      ...described.fields.filter(({ owner }) => owner).map((field) => ofOwner(field, rows)),
      ...all.flatMap((other) => other.fields.flatMap((field) => ofReference(field, other, rows))),
    ],
  );
}

/** The title of a resource's topic. */
export function titleOf({ plural }: Resource): string {
  return `/api/v1/${plural}, as described`;
}

function ofRows(rows: Rows): readonly Row[] {
  const { path, resource: described, fields } = rows;
  const optional = fields.filter((field) => field.optional).map(columnOf);
  const required = fields.filter((field) => !field.optional).map(columnOf);
  return [
    row('a row has the values of its body, and those that the service sets', async ({ api }) => {
      await identify(api);
      const body = await rows.body(api);
      const created = await rows.create(api, body);
      const columns = [...described.fields.map(columnOf), ...SET_BY_SERVICE];
      expect(Object.keys(created.row).sort()).toEqual(columns.sort());
      expect(created.row).toMatchObject(valuesIn(body, rows));
      expect(created.row['updated_at']).toBe(created.row['created_at']);
      expect(await shown(created, rows)).toEqual(created.row);
    }),

    ...(optional.length === 0 ? [] : [ofAbsent(optional, rows)]),
    ...(required.length === 0 ? [] : [ofRequired(required, rows)]),

    row('unknown fields, and those that the service sets, are 422', async (context) => {
      const created = await rows.create(context.api);
      const body = await rows.body(created.api);
      const owners = described.fields.filter(({ owner }) => owner).map(columnOf);
      for (const name of ['surprise', ...SET_BY_SERVICE, ...owners]) {
        const posted = await rows.post(created.api, { ...body, [name]: 'x' });
        expectRefused(posted, rows.createPath(created.api), name, 'unknown');
        expectRefused(await rows.patch(created, { [name]: 'x' }), rows.pathOf(created.row), name, 'unknown');
      }
    }),

    row('an empty change leaves a row as it is', async ({ api }) => {
      const created = await rows.create(api);
      const reply = await rows.patch(created, {});
      expect(reply.status, reply.text).toBe(200);
      expect(read(reply)).toEqual(created.row);
      expect(await shown(created, rows)).toEqual(created.row);
    }),

    row('a deleted row is gone', async ({ api }) => {
      const created = await rows.create(api);
      const path = rows.pathOf(created.row);
      expect((await created.api.delete(path)).status).toBe(204);
      const { api: other } = await rows.create(api);
      expectProblem(await other.get(path), 404, path);
    }),

    row('an unknown row is 404, an id that is no UUID 400', async ({ api }) => {
      await identify(api);
      const unknown = `${path}/${randomUUID()}`;
      expectProblem(await api.get(unknown), 404, unknown);
      expectProblem(await api.get(`${path}/1`), 400, `${path}/1`);
    }),

    rowWith(['accounts'], 'is for callers who are signed in', async ({ api }) => {
      const unknown = `${path}/${randomUUID()}`;
      expectProblem(await api.anonymous().get(path), 401, path);
      expectProblem(await api.anonymous().get(unknown), 401, unknown);
      expectProblem(await api.anonymous().patch(unknown, {}), 401, unknown);
      expectProblem(await api.anonymous().delete(unknown), 401, unknown);
    }),
  ];
}

function ofAbsent(optional: readonly string[], rows: Rows): Row {
  return row('what is optional may be absent, and is null then', async ({ api }) => {
    const created = await rows.create(api, {}, 'required');
    for (const name of optional) expect(created.row[name], name).toBeNull();
  });
}

function ofRequired(required: readonly string[], rows: Rows): Row {
  return row('what is required may not be absent', async ({ api }) => {
    await identify(api);
    const body = await rows.body(api);
    for (const name of required) {
      const { [name]: _, ...rest } = body;
      expectRefused(await rows.post(api, rest), rows.createPath(api), name, 'required');
    }
  });
}

function ofList(rows: Rows): readonly Row[] {
  return [
    row('the list has the newest row first, page by page, and counts all', async (context) => {
      const created: Created[] = [];
      for (let n = 0; n < 3; n++) created.unshift(await rows.create(context.api, {}, 'required'));
      const { api } = await rows.create(context.api, {}, 'required');
      const pages: Values[] = [];
      for (const page of [1, 2]) pages.push(read(await api.get(`${rows.path}?page=${page}&per_page=2`)));
      const listed = pages.flatMap(({ data }) => data as readonly Values[]);
      expect(listed).toHaveLength(4);
      // Of other users, a caller does not see everything.
      for (const [index, { row: each }] of created.entries()) expect(each).toMatchObject(listed[index + 1] ?? {});
      const { total } = pages[0] ?? {};
      expect(total).toBeGreaterThanOrEqual(4);
      for (const [index, page] of pages.entries()) expect(page).toMatchObject({ page: index + 1, per_page: 2, total });
    }),

    row('the list continues after a row, without a total', async (context) => {
      const oldest = await rows.create(context.api, {}, 'required');
      await rows.create(context.api, {}, 'required');
      const { api, row: newest } = await rows.create(context.api, {}, 'required');
      const { data: all } = read(await api.get(`${rows.path}?per_page=3`));
      const { data, ...rest } = read(await api.get(`${rows.path}?after=${newest['id']}&per_page=2`));
      expect(data).toEqual((all as readonly Values[]).slice(1));
      expect(data).toMatchObject([{}, { id: oldest.row['id'] }]);
      expect(rest).toEqual({ page: 1, per_page: 2 });
    }),

    row('a page that does not exist is 400', async ({ api }) => {
      await identify(api);
      for (const query of ['page=0', 'per_page=101', 'page=one', 'after=one']) {
        expectProblem(await api.get(`${rows.path}?${query}`), 400, rows.path);
      }
    }),
  ];
}

/** What a service reports about several fields at once: their limits, which it checks when it has read them all. */
function ofLimits(rows: Rows): readonly Row[] {
  const wrong = rows.fields.flatMap((field): readonly (readonly [string, Json])[] => {
    const beyond = samplesOf(field).invalid.find(([code]) => ['too_short', 'too_long', 'out_of_range'].includes(code));
    return beyond === undefined ? [] : [[columnOf(field), beyond[1]]];
  });
  if (wrong.length < 2) return [];
  return [
    row('all values beyond their limits are named at once, in POST and PATCH', async (context) => {
      const created = await rows.create(context.api);
      const [values, names] = [Object.fromEntries(wrong), wrong.map(([name]) => name)];
      const posted = await rows.post(created.api, { ...(await rows.body(created.api)), ...values });
      expectInvalid(posted, rows.createPath(created.api), names);
      expectInvalid(await rows.patch(created, values), rows.pathOf(created.row), names);
    }),
  ];
}

function ofField(field: Field, rows: Rows): readonly Row[] {
  const name = columnOf(field);
  return [
    row(`${name}: every valid value comes back unchanged, from POST, PATCH and GET`, async ({ api }) => {
      await identify(api);
      const values = await rows.valuesOf(field, api);
      await Promise.all(values.map((value) => expectKept(field, value, rows, api)));
    }),

    row(`${name}: an invalid value is 422 with its field and a code, in POST and PATCH`, async (context) => {
      const created = await rows.create(context.api);
      const body = await rows.body(created.api);
      const checks = samplesOf(field).invalid.map(async ([code, value]) => {
        const posted = await rows.post(created.api, { ...body, [name]: value });
        expectRefused(posted, rows.createPath(created.api), name, code);
        expectRefused(await rows.patch(created, { [name]: value }), rows.pathOf(created.row), name, code);
      });
      await Promise.all(checks);
      expect(await shown(created, rows)).toEqual(created.row);
    }),

    row(`${name}: null ${field.optional ? 'clears it' : 'is 422'}`, async ({ api }) => {
      const created = await rows.create(api);
      const reply = await rows.patch(created, { [name]: null });
      if (!field.optional) return expectRefused(reply, rows.pathOf(created.row), name, 'type');
      expect(reply.status, reply.text).toBe(200);
      const cleared = await shown(created, rows);
      expect(read(reply)).toEqual(cleared);
      expect(cleared).toEqual({ ...created.row, [name]: null, updated_at: cleared['updated_at'] });
    }),

    ...(field.unique ? ofUnique(field, rows) : []),
    ...(field.type.kind === 'ref' ? [ofMissing(name, rows)] : []),
  ];
}

/** Expects a value to be kept by a change and by a new row. */
async function expectKept(field: Field, value: Json, rows: Rows, api: Api): Promise<void> {
  const name = columnOf(field);
  const about = `${name}: ${String(value).slice(0, 60)}`;
  const changed = await rows.create(api);
  const reply = await rows.patch(changed, { [name]: value });
  expect(reply.status, `${about}: ${reply.text}`).toBe(200);
  const after = await shown(changed, rows);
  expect(read(reply)).toEqual(after);
  expect(after, about).toEqual({ ...changed.row, [name]: asRead(value), updated_at: after['updated_at'] });

  // The value may be free again only without the row.
  if (field.unique) expect((await changed.api.delete(rows.pathOf(changed.row))).status).toBe(204);
  const created = await rows.create(api, { [name]: value });
  expect(created.row[name], about).toEqual(asRead(value));
  if (field.unique) expect((await created.api.delete(rows.pathOf(created.row))).status).toBe(204);
}

function ofUnique(field: Field, rows: Rows): readonly Row[] {
  const name = columnOf(field);
  const nulls = row(`${name}: several rows may have none`, async ({ api }) => {
    for (let n = 0; n < 2; n++) expect((await rows.create(api, { [name]: null })).row[name]).toBeNull();
  });
  return [
    row(`${name}: a value that is taken is 409, in POST and PATCH`, async (context) => {
      const first = await rows.create(context.api);
      const second = await rows.create(context.api);
      const taken = { [name]: first.row[name] ?? null };
      const posted = await rows.post(second.api, { ...(await rows.body(second.api)), ...taken });
      expectConflict(posted, rows.createPath(second.api), name, 'taken');
      expectConflict(await rows.patch(second, taken), rows.pathOf(second.row), name, 'taken');
      expect((await rows.patch(first, taken)).status).toBe(200);
    }),

    row(`${name}: of many requests with the same value exactly one is 201, the rest 409`, async ({ api }) => {
      await identify(api);
      const same = { [name]: await rows.value(field, api) };
      const bodies = await Promise.all(Array.from({ length: PARALLEL }, () => rows.body(api)));
      const replies = await Promise.all(bodies.map((body) => rows.post(api, { ...body, ...same })));
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const reply of replies.filter(({ status }) => status !== 201)) {
        expectConflict(reply, rows.createPath(api), name, 'taken');
      }
    }),

    ...(field.optional ? [nulls] : []),
  ];
}

function ofMissing(name: string, rows: Rows): Row {
  return row(`${name}: a row that does not exist is 422, in POST and PATCH`, async (context) => {
    const created = await rows.create(context.api);
    const missing = { [name]: randomUUID() };
    const posted = await rows.post(created.api, { ...(await rows.body(created.api)), ...missing });
    expectRefused(posted, rows.createPath(created.api), name, 'not_found');
    expectRefused(await rows.patch(created, missing), rows.pathOf(created.row), name, 'not_found');
  });
}

function ofOwner(field: Field, rows: Rows): Row {
  const name = columnOf(field);
  return row(`${name} is the caller, who alone changes and deletes the row`, async (context) => {
    const users = rows.rowsOf('user');
    const { row: user, api } = await users.create(context.api);
    const created = await rows.create(api);
    expect(created.row[name]).toBe(user['id']);
    const { api: other } = await users.create(context.api);
    const path = rows.pathOf(created.row);
    expect(read(await other.get(path))).toEqual(created.row);
    expectProblem(await rows.patch({ row: created.row, api: other }, {}), 403, path);
    expectProblem(await other.delete(path), 403, path);
    expect((await api.delete(path)).status).toBe(204);
  });
}

/** What happens to the rows of `from` when a row that their field refers to is deleted. */
function ofReference(field: Field, from: Resource, rows: Rows): readonly Row[] {
  const { type, cascade, owner } = field;
  if (type.kind !== 'ref' || type.resource !== rows.resource.singular) return [];
  const title = `a row that ${columnOf(field)} of ${from.plural} refers to`;
  return [
    row(`${title} ${cascade ? 'is deleted with them' : 'cannot be deleted'}`, async (context) => {
      const referred = await rows.create(context.api);
      const path = rows.pathOf(referred.row);
      const referring = rows.rowsOf(from.singular);
      const reference = owner ? {} : { [columnOf(field)]: referred.row['id'] ?? null };
      const created = await referring.create(referred.api, reference);
      const reply = await referred.api.delete(path);
      if (!cascade) {
        expectConflict(reply, path, 'id', 'referenced');
        expect((await referred.api.get(path)).status).toBe(200);
        return;
      }
      expect(reply.status, reply.text).toBe(204);
      const { api } = await rows.create(context.api);
      expectProblem(await api.get(referring.pathOf(created.row)), 404, referring.pathOf(created.row));
    }),
  ];
}

/** The row as GET returns it. */
async function shown({ row: { id }, api }: Created, { path }: Rows): Promise<Values> {
  const reply = await api.get(`${path}/${id}`);
  expect(reply.status, reply.text).toBe(200);
  return read(reply);
}

/** The values of a body that are in the row, too. */
function valuesIn(body: Values, { fields }: Rows): Values {
  return Object.fromEntries(fields.map(columnOf).map((column) => [column, asRead(body[column] ?? null)]));
}

function expectRefused(reply: Reply, path: string, field: string, code: string): void {
  expect(expectProblem(reply, 422, path).errors).toMatchObject([{ field, code }]);
}

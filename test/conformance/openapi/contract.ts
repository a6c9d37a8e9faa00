/** What the document of a service must say, for each choice of its options. */
import { MAX_TEXT_LENGTH } from '../../../src/model/field-bounds.ts';
import { columnOf, type Field, type Resource } from '../../../src/model/resource.ts';
import { samplesOf } from '../../../src/model/samples.ts';
import type { Context } from '../row.ts';
import { resourcesOf } from '../target.ts';
import { type Json, type Operation, orNull, type Response, requiredOf } from './document.ts';

/** The choices of a service. */
type Choices = Pick<Context, 'has' | 'resources'>;
type Has = Context['has'];

const JSON_TYPE = 'application/json';
const ID = 'path id*: uuid';

const STRING = { type: 'string' };
const integer = (minimum: number, maximum?: number): Json => ({
  type: 'integer',
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
});
const oneOf = (...values: readonly string[]): Json => ({ type: 'string', enum: values });
const object = (required: Json, optional: Json = {}): Json => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: requiredOf(required, Object.keys(required)),
});
const json = (schema: Json, headers: Response['headers'] = {}): Response => ({ type: JSON_TYPE, schema, headers });
const empty = (headers: Response['headers'] = {}): Response => ({ headers });

const UUID = { type: 'string', format: 'uuid' };
const TIME = { type: 'string', format: 'date-time' };
const STATUS = oneOf('ok', 'degraded', 'unavailable');
const READINESS = json(object({ status: STATUS, checks: { type: 'object', additionalProperties: STATUS } }));
const TOKEN = object({ access_token: STRING, token_type: STRING, expires_in: integer(1) });
const FIELD_ERRORS = { type: 'array', items: object({ field: STRING, code: STRING, message: STRING }) };

/** The operations of the contract, as `GET /health`, that a service with these choices has. */
export function expectedOperations({ has, resources }: Choices): Readonly<Record<string, Operation>> {
  const service = (responses: Operation['responses']) => ({ parameters: [], body: 'none', security: [], responses });
  const all = resourcesOf({ resources }).map((resource) => operationsOn(resource, has));
  return {
    ...Object.assign({}, ...all),
    ...(has('auth:none') ? {} : accountOperations(has)),
    'GET /health': service({ 200: json(object({ status: oneOf('ok'), version: STRING })) }),
    'GET /ready': service({ 200: READINESS, 503: READINESS }),
  };
}

/** The operations on a resource. Only users differ, and only with accounts: they register, and see little of each other. */
function operationsOn(resource: Resource, has: Has): Readonly<Record<string, Operation>> {
  const isAccount = resource.singular === 'user' && !has('auth:none');
  const path = `/api/v1/${resource.plural}`;
  const row = rowOf(resource);
  const shown = isAccount ? rowOf(resource, ['email']) : row;
  const caller = has('auth:none') ? [] : [401];
  const owner = isAccount || resource.fields.some((field) => field.owner) ? [...caller, 403] : caller;
  const create: Operation = operation(has, {
    fields: fieldsOf(resource, ({ optional }) => !optional),
    isSecured: true,
    success: { 201: json(row, { location: STRING }) },
    errors: [...BODY, ...caller],
  });
  return {
    ...(isAccount ? {} : { [`POST ${path}`]: create }),
    [`GET ${path}`]: operation(has, {
      parameters: ['query page: integer 1..4294967295 = 1', 'query per_page: integer 1..100 = 20', 'query after: uuid'],
      isSecured: true,
      success: { 200: json(listOf(shown)) },
      errors: [400, ...caller],
    }),
    [`GET ${path}/{id}`]: operation(has, {
      parameters: [ID],
      isSecured: true,
      success: { 200: json(shown) },
      errors: [400, 404, ...caller],
    }),
    [`PATCH ${path}/{id}`]: operation(has, {
      parameters: [ID],
      fields: fieldsOf(resource, () => false),
      isSecured: true,
      success: { 200: json(row) },
      errors: [...BODY, 404, ...owner],
    }),
    [`DELETE ${path}/{id}`]: operation(has, {
      parameters: [ID],
      isSecured: true,
      success: { 204: empty() },
      errors: [400, 404, 409, ...owner],
    }),
  };
}

function accountOperations(has: Has): Readonly<Record<string, Operation>> {
  const [user] = resourcesOf({ resources: [] }).map((resource) => rowOf(resource));
  const logout = operation(has, {
    isSecured: true,
    success: { 204: empty({ 'set-cookie': STRING }) },
    errors: [401, 403],
  });
  return {
    'POST /api/v1/auth/register': operation(has, {
      fields: 'email* name* password*',
      success: { 201: json(user ?? {}, { location: STRING }) },
      errors: BODY,
    }),
    'POST /api/v1/auth/login': operation(has, {
      fields: 'email* password*',
      success: has('auth:jwt') ? { 200: json(TOKEN) } : { 204: empty({ 'set-cookie': STRING }) },
      errors: [400, 401, 413, 415, 422, 429],
    }),
    'GET /api/v1/auth/me': operation(has, { isSecured: true, success: { 200: json(user ?? {}) }, errors: [401] }),
    ...(has('auth:session') ? { 'POST /api/v1/auth/logout': logout } : {}),
  };
}

/** The errors of a body that is stored. */
const BODY = [400, 413, 415, 422, 409];

function operation(
  has: Has,
  given: {
    readonly parameters?: readonly string[];
    readonly fields?: string;
    readonly isSecured?: boolean;
    readonly success: Operation['responses'];
    readonly errors: readonly number[];
  },
): Operation {
  return {
    parameters: given.parameters ?? [],
    body: given.fields === undefined ? 'none' : `${JSON_TYPE}*: ${given.fields}, no others`,
    security: given.isSecured === true ? credentials(has) : [],
    responses: { ...given.success, ...errorsOf(has, given.errors) },
  };
}

/** The fields of a body in order, with a mark on those that are required. */
function fieldsOf({ fields }: Resource, isRequired: (field: Field) => boolean): string {
  const settable = fields.filter(({ owner }) => !owner);
  return settable
    .map((field) => `${columnOf(field)}${isRequired(field) ? '*' : ''}`)
    .sort()
    .join(' ');
}

/** A row of a resource, of which these columns may be missing. */
function rowOf({ fields }: Resource, hidden: readonly string[] = []): Json {
  const columns = fields.map((field) => [columnOf(field), shownAs(field)] as const);
  const isShown = ([name]: readonly [string, Json]) => !hidden.includes(name);
  return object(
    { id: UUID, ...Object.fromEntries(columns.filter(isShown)), created_at: TIME, updated_at: TIME },
    Object.fromEntries(columns.filter((column) => !isShown(column))),
  );
}

/** What a field is in a response. */
function shownAs(field: Field): Json {
  return field.optional ? orNull(typeOf(field)) : typeOf(field);
}

/** What a value of a field is in JSON. */
export function typeOf({ type, min, max }: Field): Json {
  const bounds = {
    ...(min === null ? {} : { minimum: Number(min) }),
    ...(max === null ? {} : { maximum: Number(max) }),
  };
  switch (type.kind) {
    case 'string':
      return { type: 'string', minLength: Number(min ?? 1), maxLength: type.length };
    case 'text':
      return { type: 'string', minLength: Number(min ?? 0), maxLength: Number(max ?? MAX_TEXT_LENGTH) };
    case 'email':
      return { type: 'string', maxLength: 254 };
    case 'bool':
      return { type: 'boolean' };
    case 'i32':
    case 'i64':
      return { type: 'integer', ...bounds };
    case 'f64':
      return { type: 'number', format: 'double', ...bounds };
    case 'decimal':
      return STRING;
    case 'date':
      return { type: 'string', format: 'date' };
    case 'timestamp':
      return TIME;
    case 'json':
      return {};
    case 'enum':
      return oneOf(...type.values);
    default:
      return UUID;
  }
}

function credentials(has: Has): readonly string[] {
  if (has('auth:none')) return [];
  return has('auth:jwt') ? ['http bearer'] : ['cookie __Host-session'];
}

/** The responses with these statuses, and with those of every operation. */
function errorsOf(has: Has, statuses: readonly number[]): Operation['responses'] {
  const all = [...statuses, ...(has('rate-limit') ? [429] : []), 500, 503];
  return Object.fromEntries(all.map((status) => [status, problemOf(has, status)]));
}

function problemOf(has: Has, status: number): Response {
  const isAboutFields = status === 409 || status === 422;
  const always = {
    type: STRING,
    title: STRING,
    status: integer(400, 599),
    instance: STRING,
    ...(has('request-id') ? { request_id: STRING } : {}),
    ...(isAboutFields ? { errors: FIELD_ERRORS } : {}),
  };
  const sometimes = { detail: STRING, ...(isAboutFields ? {} : { errors: FIELD_ERRORS }) };
  const headers = { 401: { 'www-authenticate': STRING }, 429: { 'retry-after': integer(0) } }[status] ?? {};
  return { type: 'application/problem+json', schema: object(always, sometimes), headers };
}

/** A page of a list. */
function listOf(items: Json): Json {
  const data = { type: 'array', items, maxItems: 100 };
  return object({ data, page: integer(1), per_page: integer(1, 100) }, { total: integer(0) });
}

/** Bodies that an operation accepts or rejects, apart from unique email addresses. */
export interface Limits {
  readonly operation: string;
  readonly accepted: readonly unknown[];
  readonly rejected: readonly unknown[];
}

const EMAIL = 'ada@example.org';
/** An address of this many characters. */
const email = (length: number) =>
  `ada@${`${'a'.repeat(62)}.`.repeat(5)}`.slice(0, length - '.org'.length).concat('.org');
const NAMES = {
  accepted: ['A', 'Ada Lovelace', ' Ada\t', 'a'.repeat(100)],
  rejected: ['', ' ', '\u0007', 'a'.repeat(101), null, 1],
};

/** The limits of the bodies that a service with these choices has. */
export function expectedLimits({ has, resources }: Choices): readonly Limits[] {
  return [...limitsOfUsers(has), ...resources.flatMap(limitsOf)];
}

/** What a schema says about the fields of a resource: their types, and limits other than those of decimal numbers. */
function limitsOf({ plural, fields }: Resource): readonly Limits[] {
  const settable = fields.filter(({ owner }) => !owner);
  const valid = (field: Field): readonly unknown[] => {
    const { values, edges } = samplesOf(field);
    return field.type.kind === 'ref' ? [SOME_ID] : [...values, ...edges];
  };
  const invalid = (field: Field): readonly unknown[] => {
    const { type, optional } = field;
    const codes = ['type', ...(type.kind === 'decimal' ? [] : ['too_long', 'out_of_range'])];
    const values = samplesOf(field).invalid.filter(([code]) => codes.includes(code));
    return [...values.map(([, value]) => value), ...(optional || type.kind === 'json' ? [] : [null])];
  };
  const changes = (of: typeof valid) =>
    settable.flatMap((field) => of(field).map((value) => ({ [columnOf(field)]: asNumber(value) })));
  const full = Object.fromEntries(settable.map((field) => [columnOf(field), asNumber(valid(field)[0])]));
  const without = (column: string) => ({ ...full, [column]: undefined });
  const [required, optional] = [false, true].map((is) =>
    settable.filter((field) => field.optional === is).map((field) => without(columnOf(field))),
  );
  return [
    {
      operation: `POST /api/v1/${plural}`,
      accepted: [full, ...(optional ?? []), ...changes(valid).map((change) => ({ ...full, ...change }))],
      rejected: [
        ...[[full], { ...full, surprise: 1 }, ...(required ?? [])],
        ...changes(invalid).map((change) => ({ ...full, ...change })),
      ],
    },
    {
      operation: `PATCH /api/v1/${plural}/{id}`,
      accepted: [{}, ...changes(valid)],
      rejected: [{ surprise: 1 }, ...changes(invalid)],
    },
  ];
}

const SOME_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** Validators know no bigints. */
const asNumber = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

function limitsOfUsers(has: Has): readonly Limits[] {
  const password = has('auth:none') ? {} : { password: 'correct horse' };
  const user = { name: 'Ada', email: EMAIL, ...password };
  const withName = (name: unknown) => ({ ...user, name });
  const limits = [
    {
      operation: has('auth:none') ? 'POST /api/v1/users' : 'POST /api/v1/auth/register',
      accepted: [user, { ...user, email: email(254) }, ...NAMES.accepted.map(withName)],
      rejected: [
        ...['Ada', [user], {}, { ...user, admin: true }, { ...user, email: email(255) }, { ...user, email: null }],
        ...NAMES.rejected.map(withName),
        ...Object.keys(user).map((field) => ({ ...user, [field]: undefined })),
      ],
    },
    {
      operation: 'PATCH /api/v1/users/{id}',
      accepted: [{}, { email: EMAIL }, ...NAMES.accepted.map((name) => ({ name }))],
      rejected: [{ admin: true }, { email: null }, { email: email(255) }, ...NAMES.rejected.map((name) => ({ name }))],
    },
  ];
  if (has('auth:none')) return limits;
  const withPassword = (text: string) => ({ ...user, password: text });
  return [
    ...limits,
    {
      operation: 'POST /api/v1/auth/register',
      accepted: [12, 128].map((length) => withPassword('a'.repeat(length))),
      rejected: [
        ...[11, 129].map((length) => withPassword('a'.repeat(length))),
        withPassword(`${'a'.repeat(12)}\u0007`),
      ],
    },
    {
      operation: 'POST /api/v1/auth/login',
      accepted: [{ email: EMAIL, password: 'a' }],
      rejected: [{ email: EMAIL }, { password: 'a' }, { email: EMAIL, password: 'a', admin: true }],
    },
  ];
}

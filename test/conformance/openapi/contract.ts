/** What the document of a service must say, for each choice of its options. */
import type { Context } from '../row.ts';
import type { Json, Operation, Response } from './document.ts';

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
  required: Object.keys(required).sort(),
});
const json = (schema: Json, headers: Response['headers'] = {}): Response => ({ type: JSON_TYPE, schema, headers });
const empty = (headers: Response['headers'] = {}): Response => ({ headers });

const TIME = { type: 'string', format: 'date-time' };
const EMAIL_SHOWN = { email: { type: 'string', maxLength: 254 } };
const SHOWN_TO_ALL = {
  id: { type: 'string', format: 'uuid' },
  name: { type: 'string', minLength: 1, maxLength: 100 },
  created_at: TIME,
  updated_at: TIME,
};
const USER = object({ ...SHOWN_TO_ALL, ...EMAIL_SHOWN });
const PROFILE = object(SHOWN_TO_ALL, EMAIL_SHOWN);
const STATUS = oneOf('ok', 'degraded', 'unavailable');
const READINESS = json(object({ status: STATUS, checks: { type: 'object', additionalProperties: STATUS } }));
const TOKEN = object({ access_token: STRING, token_type: STRING, expires_in: integer(1) });
const FIELD_ERRORS = { type: 'array', items: object({ field: STRING, code: STRING, message: STRING }) };

/** The operations of the contract, as `GET /health`, that a service with these choices has. */
export function expectedOperations(has: Has): Readonly<Record<string, Operation>> {
  const caller = has('auth:none') ? [] : [401];
  const owner = has('auth:none') ? [] : [401, 403];
  const shown = has('auth:none') ? USER : PROFILE;
  const account = { body: [400, 413, 415, 422, 409] };
  const service = (responses: Operation['responses']) => ({ parameters: [], body: 'none', security: [], responses });

  const operation = (given: {
    readonly parameters?: readonly string[];
    readonly fields?: string;
    readonly isSecured?: boolean;
    readonly success: Operation['responses'];
    readonly errors: readonly number[];
  }): Operation => ({
    parameters: given.parameters ?? [],
    body: given.fields === undefined ? 'none' : `${JSON_TYPE}*: ${given.fields}, no others`,
    security: given.isSecured === true ? credentials(has) : [],
    responses: { ...given.success, ...errorsOf(has, given.errors) },
  });

  const users: Record<string, Operation> = {
    'GET /api/v1/users': operation({
      parameters: ['query page: integer 1..4294967295 = 1', 'query per_page: integer 1..100 = 20'],
      isSecured: true,
      success: { 200: json(listOf(shown)) },
      errors: [400, ...caller],
    }),
    'GET /api/v1/users/{id}': operation({
      parameters: [ID],
      isSecured: true,
      success: { 200: json(shown) },
      errors: [400, 404, ...caller],
    }),
    'PATCH /api/v1/users/{id}': operation({
      parameters: [ID],
      fields: 'email name',
      isSecured: true,
      success: { 200: json(USER) },
      errors: [...account.body, 404, ...owner],
    }),
    'DELETE /api/v1/users/{id}': operation({
      parameters: [ID],
      isSecured: true,
      success: { 204: empty() },
      errors: [400, 404, 409, ...owner],
    }),
    'GET /health': service({ 200: json(object({ status: oneOf('ok'), version: STRING })) }),
    'GET /ready': service({ 200: READINESS, 503: READINESS }),
  };
  if (has('auth:none')) {
    users['POST /api/v1/users'] = operation({
      fields: 'email* name*',
      success: { 201: json(USER, { location: STRING }) },
      errors: account.body,
    });
    return users;
  }

  users['POST /api/v1/auth/register'] = operation({
    fields: 'email* name* password*',
    success: { 201: json(USER, { location: STRING }) },
    errors: account.body,
  });
  users['POST /api/v1/auth/login'] = operation({
    fields: 'email* password*',
    success: has('auth:jwt') ? { 200: json(TOKEN) } : { 204: empty({ 'set-cookie': STRING }) },
    errors: [400, 401, 413, 415, 422, 429],
  });
  users['GET /api/v1/auth/me'] = operation({ isSecured: true, success: { 200: json(USER) }, errors: [401] });
  if (has('auth:session')) {
    users['POST /api/v1/auth/logout'] = operation({
      isSecured: true,
      success: { 204: empty({ 'set-cookie': STRING }) },
      errors: [401, 403],
    });
  }
  return users;
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
  return object({ data, page: integer(1), per_page: integer(1, 100), total: integer(0) });
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
export function expectedLimits(has: Has): readonly Limits[] {
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

import { expect } from 'vitest';
import type { Reply } from './http/reply.ts';

/** One entry of a problem's `errors`. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** RFC 9457, as the contract narrows it. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance: string;
  readonly request_id?: string;
  readonly errors?: readonly FieldError[];
}

/** RFC 9110's reason phrases, and for 413 and 422 those of RFC 7231 and 4918, which libraries still use. */
const TITLES: Readonly<Record<number, readonly string[]>> = {
  400: ['Bad Request'],
  401: ['Unauthorized'],
  403: ['Forbidden'],
  404: ['Not Found'],
  405: ['Method Not Allowed'],
  409: ['Conflict'],
  413: ['Content Too Large', 'Payload Too Large'],
  415: ['Unsupported Media Type'],
  422: ['Unprocessable Content', 'Unprocessable Entity'],
  429: ['Too Many Requests'],
  500: ['Internal Server Error'],
  503: ['Service Unavailable'],
};

const MEMBERS = ['type', 'title', 'status', 'detail', 'instance', 'request_id', 'errors'];

/** Text that reveals a library, a query, a source file or a parser's state. */
const INTERNALS = [
  /\b(serde|sqlx|sea.?orm|diesel|axum|actix|poem|loco|hyper|tower|tokio|rustc?|panicked|unwrap|backtrace)\b/i,
  /\b(sqlite|postgres|postgresql|mysql|mariadb|redis|constraint|select|insert into|table|pool)\b/i,
  /\.rs\b|\bsrc\/|at line \d+ column|os error|deserialize|invalid type|\bstruct\b|\bu(8|16|32|64)\b|\bi64\b/i,
];

/** Expects a problem of this status with every member right, and returns it. */
export function expectProblem(reply: Reply, status: number, path: string): Problem {
  expect(reply.status, reply.text).toBe(status);
  expect(reply.header('content-type')).toMatch(/^application\/problem\+json(;\s*charset=utf-8)?$/i);
  const problem = reply.json<Problem>();
  expect(
    Object.keys(problem).filter((member) => !MEMBERS.includes(member)),
    'members beyond the contract',
  ).toEqual([]);
  expect(problem).toMatchObject({ type: 'about:blank', status, instance: path });
  expect(TITLES[status], `status ${status} is not in the contract`).toContain(problem.title);
  if ('detail' in problem) expect(problem.detail).toMatch(/\S/);
  // Another row tests that there is an id; if there is one, the body has the same.
  expect(problem.request_id).toBe(reply.header('x-request-id'));
  if ('errors' in problem) expectFieldErrors(problem.errors);
  else expect(problem.errors).toBeUndefined();
  expectNoInternals(problem);
  return problem;
}

/** Expects a 422 that names exactly these fields, each once. */
export function expectInvalid(reply: Reply, path: string, fields: readonly string[]): Problem {
  const problem = expectProblem(reply, 422, path);
  expect(problem.errors?.map(({ field }) => field).sort()).toEqual([...fields].sort());
  return problem;
}

/**
 * Expects a 422 for a body of the wrong shape. It names at least one of these fields, none twice, and no other: a
 * parser that stops at the first of them is enough.
 */
export function expectWrongShape(reply: Reply, path: string, fields: readonly string[]): void {
  const named = expectProblem(reply, 422, path).errors?.map(({ field }) => field) ?? [];
  expect(named).not.toEqual([]);
  expect(named).toEqual([...new Set(named)]);
  expect(fields).toEqual(expect.arrayContaining(named));
}

/** Expects a 409 that names this field and the reason: its value is taken, or other rows refer to the row. */
export function expectConflict(reply: Reply, path: string, field: string, code: 'taken' | 'referenced'): Problem {
  const problem = expectProblem(reply, 409, path);
  expect(problem.errors).toMatchObject([{ field, code }]);
  return problem;
}

function expectFieldErrors(errors: unknown): void {
  expect(errors).toBeInstanceOf(Array);
  for (const error of errors as FieldError[]) {
    expect(Object.keys(error).sort()).toEqual(['code', 'field', 'message']);
    expect(error.field).toMatch(/\S/);
    expect(error.code).toMatch(/^[a-z][a-z0-9_-]*$/);
    expect(error.message).toMatch(/\S/);
  }
}

/** Checks only the service's own words: the instance and the names of fields come from the client. */
function expectNoInternals({ title, detail = '', errors = [] }: Problem): void {
  for (const text of [title, detail, ...errors.map(({ message }) => message)]) {
    for (const internal of INTERNALS) expect(text).not.toMatch(internal);
  }
}

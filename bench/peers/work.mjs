// The work that every service does: one description, from which the load and the check of the responses are made.

/** Rows in the table before the first request. */
export const ROWS = 1000;

const PER_PAGE = 20;
const USERS = '/api/v1/users';
// Of version 7, and ordered as the rows are.
const ID = '01900000-0000-7000-8000-%012d';

/**
 * What is requested, in the order of measurement. `%d` in a path or a body stands for the number of the request, which
 * starts again after `cycle` requests; `rate` is the requests per second at which latency is measured, below what the
 * slowest service takes. Work that `addsRows` comes last, so that every service lists and counts the same rows.
 */
export const WORKS = [
  { id: 'health', label: 'small JSON', method: 'GET', path: '/health', status: 200, rate: 1000 },
  {
    id: 'invalid',
    label: 'invalid body',
    method: 'POST',
    path: USERS,
    body: '{"name":"","email":"user-%d@example.com"}',
    status: 422,
    rate: 1000,
  },
  {
    id: 'row',
    label: 'one row by key',
    method: 'GET',
    path: `${USERS}/${ID}`,
    cycle: ROWS,
    status: 200,
    rate: 1000,
  },
  {
    id: 'page',
    label: `page of ${PER_PAGE} rows`,
    method: 'GET',
    path: `${USERS}?page=1&per_page=${PER_PAGE}`,
    status: 200,
    rate: 500,
  },
  {
    id: 'insert',
    label: 'insert',
    method: 'POST',
    path: USERS,
    body: '{"name":"Grace Hopper","email":"grace-%d@example.com"}',
    status: 201,
    rate: 1000,
    addsRows: true,
  },
];

/** The number-th request of a work. */
export function requestOf({ method, path, body, cycle }, number) {
  const value = cycle === undefined ? number : number % cycle;
  return { method, path: formatted(path, value), ...(body && { body: formatted(body, value) }) };
}

function formatted(text, value) {
  return text.replace('%012d', String(value).padStart(12, '0')).replace('%d', String(value));
}

/** SQL that fills the table. */
export const SEED = `
INSERT INTO users (id, name, email, created_at, updated_at)
SELECT
  ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
  'User ' || n,
  'user-' || n || '@example.org',
  timestamptz '2026-01-01T00:00:00Z' + n * interval '1 second',
  timestamptz '2026-01-01T00:00:00Z' + n * interval '1 second'
FROM generate_series(0, ${ROWS - 1}) AS n;
ANALYZE users;`;

const firstMoment = Date.parse('2026-01-01T00:00:00Z');

/** The number-th row; times in milliseconds, since services write them with more or fewer digits. */
export function rowOf(number) {
  const moment = firstMoment + number * 1000;
  return {
    id: formatted(ID, number),
    name: `User ${number}`,
    email: `user-${number}@example.org`,
    created_at: moment,
    updated_at: moment,
  };
}

/** The first page of the list: the newest rows. */
export function firstPage() {
  const data = Array.from({ length: PER_PAGE }, (_, index) => rowOf(ROWS - 1 - index));
  return { data, page: 1, per_page: PER_PAGE, total: ROWS };
}

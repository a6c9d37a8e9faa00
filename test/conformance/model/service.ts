/**
 * A minimal service in Node that fulfils the contract, with its resources in memory. The conformance suite is tested
 * against it: FAULT makes it break one promise. Not an example of how to write a service.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { columnOf } from '../../../src/model/resource.ts';
import { parseJson } from '../http/exact-json.ts';
import * as accounts from './accounts.ts';
import { clientOf } from './client.ts';
import { watchConnections } from './connections.ts';
import { Failure } from './failure.ts';
import { has } from './faults.ts';
import { UUID } from './fields.ts';
import * as metrics from './metrics.ts';
import { describeRoutes, PAGE } from './openapi.ts';
import { announcesJson, checkProtocol, refuseTunnel, respondToUnparsed, targetOf } from './protocol.ts';
import { RateLimit } from './rate-limit.ts';
import { askRedis } from './redis.ts';
import { type Answer, problem, requestIdOf, respond } from './response.ts';
import { idOfOwner, type Row, type Table, tables, users } from './tables.ts';

type Handler = (request: IncomingMessage, url: { id: string; query: URLSearchParams }) => Promise<Answer> | Answer;

const VERSION = '0.1.0';
const PAGE_POLICY = "default-src 'none'; script-src 'self'; frame-ancestors 'none'";
/** Whether sessions are stored in Redis; otherwise the model works without it. */
const WITHOUT_REDIS = process.env['MODEL_AUTH'] === 'session' || has('needs-the-cache') ? 'unavailable' : 'degraded';
/** A body with a larger Content-Length is not read to its end. */
const LIMIT_OF_PATIENCE = 100_000_000;
const hasAccounts = process.env['MODEL_AUTH'] !== 'none';
let isStopping = false;

type Routes = readonly (readonly [RegExp, Record<string, Handler>])[];

const ROUTES: Routes = [
  [/^\/health$/, { GET: () => ({ status: 200, body: { status: 'ok', version: VERSION } }) }],
  [
    /^\/ready$/,
    {
      async GET() {
        const checks = await check();
        const areOk = Object.values(checks).every((state) => state === 'ok');
        const status = isStopping && !has('stays-ready') ? 'unavailable' : areOk ? 'ok' : WITHOUT_REDIS;
        return { status: status === 'unavailable' ? 503 : 200, body: { status, checks } };
      },
    },
  ],
  ...(has('shows-metrics-to-all') ? [[/^\/metrics$/, { GET: () => ({ status: 200 }) }] as const] : []),
  ...(hasAccounts ? accountedUsers() : []),
  ...tables.filter((table) => table !== users || !hasAccounts).flatMap(routesOf),
  [/^\/openapi\.json$/, { GET: () => ({ status: 200, body: describeRoutes() }) }],
  [/^\/docs\/$/, { GET: () => ({ status: 308, headers: { location: '../docs' } }) }],
  [
    /^\/docs$/,
    {
      GET: () => ({
        status: 200,
        headers: { 'content-type': 'text/html', 'content-security-policy': PAGE_POLICY },
        body: PAGE,
      }),
    },
  ],
];

/** The status of the service's dependencies. */
async function check(): Promise<Readonly<Record<string, string>>> {
  if (process.env['REDIS_URL'] === undefined) return {};
  return askRedis(...(has('writes-to-check-redis') ? ['SET', 'check', ''] : ['PING'])).then(
    () => ({ redis: 'ok' }),
    () => ({ redis: 'unavailable' }),
  );
}

/** The routes of a resource, for everyone who is signed in if the model has accounts. */
function routesOf(table: Table): Routes {
  const path = `^/api/v1/${table.resource.plural}`;
  return [
    [
      new RegExp(`${path}$`),
      {
        async GET(request, { query }) {
          await callerOf(request);
          return { status: 200, body: table.list(query) };
        },
        async POST(request) {
          const who = await callerOf(request);
          return created(table, await table.insert(await readJson(request), who));
        },
      },
    ],
    [
      new RegExp(`${path}/(?<id>[^/]+)$`),
      {
        async GET(request, { id }) {
          await callerOf(request);
          return { status: 200, body: table.find(id) };
        },
        async PATCH(request, { id }) {
          const who = await callerOf(request);
          const body = await readJson(request);
          expectOwner(who, table, id);
          return { status: 200, body: table.update(id, body) };
        },
        async DELETE(request, { id }) {
          expectOwner(await callerOf(request), table, id);
          table.remove(id);
          return { status: 204 };
        },
      },
    ],
  ];
}

/** Rejects a caller who does not own the row, if its resource has owners. */
function expectOwner(who: string, table: Table, id: string): void {
  const owner = table.resource.fields.find((field) => field.owner);
  if (owner !== undefined) accounts.expectOwner(who, String(table.find(id)[columnOf(owner)]));
}

/** The id of the caller; empty without accounts. */
async function callerOf(request: IncomingMessage): Promise<string> {
  if (!hasAccounts || (has('lets-anybody-read') && request.method === 'GET')) return '';
  return accounts.callerOf(request, settings);
}

/** Users with accounts. */
function accountedUsers(): Routes {
  const isOfTokens = process.env['MODEL_AUTH'] === 'jwt';
  const login: Handler = async (request) => {
    const user = accounts.signIn(await readJson(request), clientOf(request, proxies), settings);
    if (isOfTokens) return { status: 200, body: accounts.issueToken(user, settings) };
    return { status: 204, headers: { 'set-cookie': await accounts.openSession(user, request, settings) } };
  };
  const logout: Handler = async (request) => {
    await accounts.callerOf(request, settings);
    return { status: 204, headers: { 'set-cookie': await accounts.closeSession(request, settings) } };
  };
  const me: Handler = async (request) => {
    const id = await accounts.callerOf(request, settings);
    if (idOfOwner(id) === undefined) {
      throw new Failure(401, {}, { 'www-authenticate': 'Bearer error="invalid_token"' });
    }
    return { status: 200, body: users.find(id) };
  };
  return [
    [
      /^\/api\/v1\/auth\/register$/,
      { POST: async (request) => created(users, await accounts.register(await readJson(request))) },
    ],
    [/^\/api\/v1\/auth\/login$/, { POST: login }],
    ...(isOfTokens ? [] : [[/^\/api\/v1\/auth\/logout$/, { POST: logout }] as const]),
    [/^\/api\/v1\/auth\/me$/, { GET: me }],
    [
      /^\/api\/v1\/users$/,
      {
        async GET(request, { query }) {
          if (has('checks-queries-first')) users.list(query);
          const who = await callerOf(request);
          const page = users.list(query);
          return { status: 200, body: { ...page, data: page.data.map((user) => accounts.shownTo(who, user)) } };
        },
      },
    ],
    [
      /^\/api\/v1\/users\/(?<id>[^/]+)$/,
      {
        async GET(request, { id }) {
          const who = await callerOf(request);
          return { status: 200, body: accounts.shownTo(who, users.find(id)) };
        },
        async PATCH(request, { id }) {
          const who = await callerOf(request);
          const body = await readJson(request);
          accounts.expectOwner(who, id);
          return { status: 200, body: users.update(id, body) };
        },
        async DELETE(request, { id }) {
          accounts.expectOwner(await callerOf(request), id);
          users.remove(id);
          return { status: 204 };
        },
      },
    ],
  ];
}

function created({ resource }: Table, row: Pick<Row, 'id'>): Answer {
  const location = has('omits-location') ? {} : { location: `/api/v1/${resource.plural}/${row.id}` };
  return { status: has('answers-200-to-post') ? 200 : 201, headers: location, body: row };
}

async function handle(request: IncomingMessage, path: string, search: string): Promise<Answer> {
  checkProtocol(request);
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
  const isPreflight = request.headers.origin && request.headers['access-control-request-method'];
  if (method === 'OPTIONS' && (isPreflight || has('answers-any-options'))) return { status: 204 };
  const [match, methods] = route(path);
  const handler = methods[method];
  if (handler === undefined) {
    throw new Failure(405, {}, has('drops-allow') ? {} : { allow: Object.keys(methods).join(', ') });
  }
  const id = match.groups?.['id'] ?? '';
  if (id !== '' && !UUID.test(id)) {
    // Authentication comes first, even if the request is invalid.
    if (hasAccounts) await accounts.callerOf(request, settings);
    throw new Failure(400);
  }
  return handler(request, { id, query: new URLSearchParams(search) });
}

function route(path: string): readonly [RegExpExecArray, Record<string, Handler>] {
  for (const [pattern, methods] of ROUTES) {
    const match = pattern.exec(path);
    if (match) return [match, methods];
  }
  throw new Failure(404);
}

/** The route as the metrics label it. */
function patternOf(path: string): string {
  const match = ROUTES.map(([pattern]) => pattern.exec(path)).find((found) => found !== null);
  if (match === undefined) return 'unmatched';
  const id = match.groups?.['id'];
  return id === undefined ? path : path.slice(0, -id.length).concat('{id}');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!announcesJson(request)) throw new Failure(415);
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit && (request.headers.expect || declared > LIMIT_OF_PATIENCE)) throw new Failure(413);
  const chunks: Buffer[] = [];
  let length = 0;
  // Bytes over the limit are read and dropped, so that the client gets to read the response.
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else if (has('closes-on-large-body')) request.socket.resetAndDestroy();
  }
  if (length > limit) throw new Failure(413);
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (error) {
    throw new Failure(400, has('shows-internals') ? { detail: `serde: ${error}` } : {});
  }
}

const [command, ...others] = process.argv.slice(2);
if (command === '--version' || command === '-V' || command === '--help') {
  console.log(command === '--help' ? 'serve, health, --version' : `model ${VERSION}`);
  process.exit(0);
}

/** The errors in the environment, a line for each variable. */
const problems: string[] = [];

function number(name: string, fallback: number, max = Number.MAX_SAFE_INTEGER, min = 0): number {
  const text = process.env[name]?.trim() || String(fallback);
  if (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
  if (!(name === 'PORT' && has('accepts-any-port'))) reject(name, `a whole number up to ${max}`);
  return fallback;
}

function choice(name: string, fallback: string, allowed: RegExp): string {
  const text = process.env[name]?.trim() || fallback;
  if (!allowed.test(text)) reject(name, `as ${allowed}`);
  return text;
}

function reject(name: string, allowed: string): void {
  problems.push(`${name} must be ${allowed}, not ${JSON.stringify(process.env[name])}`);
}

function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}

/** Whether the secret is a published example, plain or encoded. */
function isPublished(secret: string): boolean {
  const examples = [
    'not-a-secret-for-this-machine-only',
    '0123456789abcdef0123456789abcdef',
    'fedcba9876543210fedcba9876543210',
  ];
  const forms = (['utf8', 'base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(secret, form).toString());
  return examples.some((example) => forms.includes(example));
}

function readKeys(): readonly (readonly [string, string])[] {
  if (process.env['MODEL_AUTH'] !== 'jwt') return [];
  const shortest = has('takes-weak-keys') ? 1 : 32;
  const keys = (process.env['JWT_KEYS'] ?? '').split(',').map((key) => key.split(':') as [string, string]);
  const areStrong = keys.every(([id, secret = '']) => id !== '' && secret.length >= shortest);
  const areUnique = new Set(keys.map(([id]) => id)).size === keys.length;
  const areSecret = isLocal || has('takes-published-keys') || !keys.some(([, secret]) => isPublished(secret));
  return areStrong && areUnique && areSecret ? keys : refuse('JWT_KEYS must be id:secret');
}

const HOST = /^(127\.0\.0\.1|0\.0\.0\.0|localhost)$/;
const DIRECTIVE = /^((\w+(::\w+)*)?(\[[^\]]*\])?=)?(off|error|warn|info|debug|trace)$/i;
const format = choice('LOG_FORMAT', 'text', /^(text|json)$/);
const levelName = process.env['LOG_LEVEL'] ? 'LOG_LEVEL' : 'RUST_LOG';
const level = process.env[levelName] || 'info';
if (!level.split(',').every((part) => DIRECTIVE.test(part))) reject(levelName, 'a level');
const ORIGIN = String.raw`(https://(?![^/,]*:443\b)|http://(?![^/,]*:80\b))[^/,*]+`;
choice('CORS_ALLOWED_ORIGINS', 'https://a.example', new RegExp(`^(none|${ORIGIN}(,${ORIGIN})*)$`));
const host = choice('HOST', '127.0.0.1', HOST);
const isLocal = host !== '0.0.0.0';
const metricsHost = choice('METRICS_HOST', '127.0.0.1', HOST);
const port = number('PORT', 3000, 65_535);
const metricsPort = number('METRICS_PORT', 9464, 65_535);
const settings: accounts.Settings = {
  auth: process.env['MODEL_AUTH'] ?? 'none',
  keys: readKeys(),
  tokenSeconds: number('JWT_LIFETIME_SECONDS', 900, 86_400, 1),
  idleSeconds: number('SESSION_IDLE_SECONDS', 86_400, 31_536_000, 1),
  sessionSeconds: number('SESSION_LIFETIME_SECONDS', 1_209_600, 31_536_000, 1),
  isSecure:
    choice('SESSION_COOKIE_SECURE', 'true', isLocal || has('sends-cookies-in-clear') ? /^(true|false)$/ : /^true$/) ===
    'true',
  origins: (process.env['CORS_ALLOWED_ORIGINS'] ?? '').split(','),
};
const timeoutMs = number('REQUEST_TIMEOUT_SECONDS', 30, 86_400, 1) * 1000;
const limit = number('BODY_LIMIT_BYTES', 1_000_000);
const proxies = number('TRUSTED_PROXIES', 0);
const rateLimit = new RateLimit({
  requests: number('RATE_LIMIT_REQUESTS', 100, undefined, 1),
  periodMs: number('RATE_LIMIT_PERIOD_SECONDS', 60, undefined, 1) * 1000,
  proxies,
});
const shutdownMs = number('SHUTDOWN_TIMEOUT_SECONDS', 10, 86_400, 1) * 1000;
const delayMs = has('drains-at-once') ? 0 : number('SHUTDOWN_DELAY_SECONDS', 0) * 1000;
if (problems.length > 0) refuse((has('names-first-variable-only') ? problems.slice(0, 1) : problems).join('\n'));

if (command === 'health' && others.length === 0) {
  const isHealthy = await fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => has('is-always-healthy'),
  );
  console.log(isHealthy ? 'healthy' : `no response on port ${port}`);
  process.exit(isHealthy ? 0 : 1);
}
if (command !== undefined) refuse(`unknown arguments: ${has('hides-arguments') ? '' : [command, ...others].join(' ')}`);

/** Writes a line for people, or an object for programs. */
function log(message: string, fields: Record<string, unknown> = { message }): void {
  const timestamp = new Date().toISOString();
  if (format === 'json') console.log(JSON.stringify({ timestamp, level: 'INFO', ...fields }));
  else console.log(`${timestamp} INFO ${message}`);
}

/** The line of a request. */
function logRequest({ method = '', socket }: IncomingMessage, path: string, status: number, id: string): void {
  const isProbe = (path === '/health' || path === '/ready') && status < 400 && !/debug|trace/.test(level);
  if (isProbe && !has('logs-probes')) return;
  const pattern = patternOf(path);
  const where = pattern === 'unmatched' && !has('hides-unmatched-paths') ? path.slice(0, 200) : pattern;
  const shown = has('lets-paths-forge-lines') ? decodeURIComponent(path) : where;
  const client = socket.remoteAddress ?? '';
  log(`${method} ${shown} ${status} 0.1ms client=${client} request_id=${id}`, {
    method,
    [pattern === 'unmatched' ? 'path' : 'route']: where,
    status: has('logs-numbers-as-text') ? String(status) : status,
    duration_ms: 0.1,
    client,
    request_id: id,
  });
}

// Deadlines are those of `watchConnections`.
const options = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, maxHeaderSize: 200_000 };
const server = createServer(options, async (request, response) => {
  const [path = '', search = ''] = targetOf(request).split('?', 2);
  const id = requestIdOf(request);
  const end = metrics.begin(request.method ?? '', path);
  const leaves = () => end(patternOf(path), 499);
  response.once('close', leaves);
  const timeUp = new Promise<never>((_, reject) => {
    if (!has('forgets-timeout')) setTimeout(reject, timeoutMs, new Failure(503)).unref();
  });
  const { isRefused, headers } = rateLimit.count(request, path);
  const handled = isRefused ? Promise.reject(new Failure(429)) : handle(request, path, search);
  const answer = await Promise.race([handled, timeUp]).catch((error: Error) => {
    if (error instanceof Failure) {
      const { status, members, headers: own } = error;
      const { headers: type, body } = problem(status, path, id, members);
      return { status, headers: { ...type, ...own }, body };
    }
    return problem(500, path, id, {});
  });
  if (!response.destroyed) end(patternOf(path), answer.status);
  response.off('close', leaves);
  const isRefusedLate = has('stores-then-refuses') && request.headers['accept-encoding'] === 'identity;q=0';
  const code = isRefusedLate ? 406 : answer.status;
  respond(request, response, id, { ...answer, status: code, headers: { ...answer.headers, ...headers } });
  for (let n = has('logs-twice') ? 2 : 1; n > 0; n--) logRequest(request, path, answer.status, id);
});

server.on('checkContinue', (request, response) => {
  if (Number(request.headers['content-length']) <= limit) response.writeContinue();
  server.emit('request', request, response);
});
server.on('connect', refuseTunnel);
server.on('clientError', (error, socket) => respondToUnparsed(error, socket, (server.address() as AddressInfo).port));

/** The metrics, on a port of their own. */
const metricsServer = createServer((request, response) => {
  if (request.url !== '/metrics') response.writeHead(404).end();
  else if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405).end();
  else response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics.exposition());
});

/** Listens, and calls back with the port. */
function listen(listener: Server, at: number, name: string, onto: (port: number) => void): void {
  listener.on('error', (error) => refuse(`${name} ${at} is not free: ${error.message}`));
  listener.listen(at, name === 'PORT' ? host : metricsHost, () => onto((listener.address() as AddressInfo).port));
}
listen(metricsServer, metricsPort, 'METRICS_PORT', (metricsAt) => {
  log(`metrics on http://${metricsHost}:${metricsAt}/metrics`);
  listen(server, port, 'PORT', (at) => log(`listening on http://${host}:${at}`));
});

const closeWaiting = watchConnections(server, {
  keepAliveMs: number('KEEP_ALIVE_SECONDS', 75) * 1000,
  clientMs: number('CLIENT_TIMEOUT_SECONDS', 60) * 1000,
  most: number('MAX_CONNECTIONS', 10_000),
});

function drain(): void {
  const end = () => process.exit(has('exits-with-1') ? 1 : 0);
  server.close(end);
  if (has('cuts-off-in-flight')) server.closeAllConnections();
  if (!has('never-gives-up')) setTimeout(end, shutdownMs);
  closeWaiting();
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    isStopping = true;
    setTimeout(drain, delayMs);
  });
}

import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { gzipSync } from 'node:zlib';
import { writeJson } from '../http/exact-json.ts';
import { has } from './faults.ts';

const SECURITY = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** The result of a handler. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes are sent unchanged, anything else as JSON. */
  readonly body?: unknown;
}

/** A problem of this status. */
export function problem(status: number, instance: string, id: string, members: object): Answer {
  const title = STATUS_CODES[status];
  const body = { type: 'about:blank', title, status, ...members, instance, request_id: id };
  return { status, headers: { 'content-type': has('plain-errors') ? 'text/plain' : 'application/problem+json' }, body };
}

/** The request's id: the caller's if it is valid, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  const isKept = has('keeps-any-request-id') || /^[\w.-]{1,128}$/.test(String(given));
  return typeof given === 'string' && isKept ? given : randomUUID();
}

/** Sends a response with the headers that every response has. */
export function respond(request: IncomingMessage, response: ServerResponse, id: string, answer: Answer): void {
  const origins = (process.env['CORS_ALLOWED_ORIGINS'] ?? '').split(',');
  const { origin } = request.headers;
  const vary = ['origin', 'accept-encoding'];
  response.setHeader('x-request-id', id);
  response.setHeader('vary', vary.join(', '));
  if (origin && (origins.includes(origin) || has('accepts-any-origin'))) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('access-control-allow-methods', 'GET, POST, PATCH, DELETE');
    response.setHeader('access-control-allow-headers', 'content-type');
    const limits = 'ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after';
    response.setHeader('access-control-expose-headers', `location, ${limits}`);
  }
  if (answer.status < 400 || !has('secures-only-success')) {
    for (const [name, value] of Object.entries(SECURITY)) response.setHeader(name, value);
  }

  const { body } = answer;
  let bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(writeJson(body));
  if (bytes) response.setHeader('content-type', 'application/json');
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const accepted = /(^|[\s,])gzip(;q=(?!0(\.0*)?\b)|\s*(,|$))/i.test(String(request.headers['accept-encoding'] ?? ''));
  if (bytes && bytes.length >= 1024 && (accepted || has('compresses-unasked'))) {
    bytes = gzipSync(bytes);
    response.setHeader('content-encoding', 'gzip');
  }
  if (bytes) response.setHeader('content-length', bytes.length);
  response.writeHead(answer.status);
  response.end(request.method === 'HEAD' ? undefined : bytes);
  const isAppendedTo =
    answer.status === 204 ? has('appends-to-204') : request.method === 'HEAD' && has('appends-to-head');
  if (isAppendedTo) response.socket?.write('{}');
}

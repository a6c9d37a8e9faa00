import { ALLOWED_ORIGIN } from '../target.ts';

/** A request, as written to the connection. */
export interface Message {
  /** `GET` unless given. */
  readonly method?: string;
  /** `/health` unless given. */
  readonly target?: string;
  /** `HTTP/1.1` unless given. */
  readonly version?: string;
  /** The `Host` lines; one for `service.example` unless given. */
  readonly host?: readonly string[];
  /** Header lines after `Host`, `Connection: close` and `Origin`. */
  readonly headers?: readonly string[];
  /** Sent after the head unchanged, without an implied `Content-Length`. */
  readonly body?: string | Buffer;
  /** Leaves out `Connection: close`. */
  readonly isKeptAlive?: boolean;
  /** Leaves out `Origin`, which marks the request of a web page. */
  readonly hasOrigin?: boolean;
}

/** The allowed outcomes of a request. */
export interface Expected {
  readonly statuses: readonly number[];
  /** Whether the HTTP library may reject the request before the service's own code sees it. */
  readonly mayNotParse: boolean;
  /** Why more than one status is allowed; empty if only one is. */
  readonly why: string;
}

/** One unusual request. */
export interface RawRequest {
  readonly title: string;
  readonly expected: Expected;
  /** The request; `json` is a valid body for `accounts`, the path where users are created. */
  readonly message: (json: string) => Message;
  /** Whether it is sent to the path where users are created. */
  readonly createsUser: boolean;
}

/** Stands for the end of the connection without a response of HTTP/1.1. */
export const CLOSED = 0;

/** The service's own code responds with this status and its usual headers. */
export const status = (code: number): Expected => ({ statuses: [code], mayNotParse: false, why: '' });

/** The same, if RFC 9110 or 9112 allows more than one status. */
export const oneOf = (statuses: readonly number[], why: string): Expected => ({ statuses, mayNotParse: false, why });

/** The request is not HTTP, so the HTTP library may respond in place of the service. */
export const unparsed = (...statuses: readonly number[]): Expected => ({
  statuses: statuses.length === 0 ? [400] : statuses,
  mayNotParse: true,
  why: 'the HTTP library rejects it while parsing, and libraries differ in the status',
});

/** The same, if some libraries reject the request and others pass it to the service. */
export const parsedOrNot = (statuses: readonly number[], why: string): Expected => ({
  statuses,
  mayNotParse: true,
  why,
});

/** A request to `/health`, unless the message says otherwise. */
export function request(title: string, message: Message, expected: Expected): RawRequest {
  return { title, expected, message: () => message, createsUser: false };
}

/** A POST to the path where users are created. */
export function post(title: string, message: (json: string) => Message, expected: Expected): RawRequest {
  return { title, expected, message: (json) => ({ method: 'POST', ...message(json) }), createsUser: true };
}

/** The bytes of a message; text becomes one byte a character, so that `\xff` is the byte 255. */
export function encode(message: Message, fallbackTarget: string): Buffer {
  const { method = 'GET', target = fallbackTarget, version = 'HTTP/1.1', headers = [], body = '' } = message;
  const { host = ['Host: service.example'], isKeptAlive = false, hasOrigin = true } = message;
  const origin = hasOrigin ? [`Origin: ${ALLOWED_ORIGIN}`] : [];
  const connection = isKeptAlive ? [] : ['Connection: close'];
  const lines = [`${method} ${target} ${version}`, ...host, ...connection, ...origin, ...headers, '', ''];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.isBuffer(body) ? body : Buffer.from(body)]);
}

/** The path of a target, which a problem names as its instance. */
export function pathOf(target: string): string {
  // A target without a leading slash or a scheme is the name of a host, which has no path.
  if (!/^(\/|\*|[a-z]+:\/\/)/i.test(target)) return '';
  return target.replace(/^[a-z]+:\/\/[^/?]*/i, '').replace(/[?#].*$/s, '') || '/';
}

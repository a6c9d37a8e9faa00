import { openExchange } from './exchange.ts';
import type { Reply } from './reply.ts';

/** Headers of a request, sent unchanged. */
export type Headers = Readonly<Record<string, string>>;

/** A client of one service. Every call opens a new connection; a path is sent unchanged. */
export interface Client {
  readonly baseUrl: string;
  get(path: string, headers?: Headers): Promise<Reply>;
  head(path: string, headers?: Headers): Promise<Reply>;
  delete(path: string, headers?: Headers): Promise<Reply>;
  /** Sends a value as `application/json`. */
  post(path: string, value: unknown, headers?: Headers): Promise<Reply>;
  /** Sends a value as `application/json`. */
  patch(path: string, value: unknown, headers?: Headers): Promise<Reply>;
  /** Sends these bytes, with a Content-Length unless the headers say chunked, and no other header than those given. */
  send(method: string, path: string, headers?: Headers, body?: string | Buffer): Promise<Reply>;
}

/** The head of a request with `Connection: close`, up to the empty line. */
export function requestHead(method: string, path: string, headers: Headers = {}): string {
  const lines = Object.entries({ host: 'service.example', connection: 'close', ...headers });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** A client of the service at `baseUrl`. */
export function clientOf(baseUrl: string): Client {
  const send: Client['send'] = (method, path, headers = {}, body) => {
    const exchange = openExchange(baseUrl, { hasBody: method !== 'HEAD' });
    const isCounted = body !== undefined && !('transfer-encoding' in headers);
    const length = isCounted ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    // latin1: header bytes above 127 go out as one byte each.
    exchange.write(Buffer.from(requestHead(method, path, { ...length, ...headers }), 'latin1'));
    if (body !== undefined) exchange.write(body);
    return exchange.reply;
  };
  const sendJson = (method: string, path: string, value: unknown, headers: Headers = {}) =>
    send(method, path, { 'content-type': 'application/json', ...headers }, JSON.stringify(value));

  return {
    baseUrl,
    get: (path, headers) => send('GET', path, headers),
    head: (path, headers) => send('HEAD', path, headers),
    delete: (path, headers) => send('DELETE', path, headers),
    post: (path, value, headers) => sendJson('POST', path, value, headers),
    patch: (path, value, headers) => sendJson('PATCH', path, value, headers),
    send,
  };
}

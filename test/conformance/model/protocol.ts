import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Failure } from './failure.ts';
import { has } from './faults.ts';

const HOST = /^([\w.-]*|\[[\da-f:]+\])(:\d*)?$/i;
const bare = (status: string) => `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
const BAD_REQUEST = bare('400 Bad Request');
const TOO_LARGE = bare('431 Request Header Fields Too Large');

/** The target of a request without the scheme and authority of a URL. */
export function targetOf({ url = '' }: IncomingMessage): string {
  const target = url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*/, '');
  return target.startsWith('/') || target === '*' ? target : `/${target}`;
}

/** Throws if a request breaks a rule of HTTP that Node leaves to the service. */
export function checkProtocol({ method, url = '', httpVersion, headersDistinct }: IncomingMessage): void {
  const [, authority = 'no.host'] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? [];
  const { host: hosts = [], 'transfer-encoding': codings = [] } = headersDistinct;
  const areHosts = hosts.length <= 1 && hosts.every((host) => HOST.test(host));
  const isCoded = codings.length > 0 && (httpVersion === '1.0' || codings.join().toLowerCase() !== 'chunked');
  const isAddressed = authority !== '' && HOST.test(authority) && (url !== '*' || method === 'OPTIONS');
  const isKnown = httpVersion === '1.0' || httpVersion === '1.1';
  if (!isAddressed || isCoded || !isKnown || (!areHosts && !has('takes-any-host'))) throw new Failure(400);
}

/** Whether the headers announce JSON, uncompressed. */
export function announcesJson({ headersDistinct }: IncomingMessage): boolean {
  const { 'content-type': types = [], 'content-encoding': codings = [] } = headersDistinct;
  const isJson = (type: string) => /^application\/([\w!#$&^.-]+\+)?json\s*(;|$)/i.test(type);
  const isPlain = (coding: string) => /^((identity)?\s*(,\s*|$))*$/i.test(coding);
  const areJson = types.length > 0 && types.every(isJson);
  return (areJson || has('takes-any-type')) && (codings.every(isPlain) || has('takes-any-coding'));
}

/** Responds to requests that Node's parser rejects; if only the method is unknown to it, as to `PROPFIND`. */
export function respondToUnparsed(
  error: Error & { code?: string; rawPacket?: Buffer },
  socket: Duplex,
  port: number,
): void {
  const request = error.rawPacket?.toString('latin1') ?? '';
  const isMethodUnknown =
    /^[!#$%&'*+.^_`|~\w-]+ [^ ]+ HTTP\/1\.[01]\r\n/.test(request) && error.message.includes('method');
  const isOverflow = error.code === 'HPE_HEADER_OVERFLOW';
  if (!isMethodUnknown) return void (socket.writable && socket.end(isOverflow ? TOO_LARGE : BAD_REQUEST));
  const own: Socket = connect(port, '127.0.0.1');
  own.on('error', () => socket.destroy());
  own.write(request.replace(/^\S+/, 'PROPFIND'), 'latin1');
  own.pipe(socket);
}

/** Responds to `CONNECT`. */
export function refuseTunnel(_: IncomingMessage, socket: Duplex): void {
  socket.end(BAD_REQUEST);
}

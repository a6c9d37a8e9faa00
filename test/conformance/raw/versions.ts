import { CLOSED, parsedOrNot, post, type RawRequest, request, status, unparsed } from './request.ts';

const JSON_TYPE = 'Content-Type: application/json';

/** Versions and the request line: RFC 9112, sections 2 and 3. */
export const versions: readonly RawRequest[] = [
  request('HTTP/1.0', { version: 'HTTP/1.0' }, status(200)),
  request('HTTP/1.0 without Host', { version: 'HTTP/1.0', host: [] }, status(200)),
  request('HTTP/1.0 on an unknown path', { version: 'HTTP/1.0', target: '/nope' }, status(404)),
  request('HTTP/1.0 with keep-alive', { version: 'HTTP/1.0', headers: ['Connection: keep-alive'] }, status(200)),
  request('HTTP/1.0 with a URL', { version: 'HTTP/1.0', target: 'http://service.example/health' }, status(200)),
  post(
    'HTTP/1.0 with a body',
    (json) => ({ version: 'HTTP/1.0', headers: [JSON_TYPE, `Content-Length: ${Buffer.byteLength(json)}`], body: json }),
    status(201),
  ),
  post(
    'HTTP/1.0 with a body without a length',
    (json) => ({ version: 'HTTP/1.0', headers: [JSON_TYPE], body: json }),
    parsedOrNot([400], 'Actix Web rejects it itself'),
  ),
  post(
    'HTTP/1.0 with a body in chunks',
    (json) => ({
      version: 'HTTP/1.0',
      headers: [JSON_TYPE, 'Transfer-Encoding: chunked'],
      body: `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`,
    }),
    unparsed(),
  ),
  ...['HTTP/0.9', 'HTTP/1.2', 'HTTP/2', 'HTTP/2.0', 'HTTP/3.0', 'HTTP/9.9', 'HTTP/1', 'HTTP/01.1', 'HTTP/1.10'].map(
    (version) => request(version, { version }, unparsed(400, 505)),
  ),
  ...['', ' ', 'http/1.1', 'HTTP/1,1', 'HTTP/+1.1', 'HTTPS/1.1', 'HTTP/1.1 ', 'HTTP /1.1', 'HTTP/1.1x', 'X'].map(
    (version) => request(`the version ${JSON.stringify(version)}`, { version }, unparsed(400, 505)),
  ),
  request('an empty line before the request', { method: '\r\nGET' }, status(200)),
  request('a space before the request', { method: ' GET' }, unparsed()),
  request(
    'two spaces in the request line',
    { method: 'GET ' },
    parsedOrNot([200, 400], 'RFC 9112, section 3: a recipient may split the line at any space'),
  ),
  request(
    'the preface of HTTP/2, then a request of HTTP/1.1',
    { method: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET' },
    parsedOrNot([400, 505, CLOSED], 'a server that speaks HTTP/2 closes the connection'),
  ),
];

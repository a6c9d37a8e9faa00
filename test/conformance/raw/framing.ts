import { CLOSED, parsedOrNot, post, type RawRequest, request, status, unparsed } from './request.ts';

const JSON_TYPE = 'Content-Type: application/json';
const CHUNKED = 'Transfer-Encoding: chunked';

/** A valid body with a length in the form under test. */
const sized = (title: string, lines: (length: number) => readonly string[], expected: RawRequest['expected']) =>
  post(title, (json) => ({ headers: [JSON_TYPE, ...lines(Buffer.byteLength(json))], body: json }), expected);

/** A chunked body with the framing under test. */
const chunked = (title: string, body: (json: string, size: string) => string, expected: RawRequest['expected']) =>
  post(
    title,
    (json) => ({ headers: [JSON_TYPE, CHUNKED], body: body(json, Buffer.byteLength(json).toString(16)) }),
    expected,
  );

/** The same with these transfer codings. */
const coded = (title: string, lines: readonly string[], expected: RawRequest['expected']) =>
  post(
    title,
    (json) => ({
      headers: [JSON_TYPE, ...lines],
      body: `${Buffer.byteLength(json).toString(16)}\r\n${json}\r\n0\r\n\r\n`,
    }),
    expected,
  );

const BOTH = 'RFC 9112, section 6.1: a server may reject both, or go by Transfer-Encoding alone and close';
const REPEATED = 'RFC 9110, section 8.6: a repeated Content-Length may be rejected, or taken once';
const LINES = 'RFC 9112, section 2.2: a recipient may take a bare LF for the end of a line';
const SPACE = 'RFC 9112, section 7.1.1 allows no space there, but libraries forgive it';

/** Actix Web closes the connection if the framing breaks before the handler reads the body; see README.md. */
const BROKEN = unparsed(400, CLOSED);

const HIDDEN = 'GET /nope HTTP/1.1\r\nHost: service.example\r\n\r\n';

/** A body that looks like a request, on a connection that stays open. */
const hiding = { isKeptAlive: true, headers: [`Content-Length: ${HIDDEN.length}`], body: HIDDEN };

/** Where a body ends: RFC 9112, sections 6 and 7. */
export const framing: readonly RawRequest[] = [
  sized('Content-Length', (length) => [`Content-Length: ${length}`], status(201)),
  sized('Content-Length with leading zeros', (length) => [`Content-Length: 000${length}`], status(201)),
  sized('Content-Length between spaces', (length) => [`Content-Length:   ${length}  `], status(201)),
  post(
    'a body that ends early',
    (json) => ({ headers: [JSON_TYPE, `Content-Length: ${json.length - 1}`], body: json.slice(0, -1) }),
    status(400),
  ),
  post('Content-Length: 0', () => ({ headers: [JSON_TYPE, 'Content-Length: 0'] }), status(400)),
  post('no length', () => ({ headers: [JSON_TYPE] }), status(400)),
  ...['-1', '+5', '0x10', '1e1', '1.0', '', '5 5', '5;', 'five', '\xb2', '9'.repeat(30), '18446744073709551616'].map(
    (length) => sized(`Content-Length: ${length}`, () => [`Content-Length: ${length}`], unparsed(400, 413)),
  ),
  sized(
    'the same Content-Length twice',
    (length) => [`Content-Length: ${length}`, `Content-Length: ${length}`],
    parsedOrNot([201, 400], REPEATED),
  ),
  sized(
    'a list of the same Content-Length',
    (length) => [`Content-Length: ${length}, ${length}`],
    parsedOrNot([201, 400], REPEATED),
  ),
  sized('two lengths', (length) => [`Content-Length: ${length}`, 'Content-Length: 5'], unparsed()),
  sized('a list of two lengths', (length) => [`Content-Length: ${length}, 5`], unparsed()),

  coded('Transfer-Encoding: chunked', [CHUNKED], status(201)),
  coded('Transfer-Encoding: CHUNKED', ['TRANSFER-ENCODING: CHUNKED'], status(201)),
  coded('Content-Length, then Transfer-Encoding', ['Content-Length: 5', CHUNKED], parsedOrNot([201, 400], BOTH)),
  coded('Transfer-Encoding, then Content-Length', [CHUNKED, 'Content-Length: 5'], parsedOrNot([201, 400], BOTH)),
  ...[
    ['gzip, chunked'],
    ['x, chunked'],
    ['chunked, chunked'],
    ['identity, chunked'],
    ['chunked, gzip'],
    ['gzip'],
    ['identity'],
    ['xchunked'],
    ['chunkedx'],
    ['"chunked"'],
    ['chunked;q=1'],
    ['\x0bchunked'],
    [''],
    ['gzip', 'chunked'],
    ['chunked', 'chunked'],
    ['chunked', 'identity'],
    ['chunked', ''],
  ].map((codings) =>
    coded(
      `Transfer-Encoding: ${codings.map((coding) => JSON.stringify(coding)).join(' and ')}`,
      codings.map((coding) => `Transfer-Encoding: ${coding}`),
      unparsed(400, 501),
    ),
  ),

  chunked(
    'two chunks',
    (json) => `5\r\n${json.slice(0, 5)}\r\n${(json.length - 5).toString(16)}\r\n${json.slice(5)}\r\n0\r\n\r\n`,
    status(201),
  ),
  chunked('a size in capitals', (json, size) => `${size.toUpperCase()}\r\n${json}\r\n0\r\n\r\n`, status(201)),
  chunked('a size with leading zeros', (json, size) => `000${size}\r\n${json}\r\n0\r\n\r\n`, status(201)),
  chunked('a last chunk of 000', (json, size) => `${size}\r\n${json}\r\n000\r\n\r\n`, status(201)),
  chunked('a chunk extension', (json, size) => `${size};a=b;c\r\n${json}\r\n0;d\r\n\r\n`, status(201)),
  chunked('a quoted chunk extension', (json, size) => `${size};a="b;c"\r\n${json}\r\n0\r\n\r\n`, status(201)),
  chunked('a trailer', (json, size) => `${size}\r\n${json}\r\n0\r\nX-Later: a\r\n\r\n`, status(201)),
  chunked(
    'a trailer that is a framing header',
    (json, size) => `${size}\r\n${json}\r\n0\r\nContent-Length: 5\r\n\r\n`,
    parsedOrNot([201, 400], 'RFC 9110, section 6.5.1: no trailer, so it is ignored, or the request rejected'),
  ),
  chunked('a space after the size', (json, size) => `${size} \r\n${json}\r\n0\r\n\r\n`, parsedOrNot([201, 400], SPACE)),
  chunked('bare LFs', (json, size) => `${size}\n${json}\n0\n\n`, parsedOrNot([201, 400, CLOSED], LINES)),
  ...['zz', '-5', '+5', '0x5', '', ' ', '5,5', 'f'.repeat(17), '1'.repeat(40), '\x00', '"5"'].map((bad) =>
    chunked(`a chunk size of ${JSON.stringify(bad)}`, (json) => `${bad}\r\n${json}\r\n0\r\n\r\n`, BROKEN),
  ),
  chunked('a chunk longer than its size', (json) => `5\r\n${json}\r\n0\r\n\r\n`, BROKEN),
  chunked('no line break after a chunk', (json, size) => `${size}\r\n${json}0\r\n\r\n`, BROKEN),
  chunked('no chunks', () => '0\r\n\r\n', status(400)),
  chunked('no framing at all', (json) => `${json}\r\n\r\n`, BROKEN),
  // An unread body must not be parsed as the next request.
  ...[
    request('a request in the body of a GET', { ...hiding, target: '/health' }, status(200)),
    request('a request in a body for an unknown path', { ...hiding, method: 'POST', target: '/nope' }, status(404)),
    request('a request in a body of a wrong method', { ...hiding, method: 'PUT' }, status(405)),
    request('a request in a body with an invalid Host', { ...hiding, host: ['Host: a b'] }, status(400)),
    post('a request in a body of another media type', () => hiding, status(415)),
    post(
      'a request in a compressed body',
      () => ({ ...hiding, headers: [...hiding.headers, JSON_TYPE, 'Content-Encoding: gzip'] }),
      status(415),
    ),
    post('a request in place of JSON', () => ({ ...hiding, headers: [...hiding.headers, JSON_TYPE] }), status(400)),
  ],

  chunked(
    'a chunk extension of 100,000 bytes',
    (json, size) => `${size};${'x'.repeat(100_000)}\r\n${json}\r\n0\r\n\r\n`,
    parsedOrNot([201, 400, 413], 'RFC 9112, section 7.1.1: a server ought to limit extensions; the limits differ'),
  ),
];

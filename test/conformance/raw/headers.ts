import { CLOSED, parsedOrNot, type RawRequest, request, status, unparsed } from './request.ts';

const hosts = (title: string, host: readonly string[], code: number): RawRequest =>
  request(title, { host }, code === 400 ? parsedOrNot([400], 'Actix Web rejects it itself') : status(code));

const LIMITS = 'how many and how large headers may be is up to the library';

const SERVED = [
  ...['X-Empty:', 'X-Space:    a   ', 'X-Tab:\ta\t', 'X-Bytes: \xe9\xff\x80', '!#$%&*+.^_`|~: tchar', 'X:y', '1: 2'],
  ...[
    'Authorization: nonsense',
    'Cookie: ;;=;=',
    'Cookie: \xff',
    'Range: bytes=0-3',
    'Range: nonsense',
    'TE: trailers',
  ],
  ...['If-Match: "x"', 'If-None-Match: *', 'If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT', 'If-Range: x'],
  ...['Upgrade: h2c', 'Upgrade: websocket', 'Connection: keep-alive, x', 'Connection: \xff', 'Keep-Alive: timeout=5'],
  ...['Trailer: X-Later', 'Max-Forwards: 0', 'Via: 1.1 a, 1.1 b', 'Date: yesterday', 'Referer: \\\\', 'From: nobody'],
  ...['X-Forwarded-For: nonsense', 'Forwarded: for="', 'X-Forwarded-Host: evil.example', 'X-Original-URL: /nope'],
  ...['X-Request-Id: a\r\nX-Request-Id: b', 'traceparent: nonsense', 'Sec-Fetch-Site: cross-site', 'DNT: 1'],
  ...['Content-Type: nonsense', 'Content-Encoding: gzip', 'Content-Length: 0', 'Expect: 100-continue'],
  ...['Accept: text/html', 'Accept: */*;q=0', 'Accept: application/xml, application/json;q=0', 'Accept: ;;', 'Accept:'],
  ...['Accept-Charset: utf-16', 'Accept-Language: x', 'Prefer: respond-async', 'X-Rust: \t'],
];

const MALFORMED = [
  ...['X-Folded: a\r\n b', 'X-Folded: a\r\n\tb', 'X-Space : a', 'X-Tab\t: a', ': a', 'X', 'X Y: a', 'X(: a'],
  ...[
    'X-Nul: a\x00b',
    'X-Bell: a\x07b',
    'X-Escape: \x1b[0m',
    'X-Delete: a\x7f',
    'X-Return: a\rb',
    '\x00: a',
    '\xe9: a',
  ],
  ...['{}', '\r\r', ' Indented: a', '"X": a', 'X@Y: a', 'X/Y: a'],
];

/** Header fields: RFC 9110, section 5, and RFC 9112, sections 3.2 and 5. */
export const headers: readonly RawRequest[] = [
  ...SERVED.map((line) => request(JSON.stringify(line), { headers: [line] }, status(200))),
  ...SERVED.slice(0, 12).map((line) =>
    request(`${JSON.stringify(line)} on an unknown path`, { target: '/nope', headers: [line] }, status(404)),
  ),
  ...MALFORMED.map((line) => request(JSON.stringify(line), { headers: [line] }, unparsed())),

  hosts('an empty Host', ['Host:'], 200),
  hosts('a Host with a port', ['Host: service.example:8080'], 200),
  hosts('a Host with an empty port', ['Host: service.example:'], 200),
  hosts('a Host that is an IPv6 address', ['Host: [::1]:8080'], 200),
  hosts('a Host in another case', ['HOST: SERVICE.EXAMPLE'], 200),
  hosts('no Host', [], 400),
  hosts('two Hosts', ['Host: a.example', 'Host: b.example'], 400),
  hosts('the same Host twice', ['Host: service.example', 'host: service.example'], 400),
  hosts('two empty Hosts', ['Host:', 'Host:'], 400),
  hosts('a Host with a space', ['Host: a b'], 400),
  hosts('a Host that is a list', ['Host: a.example, b.example'], 400),
  hosts('a Host with a path', ['Host: service.example/health'], 400),
  hosts('a Host that is a URL', ['Host: http://service.example'], 400),
  hosts('a Host with a user', ['Host: user@service.example'], 400),
  hosts('a Host with a query', ['Host: service.example?x'], 400),
  hosts('a Host with a word for a port', ['Host: service.example:http'], 400),
  hosts('a Host with two ports', ['Host: service.example:80:80'], 400),
  hosts('a Host with an open bracket', ['Host: [::1'], 400),
  hosts('a Host with markup', ['Host: <script>'], 400),
  hosts('a Host with a byte above 127', ['Host: s\xe9rvice.example'], 400),
  request(
    'no Host, but a target that names it',
    { host: [], target: 'http://service.example/health' },
    parsedOrNot([400], 'Actix Web rejects it itself'),
  ),

  request('90 headers', { headers: Array.from({ length: 87 }, (_, n) => `X-${n}: ${n}`) }, status(200)),
  request('a header 90 times', { headers: Array(87).fill('X-Same: a') }, status(200)),
  request(
    '200 headers',
    { headers: Array.from({ length: 200 }, (_, n) => `X-${n}: ${n}`) },
    parsedOrNot([200, 400, 431], LIMITS),
  ),
  request('a header of 30,000 bytes', { headers: [`X-Large: ${'x'.repeat(30_000)}`] }, status(200)),
  request('a header name of 30,000 bytes', { headers: [`${'x'.repeat(30_000)}: a`] }, status(200)),
  request(
    'a header name of 70,000 bytes',
    { headers: [`${'x'.repeat(70_000)}: a`] },
    parsedOrNot([200, 400, 431, CLOSED], `${LIMITS}; actix-http panics, which costs this connection and no other`),
  ),
  request('headers of 80,000 bytes', { headers: Array(80).fill(`X-Many: ${'x'.repeat(1_000)}`) }, status(200)),
  ...['', 'something-else'].map((expectation) =>
    request(
      `Expect: ${expectation}`,
      { headers: [`Expect: ${expectation}`] },
      parsedOrNot([200, 417], 'RFC 9110, section 10.1.1: a server may respond with 417'),
    ),
  ),
];

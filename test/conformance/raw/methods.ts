import { oneOf, parsedOrNot, type RawRequest, request, status, unparsed } from './request.ts';

const PREFLIGHT = 'Access-Control-Request-Method: GET';

const METHODS = [
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'get', 'Get', 'hEAD', 'GETT', 'FOO', 'QUERY', 'PROPFIND'],
  ...['M-SEARCH', 'LINK', 'PURGE', 'REPORT', 'A', 'X'.repeat(500)],
];

/** Methods: RFC 9110, section 9. */
export const methods: readonly RawRequest[] = [
  ...METHODS.flatMap((method) => [
    request(`${method.slice(0, 20)} on a known path`, { method }, status(405)),
    request(`${method.slice(0, 20)} on an unknown path`, { method, target: '/nope' }, status(404)),
  ]),
  ...['', ' ', 'GE(T', 'G=T', 'G/T', 'GE\tT', 'G\x00T', '\xc9', '{}', ':', '"GET"'].map((method) =>
    request(`the method ${JSON.stringify(method)}`, { method }, unparsed()),
  ),

  ...['!#$%&', "'*+-.^_`|~"].map((method) =>
    request(
      `the method ${method}`,
      { method },
      parsedOrNot([405, 400], 'a method may have any of these characters, but not in the http crate of Actix Web'),
    ),
  ),

  ...['service.example:443', '/health', 'http://service.example/health'].map((target) =>
    request(`CONNECT ${target}`, { method: 'CONNECT', target }, unparsed()),
  ),
  request('OPTIONS *', { method: 'OPTIONS', target: '*' }, status(404)),

  // A preflight has Origin and Access-Control-Request-Method (Fetch, CORS protocol); anything else is an OPTIONS
  // request like any other.
  ...['/health', '/nope'].flatMap((target) => {
    const code = target === '/health' ? 405 : 404;
    const expected = status(code);
    return [
      request(`OPTIONS ${target} without Origin`, { method: 'OPTIONS', target, hasOrigin: false }, expected),
      request(
        `OPTIONS ${target} without Origin, with Access-Control-Request-Method`,
        { method: 'OPTIONS', target, hasOrigin: false, headers: [PREFLIGHT] },
        oneOf([code, 400], 'actix-cors rejects a preflight without Origin'),
      ),
      request(
        `GET ${target} with the headers of a preflight`,
        { target, headers: [PREFLIGHT] },
        status(target === '/health' ? 200 : 404),
      ),
    ];
  }),

  request('HEAD', { method: 'HEAD' }, status(200)),
  request('HEAD on an unknown path', { method: 'HEAD', target: '/nope' }, status(404)),
  request('a body with GET', { headers: ['Content-Length: 5'], body: 'hello' }, status(200)),
  request('a body with HEAD', { method: 'HEAD', headers: ['Content-Length: 5'], body: 'hello' }, status(200)),
  request('a body with DELETE', { method: 'DELETE', headers: ['Content-Length: 5'], body: 'hello' }, status(405)),
  request('a body with TRACE', { method: 'TRACE', headers: ['Content-Length: 5'], body: 'hello' }, status(405)),
  request('a body with OPTIONS', { method: 'OPTIONS', headers: ['Content-Length: 5'], body: 'hello' }, status(405)),
  request('a body in chunks with GET', { headers: ['Transfer-Encoding: chunked'], body: '0\r\n\r\n' }, status(200)),
  request(
    'a body for an unknown path',
    { method: 'POST', target: '/nope', headers: ['Content-Length: 5'], body: 'hello' },
    status(404),
  ),
  request('X-HTTP-Method-Override', { headers: ['X-HTTP-Method-Override: DELETE'] }, status(200)),
  request('Max-Forwards: 0 with TRACE', { method: 'TRACE', headers: ['Max-Forwards: 0'] }, status(405)),
  request('a method of 10,000 characters', { method: 'X'.repeat(10_000) }, status(405)),
];

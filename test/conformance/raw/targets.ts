import { oneOf, parsedOrNot, type RawRequest, request, status, unparsed } from './request.ts';

const to = (target: string, expected: RawRequest['expected'], title = target): RawRequest =>
  request(`GET ${title}`, { target }, expected);

const FOUND = [
  ...['/health?', '/health??', '/health?a=b&a=c', '/health?%', '/health?a=%00', '/health?/../', '/health?a=/nope'],
  ...['http://service.example/health', 'HTTP://SERVICE.EXAMPLE/health', 'http://service.example:80/health?a'],
  ...['http://another.example/health', 'https://service.example/health', 'http://[::1]:8080/health'],
];

const UNKNOWN = [
  ...['/', '//', '///', '//health', '/health/', '/health//', '/health/.', '/./health', '/health/..', '/x/../health'],
  ...['/api/v1//users', '/api//v1/users', '/HEALTH', '/health;v=1', '/health,', '/health:', '/health*', '/health/*'],
  ...['/%2e/health', '/x/%2e%2e/health', '/health%2F', '/%2Fhealth', '/health%20', '/health%00', '/health%0d%0aX:y'],
  ...['/%', '/%z', '/%zz', '/health%', '/%ff%fe', '/%c0%af', '/%e2%80%ae', '/..%2f..%2fetc/passwd', '/%252e', '/+'],
  ...['/../../etc/passwd', '/{id}', '/:id', '/*', '/**', '/a{b}', '/api/v1/{*rest}', '/?', '/?x', '/nope?x=/health'],
  ...['http://service.example', 'http://service.example/', 'http://service.example?x', 'http://service.example/nope'],
  ...['/http://service.example/health', '/.well-known/security.txt', '/health/%2e%2e/health', '/api/v1/users%2f'],
];

/** Request targets: RFC 9112, section 3.2. */
export const targets: readonly RawRequest[] = [
  ...FOUND.map((target) => to(target, status(200))),
  ...UNKNOWN.map((target) => to(target, status(404))),
  to(`/${'a'.repeat(30_000)}`, status(404), 'a path of 30,000 characters'),
  to(`/${'a/'.repeat(15_000)}`, status(404), 'a path of 15,000 segments'),
  to(`/${'%41'.repeat(10_000)}`, status(404), 'a path of 10,000 percent-encodings'),
  to(`/health?${'a'.repeat(30_000)}`, status(200), 'a query of 30,000 characters'),
  to(
    `/${'a'.repeat(70_000)}`,
    parsedOrNot([404, 400, 414], 'how long a target may be is up to the library'),
    'a path of 70,000 characters',
  ),
  to(
    '/%68ealth',
    oneOf([200, 404], 'RFC 9110, section 4.2.3: equivalent to /health, but only the router of Actix Web decodes it'),
  ),

  // Only OPTIONS has the asterisk-form, only CONNECT the authority-form, and nothing else begins without a slash.
  to('*', status(400)),
  ...['service.example:80', 'service.example', '[::1]:80'].map((target) => to(target, unparsed())),
  ...['health', 'http:', 'http:/', 'http://', 'http:///health', '?', '@', 'http://service.example:x/'].map((target) =>
    to(target, parsedOrNot([400], 'some libraries read it as the name of a host')),
  ),
  ...['', ' ', '/he alth', '/he\talth', '/health\x00', '/health\x01', '/health\x7f'].map((target) =>
    to(target, unparsed(), JSON.stringify(target)),
  ),
  ...['/<>', '/`', '/^', '/\\', '/"', '/|', '/\xe9', '/\xc3\xa9', '/\xff'].map((target) =>
    to(
      target,
      parsedOrNot([400, 404], 'no URI has such a character, but RFC 9112 only recommends 400'),
      JSON.stringify(target),
    ),
  ),
  to('/health#fragment', oneOf([200, 400], 'a target has no fragment, but RFC 9112 only recommends 400')),
];

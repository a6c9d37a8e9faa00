import { gzipSync } from 'node:zlib';
import { post, type RawRequest, request, status } from './request.ts';

const JSON_TYPE = 'Content-Type: application/json';

/** A body with these header lines, made from the JSON by `pack`. */
function packed(title: string, lines: readonly string[], code: number, pack: (json: string) => string | Buffer) {
  return post(
    title,
    (json) => {
      const body = pack(json);
      return { headers: [JSON_TYPE, `Content-Length: ${Buffer.byteLength(body)}`, ...lines], body };
    },
    status(code),
  );
}

const asItIs = (json: string) => json;

const CODINGS = [
  'gzip',
  'GZIP',
  'x-gzip',
  'deflate',
  'br',
  'zstd',
  'compress',
  'nonsense',
  'gzip, gzip',
  ',gzip',
  '\xff',
];

const ACCEPTED = [
  ...['identity;q=0', '*;q=0', 'gzip;q=0, identity;q=0', 'br;q=1, *;q=0', 'identity;q=0, *;q=0', 'nonsense'],
  ...[
    '',
    ',',
    ';;',
    'gzip;q=2',
    'gzip;q=x',
    'gzip;q=',
    '*',
    'identity',
    'gzip, identity;q=0',
    '\xff',
    'x'.repeat(5_000),
  ],
];

/** Codings of bodies, and those that a client accepts: RFC 9110, sections 8.4 and 12.5. */
export const encodings: readonly RawRequest[] = [
  ...CODINGS.map((coding) =>
    packed(`a plain body under Content-Encoding: ${coding}`, [`Content-Encoding: ${coding}`], 415, asItIs),
  ),
  packed('a gzip body under Content-Encoding: gzip', ['Content-Encoding: gzip'], 415, gzipSync),
  packed('a gzip body without Content-Encoding', [], 400, gzipSync),
  packed('two Content-Encoding lines', ['Content-Encoding: identity', 'Content-Encoding: gzip'], 415, asItIs),
  packed('Content-Encoding: identity, gzip', ['Content-Encoding: identity, gzip'], 415, asItIs),
  ...['identity', 'IDENTITY', 'identity, identity', ''].map((coding) =>
    packed(`Content-Encoding: ${coding}`, [`Content-Encoding: ${coding}`], 201, asItIs),
  ),
  packed('Content-Encoding: gzip and another media type', ['Content-Encoding: gzip'], 415, asItIs),
  request('Content-Encoding: gzip without a body', { headers: ['Content-Encoding: gzip'] }, status(200)),

  ...ACCEPTED.flatMap((value) => {
    const line = `Accept-Encoding: ${value}`;
    const title = line.slice(0, 60);
    return [
      packed(`a POST with ${title}`, [line], 201, asItIs),
      request(`a GET with ${title}`, { headers: [line] }, status(200)),
      request(`an unknown path with ${title}`, { target: '/nope', headers: [line] }, status(404)),
    ];
  }),
  ...['text/html', 'application/xml', '*/*;q=0', 'application/json;q=0', 'nonsense', 'image/*'].flatMap((value) => [
    packed(`a POST with Accept: ${value}`, [`Accept: ${value}`], 201, asItIs),
    request(`an unknown path with Accept: ${value}`, { target: '/nope', headers: [`Accept: ${value}`] }, status(404)),
  ]),
];

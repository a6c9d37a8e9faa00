import { post, type RawRequest, status } from './request.ts';

function typed(title: string, lines: readonly string[], code: number): RawRequest {
  return post(
    title,
    (json) => ({ headers: [`Content-Length: ${Buffer.byteLength(json)}`, ...lines], body: json }),
    status(code),
  );
}

/** JSON with any parameters: RFC 8259 defines none, so they have no effect. */
const TAKEN = [
  ...['application/json', 'Application/JSON', 'application/json;', 'application/json ; charset=utf-8'],
  ...['application/json;charset="utf-8"', 'application/json; charset=UTF-8; x=y', 'application/json; charset=utf-16'],
  ...['application/json; charset=latin1', 'application/json; nonsense', 'application/json;;', '\tapplication/json\t'],
  ...['application/vnd.api+json', 'application/problem+json', 'application/merge-patch+json; charset=utf-8'],
];

const OTHERS = [
  ...['', 'json', 'application', 'application/', '/json', 'text/json', 'text/plain', '*/*', 'application/*', ';'],
  ...['application/jsonx', 'application/xjson', 'application/json+x', 'application/json/x', 'application/+json'],
  ...['application/json, text/plain', 'text/plain, application/json', 'application/json application/json', '"'],
  ...['application /json', 'application/ json', 'application/x y+json', 'application/json-seq', 'application/x-ndjson'],
  ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain; x=application/json'],
  ...['application/octet-stream', 'image/svg+json', '\xffapplication/json', 'application/json\xff'],
];

/** Media types of bodies: RFC 9110, section 8.3. */
export const mediaTypes: readonly RawRequest[] = [
  ...TAKEN.map((type) => typed(`Content-Type: ${JSON.stringify(type)}`, [`Content-Type: ${type}`], 201)),
  ...OTHERS.map((type) => typed(`Content-Type: ${JSON.stringify(type)}`, [`Content-Type: ${type}`], 415)),
  typed('no Content-Type', [], 415),
  typed('two Content-Types', ['Content-Type: application/json', 'Content-Type: text/plain'], 415),
  typed('the same Content-Type twice', ['Content-Type: application/json', 'Content-Type: application/json'], 201),
];

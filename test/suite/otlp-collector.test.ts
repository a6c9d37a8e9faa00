import { expect, test } from 'vitest';
import { withCollector } from '../conformance/otlp/collector.ts';

/** A protobuf field: bytes and messages with a length prefix, numbers without. */
function field(number: number, value: string | Buffer | number): Buffer {
  if (typeof value === 'number') return Buffer.from([number << 3, value]);
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

const message = (...fields: Buffer[]) => Buffer.concat(fields);
const text = (key: string, value: string) => message(field(1, key), field(2, field(1, value)));
const count = (key: string, value: number) => message(field(1, key), field(2, field(3, value)));

const SPAN = message(
  field(1, Buffer.from('0123456789abcdef0123456789abcdef', 'hex')),
  field(2, Buffer.from('0123456789abcdef', 'hex')),
  field(5, 'GET /'),
  field(6, 2),
  // The time, which has eight bytes.
  Buffer.concat([Buffer.from([(7 << 3) | 1]), Buffer.alloc(8, 0xff)]),
  field(9, count('http.response.status_code', 100)),
  field(15, field(3, 2)),
);
const REQUEST = field(1, message(field(1, field(1, text('service.name', 'é'))), field(2, field(2, SPAN))));

async function post(url: string, body: Buffer, type = 'application/x-protobuf') {
  return (await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array(body) })).status;
}

test('a collector decodes the spans it receives', async () => {
  await withCollector(async ({ url, spans }) => {
    expect(await post(`${url}/v1/traces`, REQUEST)).toBe(200);
    expect(spans).toEqual([
      {
        service: 'é',
        version: undefined,
        traceId: '0123456789abcdef0123456789abcdef',
        spanId: '0123456789abcdef',
        parentSpanId: '',
        name: 'GET /',
        kind: 'server',
        attributes: { 'http.response.status_code': 100 },
        isError: true,
      },
    ]);
  });
});

test('a collector ignores other paths and types', async () => {
  await withCollector(async ({ url, spans }) => {
    expect(await post(url, REQUEST)).toBe(404);
    expect(await post(`${url}/v1/traces`, REQUEST, 'application/json')).toBe(404);
    expect(spans).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { benchModule } from './modules.ts';

const { parseWrk } = await benchModule('lib/wrk.mjs');

const OUTPUT = `Running 2s test @ http://127.0.0.1:3000/health
  2 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   563.28us  412.77us  12.31ms   90.11%
    Req/Sec    58.35k     2.90k   63.11k    75.00%
  Latency Distribution
     50%  487.00us
     75%  689.00us
     90%    0.93ms
     99%    1.96ms
  232214 requests in 2.01s, 31.67MB read
Requests/sec: 115529.35
Transfer/sec:     15.76MB
`;

test('figures are read, latencies in microseconds', () => {
  const p99 = expect.closeTo(1960);
  expect(parseWrk(OUTPUT)).toEqual({ requests: 232214, seconds: 2.01, perSecond: 115529.35, p50: 487, p99 });
});

test('seconds, after which wrk prints a space, are read', () => {
  expect(parseWrk(OUTPUT.replace('1.96ms', '1.07s ')).p99).toBeCloseTo(1_070_000);
});

test('a response that is not a success, and an error of a socket, throw', () => {
  expect(() => parseWrk(`${OUTPUT}  Non-2xx or 3xx responses: 7\n`)).toThrow('7 of');
  expect(() => parseWrk(`  Socket errors: connect 0, read 3, write 0, timeout 0\n${OUTPUT}`)).toThrow('read 3');
});

test('a load of requests that are refused throws if one is not', () => {
  const output = (errors: number) => `${OUTPUT}  Non-2xx or 3xx responses: ${errors}\n`;
  expect(parseWrk(output(232214), { isRefused: true }).requests).toBe(232214);
  expect(() => parseWrk(output(232213), { isRefused: true })).toThrow('232213 of 232214');
});

test('other output throws', () => {
  expect(() => parseWrk('unable to connect to 127.0.0.1:3000')).toThrow('unable to connect');
});

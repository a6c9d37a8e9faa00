import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import type { Api } from '../accounts.ts';
import { row, rowWith, type Service, topic } from '../row.ts';
import { createUser } from '../users.ts';

/** Requests with many outcomes: method, path, status, and whether the path has a route. */
const requestsTo = ({ accounts }: Api): readonly (readonly [string, string, number, 'route' | 'path'])[] => [
  ['GET', '/nope', 404, 'path'],
  ['HEAD', '/nope', 404, 'path'],
  ['DELETE', '/health', 405, 'route'],
  ['POST', accounts.path, 415, 'route'],
  ['POST', '/health', 405, 'route'],
];

/** How long a log line may take on a busy machine, in milliseconds. */
const LINE_MS = 10_000;

const linesOf = (service: Service): string[] => service.logs().trimEnd().split('\n');

/** Waits until the log stops growing, and returns its number of lines: HTTP libraries log their own start late. */
async function quiet(service: Service): Promise<number> {
  const lines = linesOf(service).length;
  await sleep(300);
  return linesOf(service).length === lines ? lines : quiet(service);
}

/** Sends the requests one after the other and returns their log lines. */
async function logOf(service: Service): Promise<string[]> {
  const requests = requestsTo(service.api);
  expect((await service.api.get('/health')).status).toBe(200);
  const before = await quiet(service);
  for (const [method, path, status] of requests) {
    expect((await service.api.send(method, path)).status).toBe(status);
  }
  const added = () => linesOf(service).slice(before);
  await poll('a line for each request', LINE_MS, () => expect(added().length).toBeGreaterThanOrEqual(requests.length));
  await quiet(service);
  return added();
}

/** What is written while the service runs. */
export const logging = topic(
  'logs',
  ['launcher'],
  [
    rowWith(
      ['request-log'],
      'LOG_FORMAT=text: one short line per request, the most important fields first',
      async (context) => {
        await context.withService({ LOG_FORMAT: 'text' }, async (service) => {
          const requests = requestsTo(service.api);
          const lines = await logOf(service);
          expect(lines, lines.join('\n')).toHaveLength(requests.length);
          for (const [n, [method, path, status]] of requests.entries()) {
            expect(lines[n]).toMatch(new RegExp(`^\\S+ +INFO (?:[\\w:]+: )?${method} ${path} ${status} \\d`));
            expect(lines[n]?.length, lines[n]).toBeLessThan(160);
          }
        });
      },
    ),

    rowWith(['request-log'], 'LOG_FORMAT=json: one object per request, with numbers as numbers', async (context) => {
      await context.withService({ LOG_FORMAT: 'json' }, async (service) => {
        const requests = requestsTo(service.api);
        const lines = await logOf(service);
        expect(lines, lines.join('\n')).toHaveLength(requests.length);
        for (const line of linesOf(service)) {
          expect(JSON.parse(line)).toMatchObject({ timestamp: expect.stringMatching(/^\d{4}-.*Z$/), level: 'INFO' });
        }
        for (const [n, [method, path, status, key]] of requests.entries()) {
          const line = JSON.parse(lines[n] ?? '');
          expect(line).toMatchObject({ method, [key]: path, status, duration_ms: expect.any(Number) });
        }
      });
    }),

    rowWith(['request-log'], 'a path without a route is logged with the address of its client', async (context) => {
      for (const LOG_FORMAT of ['text', 'json']) {
        await context.withService({ LOG_FORMAT }, async (service) => {
          const before = await quiet(service);
          await service.api.get('/wp-login.php?password=secret');
          await service.api.get(`/${'x'.repeat(2000)}`);
          await poll('both lines', LINE_MS, () => expect(linesOf(service)).toHaveLength(before + 2));
          const [line = '', long = ''] = linesOf(service).slice(before);
          expect(line).toContain('/wp-login.php');
          expect(line).toContain('127.0.0.1');
          expect(line).not.toContain('secret');
          expect(long).toContain('/xxx');
          expect(long.length).toBeLessThan(600);
        });
      }
    }),

    rowWith(['request-log'], 'probes are logged at debug, and at info if they fail', async ({ withService }) => {
      const probes = ['/health', '/ready'] as const;
      await withService({ LOG_LEVEL: 'info' }, async (service) => {
        const before = await quiet(service);
        for (const path of probes) expect((await service.api.get(path)).status).toBe(200);
        await service.api.send('PUT', '/health');
        await poll('the line', LINE_MS, () => expect(linesOf(service).length).toBeGreaterThan(before));
        await sleep(200);
        expect(linesOf(service).slice(before)).toEqual([expect.stringContaining('405')]);
      });
      await withService({ LOG_LEVEL: 'debug' }, async (service) => {
        for (const path of probes) await service.api.get(path);
        await poll('both lines', LINE_MS, () => {
          for (const path of probes) expect(service.logs()).toMatch(new RegExp(`GET ${path} 200`));
        });
      });
    }),

    rowWith(['request-log', 'request-id'], 'the line of a request has its id', async ({ withService }) => {
      for (const LOG_FORMAT of ['text', 'json']) {
        await withService({ LOG_FORMAT }, async (service) => {
          const id = crypto.randomUUID();
          await service.api.get('/nope', { 'x-request-id': id });
          await poll('the line', LINE_MS, () => expect(service.logs()).toContain(id));
          const lines = linesOf(service).filter((line) => line.includes(id));
          expect(lines).toHaveLength(1);
          const [line = ''] = lines;
          if (LOG_FORMAT === 'json') expect(JSON.parse(line)).toMatchObject({ request_id: id });
          else expect(line.trimEnd().endsWith(id), line).toBe(true);
        });
      }
    }),

    rowWith(['request-log'], 'a path cannot forge a line', async ({ withService }) => {
      for (const LOG_FORMAT of ['text', 'json']) {
        await withService({ LOG_FORMAT }, async (service) => {
          await service.api.get('/nope%0a2026-01-01T00:00:00Z%20%20INFO%20forged%1b%5b31m');
          await service.api.get('/"},{"level":"ERROR"}').catch(() => null);
          await service.api.get('/last');
          await poll('the line of the last request', LINE_MS, () => expect(linesOf(service).at(-1)).toMatch(/\/last/));
          expect(linesOf(service).filter((line) => line.startsWith('2026-01-01T00:00:00Z'))).toEqual([]);
          expect(service.logs()).not.toContain('\u001b');
          if (LOG_FORMAT === 'json') {
            for (const line of linesOf(service)) expect(JSON.parse(line)).toMatchObject({ level: 'INFO' });
          }
        });
      }
    }),

    rowWith(['request-log'], 'neither can headers, nor bytes that are not text', async ({ withService }) => {
      await withService({}, async (service) => {
        // Bytes that some parsers accept, sent unencoded: a line separator, and a mark that reverses text.
        const bytes = Buffer.from('\u2028\u202eevil', 'utf8').toString('latin1');
        const headers = { 'x-request-id': bytes, traceparent: bytes, 'user-agent': bytes, 'x-forwarded-for': bytes };
        await service.api.get(`/nope${bytes}`).catch(() => null);
        await service.api.get('/nope', headers).catch(() => null);
        await service.api.get('/last');
        await poll('the line of the last request', LINE_MS, () => expect(linesOf(service).at(-1)).toMatch(/\/last/));
        expect(service.logs()).not.toMatch(/[\u2028\u202e]/);
      });
    }),

    rowWith(['request-log'], 'no line is lost at shutdown', async ({ withService }) => {
      await withService({}, async (service) => {
        const paths = Array.from({ length: 200 }, (_, n) => `/nope-${n}-`);
        for (let n = 0; n < paths.length; n += 20) {
          await Promise.all(paths.slice(n, n + 20).map((path) => service.api.get(path)));
        }
        await service.stop();
        for (const path of paths) expect(service.logs()).toContain(path);
      });
    }),

    rowWith(['request-log'], 'RUST_LOG replaces LOG_LEVEL', async ({ withService }) => {
      await withService({ RUST_LOG: 'debug' }, async (service) => {
        expect((await service.api.get('/health')).status).toBe(200);
        await poll('the line of the request', LINE_MS, () => expect(linesOf(service).join()).toMatch(/GET \/health/));
      });
    }),

    row('a wrong RUST_LOG is not blamed on LOG_LEVEL', async ({ launcher }) => {
      const { code, logs } = await launcher().run([], { ...(await launcher().storage()), RUST_LOG: 'my_crate=loud' });
      expect(code ?? 0, logs).toBeGreaterThan(0);
      expect(logs).toContain('RUST_LOG must be');
      expect(logs).not.toContain('LOG_LEVEL');
    }),

    row('a failed start prints its reason even with the log off', async ({ launcher }) => {
      const { code, logs } = await launcher().run([], {
        ...(await launcher().storage()),
        RUST_LOG: 'off',
        PORT: 'abc',
      });
      expect(code ?? 0, logs).toBeGreaterThan(0);
      expect(logs).toContain('PORT');
    }),

    rowWith(['secrets'], 'no secret is logged, not even at trace', async ({ withService, launcher }) => {
      await withService({ LOG_LEVEL: 'trace' }, async (service) => {
        await createUser(service.api);
        expect((await service.api.get('/ready')).status).toBe(200);
        for (const secret of launcher().secrets?.() ?? []) expect(service.logs()).not.toContain(secret);
      });
    }),

    rowWith(['secrets'], 'no secret is in the error of a failed start', async ({ launcher }) => {
      const { DATABASE_URL = '', ...others } = await launcher().storage();
      const unreachable = new URL(DATABASE_URL);
      unreachable.port = '1';
      const malformed = DATABASE_URL.replace(/:\d+\//, ':port/');
      for (const url of [unreachable.href, malformed, `x${DATABASE_URL}`]) {
        const { code, logs } = await launcher().run([], { ...others, DATABASE_URL: url, LOG_LEVEL: 'trace' });
        expect(code ?? 0, logs).toBeGreaterThan(0);
        for (const secret of launcher().secrets?.() ?? []) expect(logs).not.toContain(secret);
      }
    }),
  ],
);

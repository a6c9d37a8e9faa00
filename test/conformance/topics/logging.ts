import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import type { Api } from '../accounts.ts';
import { row, rowWith, type Service, topic } from '../row.ts';
import { createUser } from '../users.ts';

/** Requests of many outcomes, whoever asks: method, path, status. */
const requestsTo = ({ accounts }: Api): readonly (readonly [method: string, path: string, status: number])[] => [
  ['GET', '/health', 200],
  ['HEAD', '/health', 200],
  ['GET', '/nope', 404],
  ['DELETE', '/health', 405],
  ['POST', accounts.path, 415],
  ['POST', '/health', 405],
];

/** How long a line may be on its way on a machine that does other things too, in milliseconds. */
const LINE_MS = 10_000;

const linesOf = (service: Service): string[] => service.logs().trimEnd().split('\n');

/** Sends the requests one after the other and gives the lines that they left in the log. */
async function logOf(service: Service): Promise<string[]> {
  const requests = requestsTo(service.api);
  const before = linesOf(service).length;
  for (const [method, path, status] of requests) {
    expect((await service.api.send(method, path)).status).toBe(status);
  }
  const added = () => linesOf(service).slice(before);
  await poll('a line for each request', LINE_MS, () => expect(added().length).toBeGreaterThanOrEqual(requests.length));
  await sleep(200);
  return added();
}

/** What is written while the service runs. */
export const logging = topic(
  'logs',
  ['launcher'],
  [
    rowWith(['request-log'], 'LOG_FORMAT=text: one line a request, with method and status', async (context) => {
      await context.withService({ LOG_FORMAT: 'text' }, async (service) => {
        const requests = requestsTo(service.api);
        const lines = await logOf(service);
        expect(lines, lines.join('\n')).toHaveLength(requests.length);
        for (const [n, [method, , status]] of requests.entries()) {
          expect(lines[n]).toContain(method);
          expect(lines[n]).toContain(String(status));
        }
      });
    }),

    rowWith(['request-log'], 'LOG_FORMAT=json: one object a request, with method and status', async (context) => {
      await context.withService({ LOG_FORMAT: 'json' }, async (service) => {
        const requests = requestsTo(service.api);
        const lines = await logOf(service);
        expect(lines, lines.join('\n')).toHaveLength(requests.length);
        for (const line of linesOf(service)) expect(JSON.parse(line)).toBeInstanceOf(Object);
        for (const [n, [method, , status]] of requests.entries()) {
          expect(lines[n]).toContain(`"${method}"`);
          expect(lines[n]).toMatch(new RegExp(`:"?${status}\\b`));
        }
      });
    }),

    rowWith(['request-log', 'request-id'], 'the line of a request carries its id', async ({ withService }) => {
      await withService({}, async (service) => {
        const id = crypto.randomUUID();
        await service.api.get('/health', { 'x-request-id': id });
        await poll('the line', LINE_MS, () => expect(service.logs()).toContain(id));
        expect(linesOf(service).filter((line) => line.includes(id))).toHaveLength(1);
      });
    }),

    rowWith(['request-log'], 'a path cannot forge a line', async ({ withService }) => {
      await withService({}, async (service) => {
        await service.api.get('/nope%0a2026-01-01T00:00:00Z%20%20INFO%20forged%1b%5b31m');
        await service.api.get('/health');
        await poll('the line of the request after it', LINE_MS, () => expect(linesOf(service).at(-1)).toMatch(/200/));
        expect(linesOf(service).filter((line) => line.startsWith('2026-01-01T00:00:00Z'))).toEqual([]);
        expect(service.logs()).not.toContain('\u001b');
      });
    }),

    rowWith(['request-log'], 'RUST_LOG stands in for LOG_LEVEL', async ({ withService }) => {
      await withService({ RUST_LOG: 'debug' }, async (service) => {
        expect((await service.api.get('/health')).status).toBe(200);
        await poll('the line of the request', LINE_MS, () => expect(linesOf(service).join()).toMatch(/GET/));
      });
    }),

    row('a start that fails says why even where the log is off', async ({ launcher }) => {
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

    rowWith(['secrets'], 'no secret is in the message of a start that fails', async ({ launcher }) => {
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

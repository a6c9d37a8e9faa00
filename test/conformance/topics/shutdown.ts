import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import type { Api } from '../accounts.ts';
import { scrape } from '../exposition.ts';
import { requestHead } from '../http/client.ts';
import { type Exchange, openExchange } from '../http/exchange.ts';
import type { Reply } from '../http/reply.ts';
import { withCollector } from '../otlp/collector.ts';
import { row, rowWith, type Service, topic } from '../row.ts';
import { listUsers, newUser, type User } from '../users.ts';

/** How long a service may take to read what has been sent on a connection that it has accepted, in milliseconds. */
const READ_MS = 300;

/** How long an exit may take on a busy machine, in seconds: less than anything it must not wait for. */
const END_SECONDS = 10;
const FOR_EVER = '30';

/** A request whose body is only half sent. */
interface HeldRequest extends Exchange {
  sendRest(): void;
}

/** Starts creating a user; the service has read the head and half of the body when this resolves. */
async function holdRequests(api: Api, count: number): Promise<HeldRequest[]> {
  const held = Array.from({ length: count }, () => {
    const exchange = openExchange(api.baseUrl, { withinMs: 30_000 });
    const body = JSON.stringify(newUser(api));
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
    exchange.write(requestHead('POST', api.accounts.path, headers) + body.slice(0, 10));
    return { ...exchange, sendRest: () => exchange.write(body.slice(10)) };
  });
  await Promise.all(held.map(({ connected }) => connected));
  // Connections are accepted in the order in which they were made.
  expect((await api.get('/health')).status).toBe(200);
  await sleep(READ_MS);
  return held;
}

/** Expects the process to exit soon with code 0. */
async function expectExit({ exit, logs }: Pick<Service, 'exit' | 'logs'>): Promise<void> {
  const late = sleep(END_SECONDS * 1000, 'still running', { ref: false });
  expect(await Promise.race([exit, late]), logs()).toEqual({ code: 0, signal: null });
}

/** Waits until the service refuses connections. */
async function untilRefused({ baseUrl }: Service): Promise<void> {
  await poll('new connections are refused', END_SECONDS * 1000, async () => {
    const exchange = openExchange(baseUrl);
    const isConnected = await exchange.connected.then(() => true).catch(() => false);
    exchange.destroy();
    if (isConnected) throw new Error('a connection was accepted');
  });
}

const inFlight = (signal: NodeJS.Signals) =>
  row(`${signal}: new connections are refused, no request in flight is lost, exit code 0`, async (context) => {
    await context.withService({ SHUTDOWN_TIMEOUT_SECONDS: FOR_EVER }, async (service) => {
      const held = await holdRequests(service.api, 30);
      service.signal(signal);
      await untilRefused(service);
      const replies: Reply[] = [];
      // Completed one at a time: the test is about requests in flight, not about the speed of the database.
      for (const { sendRest, reply } of held) {
        sendRest();
        replies.push(await reply);
      }
      expect(replies.map(({ status }) => status)).toEqual(Array(30).fill(201));
      await expectExit(service);
      if (!context.has('database')) return;
      await context.withService(service.env, async ({ api }) => {
        await api.signIn(replies[0]?.json<User>().email ?? '');
        expect((await listUsers(api)).total).toBe(30);
      });
    });
  });

/** What happens between a signal and the exit. */
export const shutdown = topic(
  'shutdown',
  ['launcher'],
  [
    ...(['SIGTERM', 'SIGINT'] as const).map((signal) => inFlight(signal)),

    row('for SHUTDOWN_DELAY_SECONDS, /ready is 503 and everything else is served', async ({ withService }) => {
      await withService({ SHUTDOWN_DELAY_SECONDS: '3' }, async (service) => {
        const { api } = service;
        const started = Date.now();
        service.signal('SIGTERM');
        await poll('/ready is 503', 1000, async () => expect((await api.get('/ready')).status).toBe(503));
        expect((await api.get('/health')).status).toBe(200);
        expect((await api.post(api.accounts.path, newUser(api))).status).toBe(201);
        await untilRefused(service);
        expect(Date.now() - started, 'milliseconds until connections are refused').toBeGreaterThan(2800);
        await expectExit(service);
      });
    }),

    rowWith(['metrics'], 'for SHUTDOWN_DELAY_SECONDS, metrics are served', async ({ withService }) => {
      await withService({ SHUTDOWN_DELAY_SECONDS: '3' }, async (service) => {
        service.signal('SIGTERM');
        await poll('/ready is 503', 1000, async () => expect((await service.api.get('/ready')).status).toBe(503));
        await sleep(READ_MS);
        expect(await scrape(service.metrics())).not.toEqual([]);
        await expectExit(service);
      });
    }),

    rowWith(['database'], 'under load: every 201 is stored, no response is cut off', async (context) => {
      await context.withService({}, async (service) => {
        const statuses: number[] = [];
        const failures: string[] = [];
        const work = async () => {
          for (;;) {
            try {
              statuses.push((await service.api.post(service.api.accounts.path, newUser(service.api))).status);
            } catch (error) {
              failures.push((error as Error).message);
              return;
            }
          }
        };
        const workers = Array.from({ length: 10 }, work);
        await sleep(READ_MS);
        service.signal('SIGTERM');
        await Promise.all(workers);
        await expectExit(service);
        expect(failures).toEqual(Array(10).fill('closed after 0 bytes of a response'));
        expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
        const created = statuses.filter((status) => status === 201).length;
        expect(created).toBeGreaterThan(0);
        await context.withService(service.env, async ({ api }) => {
          expect((await listUsers(api)).total).toBeGreaterThanOrEqual(created);
        });
      });
    }),

    rowWith([], 'SHUTDOWN_TIMEOUT_SECONDS limits the wait for a request that never ends', async (context) => {
      const unbounded = context.has('timeout') ? { REQUEST_TIMEOUT_SECONDS: FOR_EVER } : {};
      await context.withService({ ...unbounded, SHUTDOWN_TIMEOUT_SECONDS: '1' }, async (service) => {
        await holdRequests(service.api, 1);
        const started = Date.now();
        service.signal('SIGTERM');
        await expectExit(service);
        expect(Date.now() - started, 'it was given its time').toBeGreaterThan(800);
      });
    }),

    rowWith(['opentelemetry'], 'spans are sent even if requests in flight are aborted', async (context) => {
      const unbounded = context.has('timeout') ? { REQUEST_TIMEOUT_SECONDS: FOR_EVER } : {};
      await withCollector(async ({ url, spans }) => {
        const env = { ...unbounded, OTEL_EXPORTER_OTLP_ENDPOINT: url, SHUTDOWN_TIMEOUT_SECONDS: '1' };
        await context.withService(env, async (service) => {
          await holdRequests(service.api, 1);
          service.signal('SIGTERM');
          await expectExit(service);
          expect(spans.map(({ name }) => name)).toContain('GET /health');
        });
      });
    }),

    row('connections without a request in flight do not delay it', async ({ withService }) => {
      await withService({ SHUTDOWN_TIMEOUT_SECONDS: FOR_EVER }, async (service) => {
        const { hostname, port } = new URL(service.baseUrl);
        const silent = connect(Number(port), hostname).on('error', () => {});
        const half = connect(Number(port), hostname).on('error', () => {});
        half.write(requestHead('GET', '/health').slice(0, -2));
        const served = connect(Number(port), hostname).on('error', () => {});
        served.write(requestHead('GET', '/health', { connection: 'keep-alive' }));
        await new Promise((resolve) => served.once('data', resolve));
        service.signal('SIGTERM');
        await expectExit(service);
        for (const socket of [silent, half, served]) socket.destroy();
      });
    }),
  ],
);

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Api } from '../accounts.ts';
import { requestHead } from '../http/client.ts';
import { openExchange } from '../http/exchange.ts';
import { row, topic } from '../row.ts';
import { newUser } from '../users.ts';

/** Values of KEEP_ALIVE_SECONDS and CLIENT_TIMEOUT_SECONDS, short enough to wait for. */
const SHORT = 3;

/** How long a head may take, in seconds. */
const HEAD = 10;

/** How much later than its deadline a connection may be closed on a busy machine, in seconds. */
const LATE = 4;

/** A connection that is written and read byte by byte. */
interface Connection {
  readonly socket: Socket;
  write(bytes: string): void;
  /** Waits for the head of the next response. */
  response(): Promise<string>;
  /** Seconds from now to the end of the connection. */
  closed(): Promise<number>;
}

async function open({ baseUrl }: Pick<Api, 'baseUrl'>): Promise<Connection> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true }).on('error', () => {});
  await once(socket, 'connect');
  return {
    socket,
    write: (bytes) => void socket.write(bytes),
    response: async () => String((await once(socket, 'data'))[0]),
    closed: async () => {
      const since = Date.now();
      // A socket that is not read does not notice that it was closed.
      if (!socket.isPaused()) socket.resume();
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
      return (Date.now() - since) / 1000;
    },
  };
}

/** A request that leaves its connection open. */
const ask = (path: string) => requestHead('GET', path, { connection: 'keep-alive' });

const jsonHead = (api: Api, headers: Readonly<Record<string, string>>) =>
  requestHead('POST', api.accounts.path, { 'content-type': 'application/json', ...headers });

/** Sends a byte twice a second for as long as the connection lives. */
async function trickle({ socket }: Connection): Promise<void> {
  while (!socket.destroyed) {
    socket.write('x');
    await sleep(500);
  }
}

/** What a client does before it stalls, and the seconds after which it is disconnected. */
const PHASES: Readonly<Record<string, readonly [seconds: number, stall: (it: Connection, api: Api) => unknown]>> = {
  'nothing is sent': [HEAD, () => {}],
  'half a head is sent': [HEAD, ({ write }) => write(ask('/health').slice(0, 30))],
  'a head is sent byte by byte': [
    HEAD,
    (connection) => {
      connection.write('GET /health HTTP/1.1\r\nx-slow: ');
      void trickle(connection);
    },
  ],
  'half of a second head is sent': [
    HEAD,
    async ({ write, response }) => {
      write(ask('/health'));
      await response();
      write(ask('/health').slice(0, 30));
    },
  ],
  'no second request is sent': [
    SHORT,
    async ({ write, response }) => {
      write(ask('/health'));
      await response();
    },
  ],
  'half a body is sent': [SHORT, ({ write }, api) => write(`${jsonHead(api, { 'content-length': '100' })}{"name":`)],
  'a body is sent byte by byte': [
    SHORT,
    (connection, api) => {
      connection.write(jsonHead(api, { 'content-length': '1000' }));
      void trickle(connection);
    },
  ],
  'half a chunk is sent': [
    SHORT,
    ({ write }, api) => write(`${jsonHead(api, { 'transfer-encoding': 'chunked' })}40\r\n{"name":`),
  ],
  'no body follows 100 Continue': [
    SHORT,
    async ({ write, response }, api) => {
      write(jsonHead(api, { 'content-length': '100', expect: '100-continue' }));
      expect(await response()).toMatch(/^HTTP\/1\.1 100 /);
    },
  ],
  'no response is read': [
    SHORT,
    (connection) => {
      connection.socket.pause();
      // Responses repeat the path, so these fill every buffer between service and client.
      connection.write(ask(`/${'x'.repeat(6000)}`).repeat(2000));
      // A client that does not read notices the close only by writing.
      void trickle(connection);
    },
  ],
};

/** Bodies that no handler reads, which may end before a deadline. */
const unread = (headers: Readonly<Record<string, string>>) =>
  requestHead('POST', '/nowhere', { connection: 'keep-alive', ...headers });

/** Opens half-open connections, a few more than the service allows. */
async function flood(api: Api, count: number): Promise<Connection[]> {
  const connections = await Promise.all(Array.from({ length: count }, () => open(api)));
  for (const { write } of connections) write(ask('/health').slice(0, 30));
  return connections;
}

/** Expects a new connection to be served at once, long before half-open ones reach their deadline. */
async function expectService(api: Api): Promise<void> {
  const started = Date.now();
  expect((await api.get('/health')).status).toBe(200);
  expect((Date.now() - started) / 1000, 'seconds until /health responds').toBeLessThan(HEAD / 2);
}

/** A deadline for every phase of a connection, and a limit on their number. */
export const connections = topic(
  'connections',
  ['launcher'],
  [
    row('a client that stalls is disconnected, in every phase', async (context) => {
      const idle = await open(context.api);
      idle.write(ask('/health'));
      await idle.response();

      const env = { KEEP_ALIVE_SECONDS: String(SHORT), CLIENT_TIMEOUT_SECONDS: String(SHORT) };
      await context.withService({ ...env, SHUTDOWN_TIMEOUT_SECONDS: '1' }, async ({ api }) => {
        const seconds = async ([title, [, stall]]: (typeof stalls)[number]) => {
          const connection = await open(api);
          await stall(connection, api);
          const late = sleep((HEAD + LATE) * 1500, Number.POSITIVE_INFINITY, { ref: false });
          return [title, await Promise.race([connection.closed(), late])] as const;
        };
        const stalls = Object.entries(PHASES);
        for (const [title, after] of await Promise.all(stalls.map(seconds))) {
          const [deadline] = PHASES[title] ?? [0];
          expect(after, `${title}: seconds until the connection is closed`).toBeGreaterThan(deadline - 1);
          expect(after, `${title}: seconds until the connection is closed`).toBeLessThan(deadline + LATE);
        }
        await expectService(api);
      });

      idle.write(ask('/health'));
      expect(await idle.response(), 'idle for longer than a head may take').toMatch(/^HTTP\/1\.1 200 /);
      idle.socket.destroy();
    }),

    row('an unread body does not hold its connection', async ({ withService }) => {
      await withService({ KEEP_ALIVE_SECONDS: String(SHORT), SHUTDOWN_TIMEOUT_SECONDS: '1' }, async ({ api }) => {
        const bodies = [{ 'content-length': '1000000' }, { 'transfer-encoding': 'chunked' }];
        const closed = bodies.map(async (headers) => {
          const connection = await open(api);
          connection.write(`${unread(headers)}1\r\nx\r\n`);
          expect(await connection.response()).toMatch(/^HTTP\/1\.1 404 /);
          return connection.closed();
        });
        for (const seconds of await Promise.all(closed)) expect(seconds).toBeLessThan(HEAD + LATE);
      });
    }),

    row('requests in one packet get their responses in order', async ({ api }) => {
      const connection = await open(api);
      const requests = ['/health', '/nowhere', '/health', '/ready'];
      let received = '';
      connection.socket.on('data', (data) => {
        received += data;
      });
      connection.write(requests.map(ask).slice(0, -1).join('') + requestHead('GET', '/ready'));
      await connection.closed();
      expect(received.match(/(?<=HTTP\/1\.1 )\d+/g)).toEqual(['200', '404', '200', '200']);
    }),

    row('over MAX_CONNECTIONS, idle connections are closed and requests in flight are not', async (context) => {
      await context.withService({ MAX_CONNECTIONS: '20', SHUTDOWN_TIMEOUT_SECONDS: '1' }, async ({ api }) => {
        const body = JSON.stringify(newUser(api));
        const exchange = openExchange(api.baseUrl);
        exchange.write(jsonHead(api, { 'content-length': String(body.length) }) + body.slice(0, 10));
        await exchange.connected;
        await expectService(api);

        const half = await flood(api, 100);
        await expectService(api);
        exchange.write(body.slice(10));
        expect((await exchange.reply).status).toBe(201);
        for (const { socket } of half) socket.destroy();
        await expectService(api);

        for (let count = 0; count < 30; count++) {
          const idle = await open(api);
          idle.write(ask('/health'));
          await idle.response();
        }
        const slow = await open(api);
        const reply = Promise.race([slow.response(), slow.closed()]);
        await sleep(500);
        slow.write(ask('/health'));
        expect(await reply, 'on a new connection beside idle ones').toMatch(/^HTTP\/1\.1 200 /);
        slow.socket.destroy();
      });
    }),

    row('370 half-open connections do not stop a service with 256 files from responding', async (context) => {
      await context.withService(
        { SHUTDOWN_TIMEOUT_SECONDS: '1' },
        async ({ api }) => {
          const half = await flood(api, 370);
          await expectService(api);
          expect((await api.get('/ready')).status).toBe(200);
          expect((await api.post(api.accounts.path, newUser(api))).status).toBe(201);
          for (const { socket } of half) socket.destroy();
          await expectService(api);
        },
        { files: 256 },
      );
    }),
  ],
);

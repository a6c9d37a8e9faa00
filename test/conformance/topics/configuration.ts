import { expect } from 'vitest';
import { row, rowWith, topic } from '../row.ts';
import type { Need } from '../target.ts';
import { identify } from '../users.ts';

/** Values that each variable must reject, and what must be enabled for the service to read it. */
const MALFORMED: readonly (readonly [name: string, values: readonly string[], needs: readonly Need[]])[] = [
  ['HOST', ['not a host', '300.0.0.1', 'a..b', 'http://localhost', 'localhost:80'], []],
  ['PORT', ['abc', '-1', '65536', '80.5', '0x50', '8 0'], []],
  ['METRICS_HOST', ['not a host'], ['metrics']],
  ['METRICS_PORT', ['abc', '65536'], ['metrics']],
  ['LOG_LEVEL', ['loud', 'my_service=loud', 'info,a=b=c'], []],
  ['LOG_FORMAT', ['xml', 'JSON lines'], []],
  ['SHUTDOWN_TIMEOUT_SECONDS', ['soon', '-1', '10s', '0', '86401', '99999999999999999999'], []],
  ['DATABASE_URL', ['not a url', 'http://localhost/db', 'foo:bar'], ['database']],
  // Each connection would open an in-memory database of its own.
  ['DATABASE_URL', ['sqlite::memory:', 'sqlite://:memory:', 'sqlite://app?mode=memory', 'sqlite:'], ['database']],
  ['DATABASE_MAX_CONNECTIONS', ['many', '0', '-1', '65536'], ['database']],
  ['RUN_MIGRATIONS', ['maybe', '2'], ['database']],
  ['REQUEST_TIMEOUT_SECONDS', ['long', '-1'], ['timeout']],
  ['BODY_LIMIT_BYTES', ['10MB', '-1'], ['body-limit']],
  ['RATE_LIMIT_REQUESTS', ['0', '-1', 'many'], ['rate-limit']],
  ['RATE_LIMIT_PERIOD_SECONDS', ['0', '1m'], ['rate-limit']],
  ['TRUSTED_PROXIES', ['-1'], ['rate-limit']],
  ['TRUSTED_PROXIES', ['all'], ['accounts']],
  ['REDIS_URL', ['not a url', 'http://localhost'], ['redis']],
  ['CACHE_TTL_SECONDS', ['0', 'long'], ['redis']],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', ['localhost:4318', 'ftp://localhost', 'http://', 'http://a b'], ['opentelemetry']],
  ['JWT_LIFETIME_SECONDS', ['long', '0', '-1'], ['auth:jwt']],
  ['SESSION_IDLE_SECONDS', ['0', '1d'], ['auth:session']],
  ['SESSION_LIFETIME_SECONDS', ['0', '99999999999'], ['auth:session']],
  ['SESSION_COOKIE_SECURE', ['yes', '1'], ['auth:session']],
  [
    'CORS_ALLOWED_ORIGINS',
    [
      ...['*', 'app.example', 'https://app.example/path', 'https://app.example/', 'https://a.example,,nope'],
      // Browsers leave these ports out.
      ...['https://app.example:443', 'http://app.example:80'],
    ],
    ['cors'],
  ],
];

/** Values that the documentation allows, for each variable. */
const ALLOWED: readonly (readonly [name: string, values: readonly string[], needs: readonly Need[]])[] = [
  ['HOST', ['127.0.0.1', 'localhost', ' 127.0.0.1 ', ''], []],
  ['PORT', ['0', ' 0\n'], []],
  ['METRICS_HOST', ['127.0.0.1', 'localhost'], ['metrics']],
  ['LOG_LEVEL', ['info', 'debug', 'trace', 'INFO', 'info,hyper=warn', 'debug,[request]=trace'], []],
  ['RUST_LOG', ['debug,my_crate=debug', 'info,my_crate::module=trace,[request{method}]=debug'], []],
  ['LOG_FORMAT', ['text', 'json'], []],
  ['SHUTDOWN_TIMEOUT_SECONDS', ['1', '86400'], []],
  ['DATABASE_MAX_CONNECTIONS', ['1', '65535'], ['database']],
  ['RUN_MIGRATIONS', ['true', 'false'], ['database']],
  ['REQUEST_TIMEOUT_SECONDS', ['1', '86400'], ['timeout']],
  ['BODY_LIMIT_BYTES', ['0', '10485760'], ['body-limit']],
  ['RATE_LIMIT_REQUESTS', ['1', '4294967295'], ['rate-limit']],
  ['RATE_LIMIT_PERIOD_SECONDS', ['1', '86400'], ['rate-limit']],
  ['TRUSTED_PROXIES', ['0', '3'], ['rate-limit']],
  ['REDIS_KEY_PREFIX', ['other:'], ['redis']],
  ['CACHE_TTL_SECONDS', ['1', '86400'], ['redis']],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', ['none', 'http://localhost:4318', 'http://127.0.0.1:4318/'], ['opentelemetry']],
  ['JWT_LIFETIME_SECONDS', ['1', '86400'], ['auth:jwt']],
  ['SESSION_IDLE_SECONDS', ['1', '31536000'], ['auth:session']],
  ['SESSION_LIFETIME_SECONDS', ['1', '31536000'], ['auth:session']],
  ['SESSION_COOKIE_SECURE', ['true', 'false'], ['auth:session']],
  ['CORS_ALLOWED_ORIGINS', ['none', 'https://app.example.com,http://localhost:5173'], ['cors']],
];

/** Configuration from the environment: the service starts only if all of it is valid. */
export const configuration = topic(
  'configuration',
  ['launcher'],
  [
    ...MALFORMED.flatMap(([name, values, needs]) =>
      values.map((value) =>
        rowWith(needs, `${name}=${value} stops the start with a message that names it`, async ({ launcher }) => {
          const { code, logs } = await launcher().run([], { ...(await launcher().storage()), [name]: value });
          expect(code ?? 0, logs).toBeGreaterThan(0);
          expect(logs).toContain(name);
          expect(logs).not.toMatch(/panicked|RUST_BACKTRACE|listening on/);
        }),
      ),
    ),

    ...ALLOWED.map(([name, values, needs]) =>
      rowWith(needs, `${name} may be ${values.map((value) => JSON.stringify(value)).join(', ')}`, async (context) => {
        for (const value of values) {
          await context.withService({ [name]: value }, async ({ api }) => {
            expect((await api.get('/health')).status, value).toBe(200);
          });
        }
      }),
    ),

    row('every wrong variable is named at once, each on a line with its value', async ({ launcher }) => {
      const wrong = { PORT: 'abc', LOG_FORMAT: 'xml', SHUTDOWN_TIMEOUT_SECONDS: 'soon\u001b[31m\n', HOST: 'a b' };
      const { code, logs } = await launcher().run([], { ...(await launcher().storage()), ...wrong });
      expect(code ?? 0, logs).toBeGreaterThan(0);
      for (const [name, value] of Object.entries(wrong)) {
        const lines = logs.split('\n').filter((line) => line.includes(name));
        expect(lines, logs).toHaveLength(1);
        expect(lines[0]).toContain(value.slice(0, 3));
      }
      expect(logs).not.toContain('\u001b');
    }),

    rowWith(
      ['secrets'],
      'a missing DATABASE_URL that would hold a secret stops the start with a message that names it',
      async ({ launcher }) => {
        for (const env of [{}, { DATABASE_URL: '' }]) {
          const { code, logs } = await launcher().run([], env);
          expect(code ?? 0, logs).toBeGreaterThan(0);
          expect(logs).toContain('DATABASE_URL');
        }
      },
    ),

    rowWith(['redis'], 'a missing REDIS_URL stops the start with a message that names it', async ({ launcher }) => {
      const { code, logs } = await launcher().run([], { ...(await launcher().storage()), REDIS_URL: '' });
      expect(code ?? 0, logs).toBeGreaterThan(0);
      expect(logs).toContain('REDIS_URL');
    }),

    row('PORT=0 picks a free port and logs it', async ({ withService }) => {
      await withService({ PORT: '0' }, async (one) => {
        await withService({ PORT: '0' }, async (other) => {
          expect(new URL(one.baseUrl).port).toMatch(/^[1-9]\d+$/);
          expect(other.baseUrl).not.toBe(one.baseUrl);
          expect((await one.api.get('/health')).status).toBe(200);
          expect((await other.api.get('/health')).status).toBe(200);
        });
      });
    }),

    row('HOST=0.0.0.0 is reachable', async ({ withService }) => {
      await withService({ HOST: '0.0.0.0' }, async ({ api }) => {
        expect((await api.get('/health')).status).toBe(200);
      });
    }),

    row('a port in use stops the start with a message that names it', async ({ withService, launcher }) => {
      await withService({}, async ({ baseUrl }) => {
        const { port } = new URL(baseUrl);
        const { code, logs } = await launcher().run([], { ...(await launcher().storage()), PORT: port });
        expect(code ?? 0, logs).toBeGreaterThan(0);
        expect(logs).toContain(port);
        expect(logs).not.toMatch(/panicked/);
      });
    }),

    rowWith(['database'], 'DATABASE_MAX_CONNECTIONS=1 is slow under load but correct', async ({ withService }) => {
      await withService({ DATABASE_MAX_CONNECTIONS: '1' }, async ({ api }) => {
        await identify(api);
        const replies = await Promise.all(Array.from({ length: 20 }, () => api.get('/api/v1/users')));
        expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
      });
    }),
  ],
);

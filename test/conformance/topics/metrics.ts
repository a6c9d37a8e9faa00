import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import { type Sample, scrape, total } from '../exposition.ts';
import { requestHead } from '../http/client.ts';
import { openExchange } from '../http/exchange.ts';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { USER_ROUTE, USERS } from '../users.ts';

const FORMAT = /^(text\/plain; version=0\.0\.4|application\/openmetrics-text; version=1\.0\.0)(;|$)/;
const REQUESTS = 'http_requests_total';
const DURATIONS = 'http_request_duration_seconds';
const IN_FLIGHT = 'http_requests_in_flight';

const UNUSED = '00000000-0000-7000-8000-000000000000';

const series = (samples: readonly Sample[]) => samples.map(({ name, labels }) => JSON.stringify([name, labels]));

/** The metrics that Prometheus scrapes. */
export const metrics = topic(
  'metrics',
  ['metrics', 'launcher'],
  [
    row('GET /metrics returns the text format of Prometheus', async ({ metrics }) => {
      const reply = await metrics().get('/metrics');
      expect(reply.header('content-type')).toMatch(FORMAT);
      expect(await scrape(metrics())).not.toEqual([]);
    }),

    row('/metrics has GET and HEAD only, and the listener has no other path', async ({ metrics }) => {
      const head = await metrics().head('/metrics');
      expect(head.status).toBe(200);
      expect(head.body).toHaveLength(0);
      for (const method of ['POST', 'PUT', 'DELETE'])
        expect((await metrics().send(method, '/metrics')).status).toBe(405);
      for (const path of ['/', '/health', '/ready', USERS]) expect((await metrics().get(path)).status).toBe(404);
    }),

    row('the public listener has no /metrics', async ({ api, metrics }) => {
      expectProblem(await api.get('/metrics'), 404, '/metrics');
      expect(api.baseUrl).not.toBe(metrics().baseUrl);
    }),

    row('they listen on loopback unless METRICS_HOST is set', async ({ withService }) => {
      await withService({ HOST: '0.0.0.0' }, async (service) => {
        expect(service.logs()).toMatch(/metrics on http:\/\/127\.0\.0\.1:\d+\/metrics/);
        expect(await scrape(service.metrics())).not.toEqual([]);
      });
      await withService({ METRICS_HOST: '0.0.0.0' }, async (service) => {
        expect(service.logs()).toMatch(/metrics on http:\/\/0\.0\.0\.0:\d+\/metrics/);
        expect(await scrape(service.metrics())).not.toEqual([]);
      });
    }),

    row('a METRICS_PORT in use stops the start with a message that names it', async (context) => {
      await context.withService({}, async (service) => {
        const { port } = new URL(service.metrics().baseUrl);
        const env = { ...(await context.launcher().storage()), METRICS_PORT: port };
        const { code, logs } = await context.launcher().run([], env);
        expect(code ?? 0, logs).toBeGreaterThan(0);
        expect(logs).toContain(port);
        expect(logs).not.toMatch(/panicked|listening on/);
      });
    }),

    row('a scrape is neither counted nor logged', async ({ withService }) => {
      await withService({ LOG_LEVEL: 'info' }, async (service) => {
        for (let n = 0; n < 3; n++) await scrape(service.metrics());
        await service.api.get('/nowhere');
        expect(total(await scrape(service.metrics()), REQUESTS)).toBe(1);
        await service.stop();
        expect(service.logs().match(/\/metrics/g)).toHaveLength(1);
      });
    }),

    rowWith(['rate-limit'], 'no number of scrapes is 429', async ({ withService }) => {
      await withService({ RATE_LIMIT_REQUESTS: '1' }, async (service) => {
        for (let n = 0; n < 5; n++) await scrape(service.metrics());
      });
    }),

    row('a request is counted by its method, route and status, and timed', async ({ api, metrics }) => {
      const before = await scrape(metrics());
      const replies = [await api.get('/health'), await api.get('/health'), await api.send('PUT', '/health')];
      const after = await scrape(metrics());
      for (const name of [REQUESTS, `${DURATIONS}_count`]) {
        const added = (method: string, status: number) => {
          const labels = { method, route: '/health', status: String(status) };
          return total(after, name, labels) - total(before, name, labels);
        };
        expect(replies.map(({ status }) => status)).toEqual([200, 200, 405]);
        expect(added('GET', 200), name).toBe(2);
        expect(added('PUT', 405), name).toBe(1);
        expect(added('GET', 405), name).toBe(0);
      }
    }),

    row('routes are patterns, never paths', async ({ api, metrics }) => {
      await api.get(`${USERS}/${UNUSED}`);
      const samples = await scrape(metrics());
      const routes = new Set(samples.flatMap(({ labels }) => labels['route'] ?? []));
      expect([...routes].filter((route) => USER_ROUTE.test(route))).toHaveLength(1);
      expect(JSON.stringify(samples)).not.toContain(UNUSED);
    }),

    row('durations are in seconds, in buckets that add up', async ({ api, metrics }) => {
      await api.get('/health');
      const labels = { method: 'GET', route: '/health', status: '200' };
      const samples = await scrape(metrics());
      const buckets = samples.filter(
        ({ name, labels: { le, ...others } }) =>
          name === `${DURATIONS}_bucket` && le !== undefined && JSON.stringify(others) === JSON.stringify(labels),
      );
      const bounds = buckets.map((bucket) => Number(bucket.labels['le']?.replace('+Inf', 'Infinity')));
      const counts = buckets.map(({ value }) => value);
      expect(bounds.length).toBeGreaterThan(5);
      expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
      expect(bounds[0]).toBeLessThan(0.1);
      expect(bounds.at(-1)).toBe(Number.POSITIVE_INFINITY);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      const count = total(samples, `${DURATIONS}_count`, labels);
      expect(counts.at(-1)).toBe(count);
      // Each took less than a second; the sum would be larger in milliseconds.
      expect(total(samples, `${DURATIONS}_sum`, labels)).toBeLessThan(count);
    }),

    row('a thousand unknown paths and fifty unknown methods add no series', async ({ api, metrics }) => {
      await api.get('/nowhere');
      await api.send('PROPFIND', '/nowhere');
      await api.send('SCAN', '/nowhere');
      const before = await scrape(metrics());
      for (let n = 0; n < 1000; n += 50) {
        const batch = Array.from({ length: 50 }, (_, index) => api.get(`/scan-${n + index}/../.env?x=${n}`));
        await Promise.all(batch);
      }
      await Promise.all(Array.from({ length: 50 }, (_, index) => api.send(`SCAN${index}`, '/nowhere')));
      const after = await scrape(metrics());
      const known = new Set(series(before));
      // With a rate limit, a 429 is another status with its own buckets.
      const added = series(after).filter((name) => !known.has(name) && !name.includes('"429"'));
      expect(added).toEqual([]);
      expect(JSON.stringify(after)).not.toMatch(/scan/i);
      const counted = total(after, REQUESTS, { route: 'unmatched' }) - total(before, REQUESTS, { route: 'unmatched' });
      // The HTTP library may reject an unknown method itself.
      expect(counted).toBeGreaterThanOrEqual(1000);
    }),

    rowWith(['launcher', 'auth:none'], 'a request is in flight from its start to its end', async ({ withService }) => {
      await withService({}, async ({ api, metrics }) => {
        const inFlight = async (expected: number) =>
          poll(`${expected} in flight`, 5_000, async () =>
            expect(total(await scrape(metrics()), IN_FLIGHT)).toBe(expected),
          );
        const headers = { 'content-type': 'application/json', 'content-length': '100' };
        const open = () => {
          const exchange = openExchange(api.baseUrl);
          exchange.write(`${requestHead('POST', USERS, headers)}{"name":`);
          return exchange;
        };
        await inFlight(0);
        const [one, other] = [open(), open()];
        await inFlight(2);
        one.write('"'.repeat(92));
        expect((await one.reply).status).toBe(400);
        await inFlight(1);
        other.destroy();
        await inFlight(0);
      });
    }),

    rowWith(['database'], 'the connections to the database are counted', async ({ api, metrics }) => {
      expect((await api.get('/ready')).status).toBe(200);
      const samples = await scrape(metrics());
      const [open, idle] = [total(samples, 'database_connections'), total(samples, 'database_connections_idle')];
      expect(open).toBeGreaterThanOrEqual(1);
      expect(idle).toBeGreaterThanOrEqual(0);
      expect(idle).toBeLessThanOrEqual(open);
    }),
  ],
);

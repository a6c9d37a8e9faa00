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

/** What Prometheus is told. */
export const metrics = topic(
  'metrics',
  ['metrics'],
  [
    row('GET /metrics is text that Prometheus reads', async ({ api }) => {
      const reply = await api.get('/metrics');
      expect(reply.header('content-type')).toMatch(FORMAT);
      expect(await scrape(api)).not.toEqual([]);
    }),

    row('/metrics has GET, HEAD as GET, and no other method', async ({ api }) => {
      const head = await api.head('/metrics');
      expect(head.status).toBe(200);
      expect(head.body).toHaveLength(0);
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const reply = await api.send(method, '/metrics');
        expectProblem(reply, 405, '/metrics');
        expect(reply.list('allow')).toContain('get');
      }
    }),

    row('a request is counted by its method, route and status, and timed', async ({ api }) => {
      const before = await scrape(api);
      const replies = [await api.get('/health'), await api.get('/health'), await api.send('PUT', '/health')];
      const after = await scrape(api);
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

    row('routes are patterns, never paths', async ({ api }) => {
      await api.get(`${USERS}/${UNUSED}`);
      const samples = await scrape(api);
      const routes = new Set(samples.flatMap(({ labels }) => labels['route'] ?? []));
      expect([...routes].filter((route) => USER_ROUTE.test(route))).toHaveLength(1);
      expect(JSON.stringify(samples)).not.toContain(UNUSED);
    }),

    row('durations are in seconds, in buckets that add up', async ({ api }) => {
      await api.get('/health');
      const labels = { method: 'GET', route: '/health', status: '200' };
      const samples = await scrape(api);
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
      // Each took less than a second, as `/health` does wherever a second is a second.
      expect(total(samples, `${DURATIONS}_sum`, labels)).toBeLessThan(count);
    }),

    row('a thousand paths and fifty methods that there are not add no series of their own', async ({ api }) => {
      await api.get('/nowhere');
      await api.send('PROPFIND', '/nowhere');
      await api.send('SCAN', '/nowhere');
      const before = await scrape(api);
      for (let n = 0; n < 1000; n += 50) {
        const batch = Array.from({ length: 50 }, (_, index) => api.get(`/scan-${n + index}/../.env?x=${n}`));
        await Promise.all(batch);
      }
      await Promise.all(Array.from({ length: 50 }, (_, index) => api.send(`SCAN${index}`, '/nowhere')));
      const after = await scrape(api);
      const known = new Set(series(before));
      // A 429 where requests are limited is another status, with its own buckets.
      const added = series(after).filter((name) => !known.has(name) && !name.includes('"429"'));
      expect(added).toEqual([]);
      expect(JSON.stringify(after)).not.toMatch(/scan/i);
      const counted = total(after, REQUESTS, { route: 'unmatched' }) - total(before, REQUESTS, { route: 'unmatched' });
      // A method that nobody knows may be refused before it is one.
      expect(counted).toBeGreaterThanOrEqual(1000);
    }),

    rowWith(['launcher', 'auth:none'], 'a request is in flight from its start to its end', async ({ withService }) => {
      await withService({}, async ({ api }) => {
        const inFlight = async (expected: number) =>
          poll(`${expected} in flight`, 5_000, async () => expect(total(await scrape(api), IN_FLIGHT)).toBe(expected));
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

    rowWith(['database'], 'the connections to the database are counted', async ({ api }) => {
      expect((await api.get('/ready')).status).toBe(200);
      const samples = await scrape(api);
      const [open, idle] = [total(samples, 'database_connections'), total(samples, 'database_connections_idle')];
      expect(open).toBeGreaterThanOrEqual(1);
      expect(idle).toBeGreaterThanOrEqual(0);
      expect(idle).toBeLessThanOrEqual(open);
    }),
  ],
);

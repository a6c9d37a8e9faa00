import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import { requestHead } from '../http/client.ts';
import { openExchange } from '../http/exchange.ts';
import { type Collector, type Span, withCollector, withSilence } from '../otlp/collector.ts';
import { row, rowWith, type Service, topic } from '../row.ts';
import { USER_ROUTE, USERS } from '../users.ts';

const UNUSED = '00000000-0000-7000-8000-000000000000';

/** A trace of a caller, and the header that carries it. */
function newTrace() {
  const [traceId, parent] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, parent, headers: { traceparent: `00-${traceId}-${parent}-01` } };
}

const sentTo = (url: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url });

/** The span of this trace; fails unless the service has sent exactly one by the time it stops. */
async function onlySpan(service: Service, collector: Collector, traceId: string): Promise<Span> {
  await service.stop();
  const spans = collector.spans.filter((span) => span.traceId === traceId);
  expect(spans).toHaveLength(1);
  return spans[0] as Span;
}

/** The spans that the service exports. */
export const opentelemetry = topic(
  'traces',
  ['opentelemetry', 'launcher'],
  [
    row('a request is a span in the trace of its caller, sent before the service stops', async ({ withService }) => {
      await withCollector(async (collector) => {
        await withService(sentTo(collector.url), async (service) => {
          const { traceId, parent, headers } = newTrace();
          const { version } = (await service.api.get('/health', headers)).json<{ version: string }>();
          const span = await onlySpan(service, collector, traceId);
          expect(span).toMatchObject({ parentSpanId: parent, name: 'GET /health', kind: 'server', isError: false });
          expect(span.service).toMatch(/./);
          expect(span.service).not.toMatch(/unknown/);
          expect(span.version).toBe(version);
          expect(span.attributes).toMatchObject({
            'http.request.method': 'GET',
            'http.route': '/health',
            'http.response.status_code': 200,
            'url.path': '/health',
            'url.scheme': 'http',
          });
          expect(span.spanId).not.toBe(parent);
        });
      });
    }),

    row('a request without a valid trace starts a new one', async ({ withService }) => {
      await withCollector(async (collector) => {
        await withService(sentTo(collector.url), async (service) => {
          const headers = ['', 'nonsense', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`, `00-${'f'.repeat(99)}`];
          for (const traceparent of headers) await service.api.get('/health', { traceparent });
          await service.api.get('/health');
          await service.stop();
          expect(collector.spans.map(({ parentSpanId }) => parentSpanId)).toEqual(['', '', '', '', '']);
          expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(5);
        });
      });
    }),

    row('spans are named after route patterns, never after unknown paths or methods', async ({ withService }) => {
      await withCollector(async (collector) => {
        await withService(sentTo(collector.url), async (service) => {
          const [one, none] = [newTrace(), newTrace()];
          await service.api.get(`${USERS}/${UNUSED}?name=Ada`, one.headers);
          await service.api.get('/scan', none.headers);
          await service.api.send('SCAN', '/scan').catch(() => null);
          const span = await onlySpan(service, collector, one.traceId);
          expect(span.name.replace('GET ', '')).toMatch(USER_ROUTE);
          expect(span.attributes['http.route']).toMatch(USER_ROUTE);
          expect(span.isError).toBe(false);
          expect(JSON.stringify(span)).not.toContain('Ada');
          expect(collector.spans.find(({ traceId }) => traceId === none.traceId)?.name).toBe('GET');
          for (const { name } of collector.spans) expect(name).not.toMatch(/scan/i);
        });
      });
    }),

    rowWith(['timeout', 'auth:none'], 'a failed request is a span with an error', async ({ withService }) => {
      await withCollector(async (collector) => {
        await withService({ ...sentTo(collector.url), REQUEST_TIMEOUT_SECONDS: '1' }, async (service) => {
          const { traceId, headers } = newTrace();
          const exchange = openExchange(service.api.baseUrl);
          const body = { 'content-type': 'application/json', 'content-length': '100' };
          exchange.write(`${requestHead('POST', USERS, { ...headers, ...body })}{"name":`);
          expect((await exchange.reply).status).toBe(503);
          const span = await onlySpan(service, collector, traceId);
          expect(span).toMatchObject({ name: `POST ${USERS}`, isError: true });
          expect(span.attributes).toMatchObject({ 'http.response.status_code': 503, 'error.type': '503' });
        });
      });
    }),

    rowWith(['request-log'], 'the line of a request has the ids of its span', async ({ withService }) => {
      for (const LOG_FORMAT of ['json', 'text']) {
        await withCollector(async (collector) => {
          await withService({ ...sentTo(collector.url), LOG_FORMAT }, async (service) => {
            const { traceId, headers } = newTrace();
            await service.api.get('/nowhere', headers);
            const { spanId } = await onlySpan(service, collector, traceId);
            const lines = service.logs().split('\n');
            const line = lines.find((candidate) => candidate.includes(traceId)) ?? '';
            expect(line).toContain('/nowhere');
            if (LOG_FORMAT === 'json') expect(JSON.parse(line)).toMatchObject({ trace_id: traceId, span_id: spanId });
            else expect(line).toContain(`trace_id=${traceId} span_id=${spanId}`);
          });
        });
      }
    }),

    row('OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES set the name of the service', async ({ withService }) => {
      await withCollector(async (collector) => {
        const names = { OTEL_SERVICE_NAME: 'a-name', OTEL_RESOURCE_ATTRIBUTES: 'service.version=9' };
        await withService({ ...sentTo(collector.url), ...names }, async (service) => {
          const { traceId, headers } = newTrace();
          await service.api.get('/health', headers);
          const span = await onlySpan(service, collector, traceId);
          expect(span).toMatchObject({ service: 'a-name', version: '9' });
        });
      });
    }),

    row('without a collector nothing is traced', async ({ withService }) => {
      await withService({ LOG_FORMAT: 'json' }, async (service) => {
        const { traceId, headers } = newTrace();
        expect((await service.api.get('/health', headers)).status).toBe(200);
        await service.stop();
        expect(service.logs()).not.toContain(traceId);
        expect(service.logs()).not.toContain('trace_id');
      });
    }),

    row('a collector that is down delays neither requests nor shutdown', async ({ withService }) => {
      await withService(sentTo('http://127.0.0.1:9'), async (service) => {
        const started = Date.now();
        for (let n = 0; n < 20; n++) expect((await service.api.get('/health')).status).toBe(200);
        expect(Date.now() - started).toBeLessThan(5_000);
        expect(await service.stop()).toEqual({ code: 0, signal: null });
      });
    }),

    row(
      'a collector that does not respond delays shutdown by SHUTDOWN_TIMEOUT_SECONDS at most',
      async ({ withService }) => {
        await withSilence(async (url) => {
          await withService({ ...sentTo(url), SHUTDOWN_TIMEOUT_SECONDS: '1' }, async (service) => {
            for (let n = 0; n < 20; n++) expect((await service.api.get('/health')).status).toBe(200);
            const started = Date.now();
            expect(await service.stop()).toEqual({ code: 0, signal: null });
            expect(Date.now() - started).toBeLessThan(3_000);
          });
        });
      },
    ),

    row('spans are sent while the service runs', async ({ withService }) => {
      await withCollector(async (collector) => {
        await withService(sentTo(collector.url), async (service) => {
          const { traceId, headers } = newTrace();
          await service.api.get('/health', headers);
          const isSent = () => expect(collector.spans.some((span) => span.traceId === traceId)).toBe(true);
          await poll('the span of a service that runs on', 15_000, isSent);
        });
      });
    }),
  ],
);

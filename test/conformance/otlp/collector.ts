import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Message } from './protobuf.ts';

/** A span as received by a collector. */
export interface Span {
  readonly service: string | number | undefined;
  readonly version: string | number | undefined;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'other';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly isError: boolean;
}

/** A collector that records the spans it receives. */
export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  readonly spans: readonly Span[];
}

/** Runs an OTLP/HTTP collector while `use` runs. */
export async function withCollector<T>(use: (collector: Collector) => Promise<T>): Promise<T> {
  const spans: Span[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const isOtlp = request.url === '/v1/traces' && request.headers['content-type'] === 'application/x-protobuf';
    if (isOtlp) spans.push(...spansOf(new Message(Buffer.concat(chunks))));
    response.writeHead(isOtlp ? 200 : 404, { 'content-type': 'application/x-protobuf' }).end();
  });
  return withServer(server, (url) => use({ url, spans }));
}

/** Runs a server that accepts connections and never responds while `use` runs. */
export async function withSilence<T>(use: (url: string) => Promise<T>): Promise<T> {
  return withServer(createServer(), use);
}

async function withServer<T>(server: Server, use: (url: string) => Promise<T>): Promise<T> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Field numbers are those of opentelemetry/proto/trace/v1/trace.proto. */
function spansOf(request: Message): Span[] {
  return request.messages(1).flatMap((resourceSpans) => {
    const resource = attributesOf(resourceSpans.messages(1)[0], 1);
    const spans = resourceSpans.messages(2).flatMap((scopeSpans) => scopeSpans.messages(2));
    return spans.map((span) => ({
      service: resource['service.name'],
      version: resource['service.version'],
      traceId: span.hex(1),
      spanId: span.hex(2),
      parentSpanId: span.hex(4),
      name: span.text(5),
      kind: (['other', 'internal', 'server', 'client'] as const)[span.integer(6)] ?? 'other',
      attributes: attributesOf(span, 9),
      isError: span.messages(15)[0]?.integer(3) === 2,
    }));
  });
}

function attributesOf(message: Message | undefined, number: number): Record<string, string | number> {
  const pairs = (message?.messages(number) ?? []).map((pair) => {
    const value = pair.messages(2)[0];
    return [pair.text(1), value?.has(3) ? value.integer(3) : (value?.text(1) ?? '')] as const;
  });
  return Object.fromEntries(pairs);
}

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { openExchange } from '../http/exchange.ts';
import type { Reply } from '../http/reply.ts';
import { expectProblem } from '../problem.ts';
import { encodings } from '../raw/encodings.ts';
import { framing } from '../raw/framing.ts';
import { headers } from '../raw/headers.ts';
import { mediaTypes } from '../raw/media-types.ts';
import { methods } from '../raw/methods.ts';
import { CLOSED, encode, pathOf, type RawRequest } from '../raw/request.ts';
import { targets } from '../raw/targets.ts';
import { versions } from '../raw/versions.ts';
import { type Context, row, topic } from '../row.ts';
import { ALLOWED_ORIGIN } from '../target.ts';
import { listUsers, newUser } from '../users.ts';

/** How many connections are open at a time. */
const AT_A_TIME = 16;

/** A raw request that was sent, and what came back. */
interface Sent {
  readonly request: RawRequest;
  /** The name of the user that it would create. */
  readonly name: string;
  readonly path: string;
  readonly hasOrigin: boolean;
  /** `null` if the connection ended without a response. */
  readonly reply: Reply | null;
}

async function send({ api }: Context, request: RawRequest): Promise<Sent> {
  const name = `raw ${randomUUID()}`;
  const message = request.message(JSON.stringify(newUser(api, { name })));
  const fallback = request.createsUser ? api.accounts.path : '/health';
  const exchange = openExchange(api.baseUrl, { hasBody: !message.method?.endsWith('HEAD') });
  exchange.write(encode(message, fallback));
  const reply = await exchange.reply.catch(() => null);
  // Bytes that are UTF-8 come back as the characters they stand for.
  const target = Buffer.from(message.target ?? fallback, 'latin1').toString();
  return { request, name, path: pathOf(target), hasOrigin: message.hasOrigin ?? true, reply };
}

async function sendAll(context: Context, requests: readonly RawRequest[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let at = 0; at < requests.length; at += AT_A_TIME) {
    const batch = requests.slice(at, at + AT_A_TIME);
    sent.push(...(await Promise.all(batch.map((request) => send(context, request)))));
  }
  return sent;
}

/** Expects the headers of every response, and the document of an error. */
function expectResponse({ has }: Context, reply: Reply, { path, hasOrigin }: Sent): void {
  if (has('request-id')) expect(reply.header('x-request-id')).toMatch(/^[\w.-]+$/);
  if (has('security-headers')) expect(reply.header('x-content-type-options')).toBe('nosniff');
  if (has('cors') && hasOrigin) expect(reply.header('access-control-allow-origin')).toBe(ALLOWED_ORIGIN);
  if (reply.status === 405) expect(reply.list('allow')).not.toEqual([]);
  const length = reply.header('content-length');
  // More bytes would be the response to a smuggled request.
  if (length !== undefined && reply.body.length > 0) expect(reply.body).toHaveLength(Number(length));
  if (reply.status >= 400 && reply.body.length > 0) expectProblem(reply, reply.status, path);
}

/** The fault of the response, or `null`. */
function complaint(context: Context, sent: Sent, stored: ReadonlySet<string>): string | null {
  const { expected, title, createsUser } = sent.request;
  const { reply } = sent;
  const code = reply?.status ?? CLOSED;
  try {
    expect(expected.statuses).toContain(code);
    const isOfService = !expected.mayNotParse || reply?.header('content-type')?.startsWith('application/problem');
    if (reply && isOfService) expectResponse(context, reply, sent);
    if (createsUser) expect(stored.has(sent.name), 'the user is stored').toBe(code === 201);
    return null;
  } catch (error) {
    return `${title} (${code}): ${(error as Error).message}`;
  }
}

/** The names of all users. */
async function storedNames({ api }: Context): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (let page = 1; ; page++) {
    const { data } = await listUsers(api, `?per_page=100&page=${page}`);
    for (const { name } of data) names.add(name);
    if (data.length < 100) return names;
  }
}

const group = (title: string, requests: readonly RawRequest[]) =>
  row(`${title}: ${requests.length} requests`, async (context) => {
    const sent = await sendAll(context, requests);
    const isStoring = requests.some(({ createsUser }) => createsUser);
    const stored = isStoring ? await storedNames(context) : new Set<string>();
    const complaints = sent.map((one) => complaint(context, one, stored)).filter((text) => text !== null);
    expect(complaints, complaints.join('\n')).toEqual([]);
  });

/** Unusual requests, written to the connection byte by byte: the contract decides, not the HTTP library. */
export const rawRequests = topic(
  'raw requests',
  [],
  [
    group('request targets', targets),
    group('methods', methods),
    group('header fields', headers),
    group('the framing of bodies', framing),
    group('content codings', encodings),
    group('media types', mediaTypes),
    group('versions and request lines', versions),
  ],
);

/** A response as received. */
export class Reply {
  readonly status: number;
  /** In the order sent, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Every byte after the head, chunks joined; still compressed if the service compressed it. */
  readonly body: Buffer;

  constructor(status: number, headers: Reply['headers'], body: Buffer) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** The header's value, several lines joined with a comma; `undefined` if it is absent. */
  header(name: string): string | undefined {
    const values = this.headers.filter(([key]) => key === name).map(([, value]) => value);
    return values.length === 0 ? undefined : values.join(', ');
  }

  /** The comma-separated entries of a header, in lower case; empty if it is absent. */
  list(name: string): string[] {
    const entries = (this.header(name) ?? '').split(',').map((entry) => entry.trim().toLowerCase());
    return entries.filter((entry) => entry !== '');
  }

  get text(): string {
    return this.body.toString('utf8');
  }

  /** The body as JSON, of the type that the caller expects; throws if it is not JSON. */
  json<T = Record<string, unknown>>(): T {
    return JSON.parse(this.text) as T;
  }
}

/**
 * Reads an HTTP/1.1 response from what has arrived so far; `null` while it is incomplete. Interim (1xx) responses are
 * passed over. Bytes after a response that has no body (`hasBody` false, 204, 304) are kept in `body`, to be found.
 */
export function parseReply(bytes: Buffer, hasBody: boolean, isClosed: boolean): Reply | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) throw new Error(`not an HTTP response: ${statusLine}`);
  const rest = bytes.subarray(end + 4);
  if (status < 200) return parseReply(rest, hasBody, isClosed);

  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const bodyless = new Reply(status, headers, rest);
  if (!hasBody || status === 204 || status === 304) return bodyless;
  const body = readBody(bodyless, isClosed);
  return body && new Reply(status, headers, body);
}

function readBody(head: Reply, isClosed: boolean): Buffer | null {
  if (head.header('transfer-encoding') === 'chunked') return joinChunks(head.body);
  const length = head.header('content-length');
  if (length === undefined) return isClosed ? head.body : null;
  return head.body.length < Number(length) ? null : head.body;
}

function joinChunks(bytes: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    const start = lineEnd + 2;
    if (bytes.length < start + size + 2) return null;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}

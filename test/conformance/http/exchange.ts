import { connect as connectTcp } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { parseReply, type Reply } from './reply.ts';

/** A request and its response on a separate connection, with full control over the bytes. */
export interface Exchange {
  /** Resolves once connected; rejects if the connection is refused. */
  readonly connected: Promise<void>;
  write(bytes: string | Buffer): void;
  /** The complete response; rejects if the connection ends or `withinMs` pass without one. */
  readonly reply: Promise<Reply>;
  /** Closes the connection at once. */
  destroy(): void;
}

/** How long to wait for stray bytes after a complete response if the connection stays open. */
const STRAY_MS = 100;
/** A service that is much longer is broken, however busy the machine is. */
const PATIENCE_MS = 60_000;

/**
 * Opens a connection to the service. `fetch` and Node's client hide what the contract is about: bodies after HEAD,
 * a response that comes while the request is still being sent, malformed requests.
 */
export function openExchange(baseUrl: string, { hasBody = true, withinMs = PATIENCE_MS } = {}): Exchange {
  const { protocol, hostname, port } = new URL(baseUrl);
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) };
  const socket =
    protocol === 'https:'
      ? connectTls({ ...address, servername: hostname })
      : connectTcp({ ...address, noDelay: true });

  let received: Buffer = Buffer.alloc(0);
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });

  const connected = new Promise<void>((resolve, reject) => {
    socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', resolve);
    socket.once('close', () => reject(failure ?? new Error('the connection was closed')));
  });
  const reply = new Promise<Reply>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`no complete response within ${withinMs} ms`)), withinMs);
    const read = (isClosed: boolean): Reply | null => {
      try {
        return parseReply(received, hasBody, isClosed);
      } catch (error) {
        reject(error);
        return null;
      }
    };
    socket.on('data', async (data) => {
      received = Buffer.concat([received, data]);
      if (read(false) === null) return;
      await sleep(STRAY_MS);
      socket.destroy();
    });
    socket.once('close', () => {
      clearTimeout(deadline);
      const complete = read(true);
      if (complete) resolve(complete);
      else reject(new Error(`closed after ${received.length} bytes of a response`, { cause: failure }));
    });
  });
  // A test that only writes or connects must not fail because of a promise that it ignores.
  connected.catch(() => {});
  reply.catch(() => {});
  return { connected, reply, write: (bytes) => void socket.write(bytes), destroy: () => void socket.destroy() };
}

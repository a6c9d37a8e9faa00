import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** A proxy in front of a TCP server that can do to connections what networks do. */
export interface TcpProxy {
  readonly port: number;
  /** From now on, delays data in each direction by this much. */
  delay(milliseconds: number): void;
  /** Closes all connections; new ones are accepted. */
  drop(): void;
  /** Drops all data on the existing connections without closing them. New ones work. */
  blackhole(): void;
  /** Closes all connections and refuses new ones until `accept`. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a proxy on a free loopback port. */
export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let latencyMs = 0;
  let server = await listen();

  async function listen(): Promise<Server> {
    const listening = createServer((near) => {
      const far = connect(target.port, target.host);
      for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.on('error', () => {});
        socket.on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
        socket.on('data', async (chunk) => {
          if (latencyMs > 0) await sleep(latencyMs);
          if (sockets.has(other)) other.write(chunk);
        });
      }
    });
    listening.listen(port, '127.0.0.1');
    await once(listening, 'listening');
    return listening;
  }

  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const refuse = async () => {
    const closed = once(server, 'close');
    server.close();
    drop();
    await closed;
  };
  const forgotten: Socket[] = [];
  return {
    port,
    delay(milliseconds) {
      latencyMs = milliseconds;
    },
    drop,
    blackhole() {
      for (const socket of sockets) {
        socket.removeAllListeners('data');
        socket.on('data', () => {});
        forgotten.push(socket);
      }
    },
    refuse,
    async accept() {
      server = await listen();
    },
    async stop() {
      await refuse();
      for (const socket of forgotten) socket.destroy();
    },
  };
}

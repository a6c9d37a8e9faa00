import { execFileSync } from 'node:child_process';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { has } from './faults.ts';

/** How often deadlines are checked, in milliseconds. */
const TICK_MS = 200;
/** How long a head may take, in milliseconds. */
const HEAD_MS = 10_000;
/** Files that the process needs for other purposes. */
const OTHER_FILES = 64;

/** How long clients may take, in milliseconds, and how many there may be. */
interface Limits {
  readonly keepAliveMs: number;
  readonly clientMs: number;
  readonly most: number;
}

interface Progress {
  phase: 'head' | 'idle' | 'body' | 'response';
  since: number;
  bytesRead: number;
  unsent: number;
  unsentSince: number;
  requests: number;
}

/** Closes stalled connections of this server, and those over the limit. Returns a function that closes all idle ones. */
export function watchConnections(server: Server, { keepAliveMs, clientMs, most }: Limits): () => void {
  const open = new Map<Socket, Progress>();
  const files = Number(execFileSync('sh', ['-c', 'ulimit -n']).toString().replace('unlimited', '1000000'));
  const limit = has('runs-out-of-files') ? most : Math.min(most, files - OTHER_FILES);

  server.on('connection', (socket) => {
    const since = Date.now();
    open.set(socket, { phase: 'head', since, bytesRead: 0, unsent: 0, unsentSince: since, requests: 0 });
    socket.once('close', () => open.delete(socket));
    if (open.size <= limit) return;
    const waiting = [...open].filter(([, { phase }]) => has('crowds-out') || phase === 'head' || phase === 'idle');
    const closed = has('turns-newcomers-away') ? socket : waiting[0]?.[0];
    closed?.destroy();
  });

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const progress = open.get(request.socket);
    if (progress === undefined) return;
    const enter = (phase: Progress['phase']) => Object.assign(progress, { phase, since: Date.now() });
    progress.requests += 1;
    enter(request.headers['content-length'] || request.headers['transfer-encoding'] ? 'body' : 'response');
    request.once('end', () => progress.phase === 'body' && enter('response'));
    response.once('close', () => {
      progress.requests -= 1;
      progress.bytesRead = request.socket.bytesRead;
      if (progress.requests === 0) enter('idle');
    });
  });

  setInterval(() => {
    const now = Date.now();
    for (const [socket, progress] of open) if (isOverdue(socket, progress, now)) socket.destroy();
  }, TICK_MS).unref();

  function isOverdue(socket: Socket, progress: Progress, now: number): boolean {
    if (progress.phase === 'idle' && socket.bytesRead > progress.bytesRead) {
      Object.assign(progress, { phase: 'head', since: now });
    }
    if (socket.writableLength !== progress.unsent || progress.unsent === 0) {
      Object.assign(progress, { unsent: socket.writableLength, unsentSince: now });
    }
    if (now - progress.unsentSince > clientMs && !has('holds-responses')) return true;
    const age = now - progress.since;
    switch (progress.phase) {
      case 'head':
        return age > HEAD_MS && !has('holds-heads');
      case 'idle':
        return age > (has('closes-idle-connections') ? 1000 : keepAliveMs);
      case 'body':
        return age > clientMs && !has('holds-bodies');
      case 'response':
        return false;
    }
  }

  return () => {
    for (const [socket, { phase }] of open) if (phase === 'head' || phase === 'idle') socket.destroy();
  };
}

import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { has } from './faults.ts';

/** The generic cell rate algorithm, in memory. */
export class RateLimit {
  readonly #requests: number;
  readonly #periodMs: number;
  readonly #proxies: number;
  /** Client → when it has earned back all that it has spent. */
  readonly #settledAt = new Map<string, number>();

  constructor({ requests, periodMs, proxies }: { requests: number; periodMs: number; proxies: number }) {
    this.#requests = requests;
    this.#periodMs = periodMs;
    this.#proxies = proxies;
  }

  /** Counts a request; gives whether it is one too many, and what the answer says of it. */
  count(request: IncomingMessage, path: string): { isRefused: boolean; headers: Record<string, string> } {
    const isProbe = path === '/health' || path === '/ready';
    if (isProbe && !has('limits-probes')) return { isRefused: false, headers: {} };
    const cost = this.#periodMs / this.#requests;
    const client = this.#client(request);
    const now = Date.now();
    const spent = Math.max((this.#settledAt.get(client) ?? now) - now, 0) + cost;
    const isRefused = spent > this.#periodMs + 1e-6;
    if (!isRefused) this.#settledAt.set(client, now + spent);
    const headers: Record<string, string> = {
      'ratelimit-limit': String(this.#requests),
      'ratelimit-remaining': String(Math.max(0, Math.floor((this.#periodMs - spent) / cost + 1e-6))),
      'ratelimit-reset': String(Math.ceil(Math.min(spent, this.#periodMs) / 1000)),
    };
    const wait = has('comes-back-late') ? cost / 1000 - 1 : Math.ceil((spent - this.#periodMs) / 1000);
    return { isRefused, headers: isRefused ? { ...headers, 'retry-after': String(Math.round(wait)) } : headers };
  }

  #client(request: IncomingMessage): string {
    if (has('counts-all-together')) return 'all';
    const hops = String(request.headers['x-forwarded-for'] ?? '').split(',');
    const hop = has('believes-first-hop') ? hops[0] : hops[hops.length - this.#proxies];
    return networkOf((hop ?? '').trim()) ?? 'peer';
  }
}

/** The address, of IPv6 the first four groups; undefined where it is none. Knows no `::` in the first half. */
function networkOf(hop: string): string | undefined {
  const address = hop.replace(/^\[(.*)\]:\d+$/, '$1');
  if (isIP(address) === 4) return address;
  return isIP(address) === 6 ? address.split(':').slice(0, 4).join(':') : undefined;
}

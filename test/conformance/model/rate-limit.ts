import type { IncomingMessage } from 'node:http';
import { clientOf } from './client.ts';
import { has } from './faults.ts';

/** The generic cell rate algorithm, in memory. */
export class RateLimit {
  readonly #requests: number;
  readonly #periodMs: number;
  readonly #proxies: number;
  /** Client → when its quota is full again. */
  readonly #settledAt = new Map<string, number>();

  constructor({ requests, periodMs, proxies }: { requests: number; periodMs: number; proxies: number }) {
    this.#requests = requests;
    this.#periodMs = periodMs;
    this.#proxies = proxies;
  }

  /** Counts a request; returns whether it is over the limit, and the headers of the response. */
  count(request: IncomingMessage, path: string): { isRefused: boolean; headers: Record<string, string> } {
    const isProbe = path === '/health' || path === '/ready';
    if (isProbe && !has('limits-probes')) return { isRefused: false, headers: {} };
    const cost = this.#periodMs / this.#requests;
    const client = clientOf(request, this.#proxies);
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
}

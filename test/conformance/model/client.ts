import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { has } from './faults.ts';

/** The client of a request, behind this many trusted proxies. */
export function clientOf(request: IncomingMessage, proxies: number): string {
  if (has('counts-all-together')) return 'all';
  const hops = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const hop = has('believes-first-hop') ? hops[0] : hops[hops.length - proxies];
  return networkOf((hop ?? '').trim()) ?? 'peer';
}

/** The address, or the first four groups of IPv6; undefined if invalid. Does not support `::` in the first half. */
function networkOf(hop: string): string | undefined {
  const address = hop.replace(/^\[(.*)\]:\d+$/, '$1');
  if (isIP(address) === 4) return address;
  return isIP(address) === 6 ? address.split(':').slice(0, 4).join(':') : undefined;
}

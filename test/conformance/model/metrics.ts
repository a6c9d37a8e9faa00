import { has } from './faults.ts';

const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, Number.POSITIVE_INFINITY];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const durations = new Map<string, number[]>();
let inFlight = 0;

/** Counts a request as in flight; call the result with its route and status when it ends. */
export function begin(method: string, path: string): (route: string, status: number) => void {
  const started = Date.now();
  inFlight++;
  return (route, status) => {
    const known = METHODS.has(method) ? method : 'other';
    const labels = `method="${known}",route="${has('labels-with-paths') ? path : route}",status="${status}"`;
    durations.set(labels, [...(durations.get(labels) ?? []), (Date.now() - started) / 1000]);
    if (status !== 499 || !has('forgets-who-leaves')) inFlight--;
  };
}

/** The response to `GET /metrics`. */
export function exposition(): string {
  const families = [...durations];
  return [
    '# TYPE http_requests_total counter',
    ...families.map(([labels, { length }]) => `http_requests_total{${labels}} ${length}`),
    '# TYPE http_requests_in_flight gauge',
    `http_requests_in_flight ${inFlight}`,
    '# TYPE http_request_duration_seconds histogram',
    ...families.flatMap(([labels, seconds]) => [
      ...BOUNDS.map((bound) => {
        const count = seconds.filter((value) => value <= bound).length;
        const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : bound;
        return `http_request_duration_seconds_bucket{${labels},le="${le}"} ${count}`;
      }),
      `http_request_duration_seconds_sum{${labels}} ${seconds.reduce((sum, value) => sum + value, 0)}`,
      `http_request_duration_seconds_count{${labels}} ${seconds.length}`,
    ]),
    '',
  ].join('\n');
}

// Runs wrk and reads what it prints.
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MICROSECONDS = { us: 1, ms: 1000, s: 1_000_000, m: 60_000_000 };

/**
 * Sends as many requests as the server takes, over `connections` kept-alive connections for `seconds`; `script` is the
 * path of a Lua script that makes other requests than `GET url`, with `args`. Throws if a response is not a success, or
 * with `isRefused` if one is.
 */
export async function runWrk(url, { connections, seconds, script, args = [], isRefused = false }) {
  const options = ['--latency', `-t${wrkThreads(connections)}`, `-c${connections}`, `-d${seconds}s`];
  const { stdout } = await run('wrk', [...options, ...(script ? ['-s', script] : []), url, '--', ...args]);
  return parseWrk(stdout, { isRefused });
}

/** The threads of wrk for so many connections. */
export function wrkThreads(connections) {
  return Math.min(availableParallelism(), connections);
}

/**
 * Requests, seconds, requests per second, and latencies in microseconds, as wrk prints them with `--latency`;
 * every response has to be an error with `isRefused`, and none without.
 */
export function parseWrk(text, { isRefused = false } = {}) {
  const failed = /Socket errors: .*/.exec(text)?.[0];
  if (failed !== undefined) throw new Error(`wrk: ${failed}`);
  const [, requests, time, unit] = find(text, /(\d+) requests in ([\d.]+)(us|ms|s|m),/);
  const refused = /Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? '0';
  const expected = isRefused ? requests : '0';
  if (refused !== expected) throw new Error(`wrk: ${refused} of ${requests} responses were errors, not ${expected}`);
  const seconds = (Number(time) * MICROSECONDS[unit]) / 1_000_000;
  const latency = (percent) => {
    const [, value, unit] = find(text, new RegExp(`^\\s+${percent}%\\s+([\\d.]+)(us|ms|s|m)\\s*$`, 'm'));
    return Number(value) * MICROSECONDS[unit];
  };
  const [, perSecond] = find(text, /Requests\/sec:\s+([\d.]+)/);
  return { requests: Number(requests), seconds, perSecond: Number(perSecond), p50: latency(50), p99: latency(99) };
}

function find(text, pattern) {
  const found = pattern.exec(text);
  if (found === null) throw new Error(`wrk printed nothing like ${pattern}:\n${text}`);
  return found;
}

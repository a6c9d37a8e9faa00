// Runs wrk and reads what it prints.
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MICROSECONDS = { us: 1, ms: 1000, s: 1_000_000, m: 60_000_000 };

/**
 * Sends as many requests as the server takes, over `connections` kept-alive connections for `seconds`; `script` is the
 * path of a Lua script that makes other requests than `GET url`. Throws if a response is not a success.
 */
export async function runWrk(url, { connections, seconds, script }) {
  const threads = Math.min(availableParallelism(), connections);
  const options = ['--latency', `-t${threads}`, `-c${connections}`, `-d${seconds}s`];
  const { stdout } = await run('wrk', [...options, ...(script ? ['-s', script] : []), url]);
  return parseWrk(stdout);
}

/** Requests, seconds, requests per second, and latencies in microseconds, as wrk prints them with `--latency`. */
export function parseWrk(text) {
  const failed = /Non-2xx or 3xx responses: \d+|Socket errors: .*/.exec(text)?.[0];
  if (failed !== undefined) throw new Error(`wrk: ${failed}`);
  const [, requests, time, unit] = find(text, /(\d+) requests in ([\d.]+)(us|ms|s|m),/);
  const seconds = (Number(time) * MICROSECONDS[unit]) / 1_000_000;
  const latency = (percent) => {
    const [, value, unit] = find(text, new RegExp(`^\\s+${percent}%\\s+([\\d.]+)(us|ms|s|m)$`, 'm'));
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

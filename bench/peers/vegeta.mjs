// Vegeta, which sends requests at a constant rate whether or not the server keeps up, so that a slow response delays no
// later one.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/lib/import-ts.mjs';
import { explained } from '../lib/missing-tool.mjs';
import { requestOf } from './work.mjs';

const VERSION = 'v12.13.0';
const FOLDER = path.join(ROOT, 'build/tools', `vegeta-${VERSION}`);
const PROGRAM = path.join(FOLDER, 'vegeta');
const NANOSECONDS_PER_SECOND = 1e9;
const NANOSECONDS_PER_MICROSECOND = 1000;

/** The version that is used. */
export const vegetaVersion = `vegeta ${VERSION}`;

/** Installs it with Go, unless it is there. */
export async function installVegeta() {
  if (existsSync(PROGRAM)) return;
  await mkdir(FOLDER, { recursive: true });
  const env = { ...process.env, GOBIN: FOLDER };
  const install = promisify(execFile)('go', ['install', `github.com/tsenart/vegeta/v12@${VERSION}`], { env });
  await install.catch((error) => Promise.reject(explained(error, 'go')));
}

/**
 * Sends the requests of a work from `firstNumber` on at its rate, and returns what `summarize` makes of the responses.
 */
export async function attack(url, work, { seconds, connections, firstNumber }) {
  const { rate } = work;
  // A second's worth more than is needed: Vegeta starts again from the first where it needs one more.
  const length = rate * (seconds + 1);
  const targets = Array.from({ length }, (_, index) => target(url, requestOf(work, firstNumber + index)));
  const load = [`-rate=${rate}`, `-duration=${seconds}s`, `-connections=${connections}`, '-max-body=0', '-format=json'];
  const attacker = spawn(PROGRAM, ['attack', ...load], { stdio: ['pipe', 'pipe', 'inherit'] });
  const encoder = spawn(PROGRAM, ['encode', '-to=csv'], { stdio: [attacker.stdout, 'pipe', 'inherit'] });
  // Fails if Vegeta ends before it has read all.
  const sent = pipeline(Readable.from([targets.join('\n')]), attacker.stdin);
  const [csv] = await Promise.all([text(encoder.stdout), sent]);
  return summarize(csv, work);
}

function target(url, { method, path, body }) {
  if (body === undefined) return JSON.stringify({ method, url: url + path });
  const header = { 'Content-Type': ['application/json'] };
  return JSON.stringify({ method, url: url + path, header, body: Buffer.from(body).toString('base64') });
}

/**
 * Reads the CSV of `vegeta encode`: moment, status, latency (ns), bytes out, bytes in, error, body, attack, number, …
 * for each request. Returns the requests per second that were responded to, and all `latencies` in whole microseconds,
 * in ascending order, as one text, since JSON would give each of them a line. A latency counts from the moment when the
 * request was due, not from when Vegeta sent it. Throws if a response has another `status`.
 */
export function summarize(csv, { status, rate }) {
  const hits = csv.trimEnd().split('\n').map(hitOf);
  const wrong = hits.find((hit) => hit.status !== status);
  if (wrong !== undefined) throw new Error(`vegeta: status ${wrong.status} ${wrong.error}`);
  const offsetOf = ({ number }) => (number / rate) * NANOSECONDS_PER_SECOND;
  // Vegeta may be late, but it is never early: the least delayed request shows when the first was due.
  const start = Math.min(...hits.map((hit) => hit.moment - offsetOf(hit)));
  const latencies = hits.map((hit) => hit.moment + hit.latency - start - offsetOf(hit)).sort((a, b) => a - b);
  const last = Math.max(...hits.map(({ moment, latency }) => moment + latency));
  const first = Math.min(...hits.map(({ moment }) => moment));
  return {
    perSecond: (hits.length / (last - first)) * NANOSECONDS_PER_SECOND,
    latencies: latencies.map((latency) => Math.round(latency / NANOSECONDS_PER_MICROSECOND)).join(' '),
  };
}

function hitOf(line) {
  const [moment, status, latency, , , error, , , number] = line.split(',');
  return {
    moment: Number(moment),
    status: Number(status),
    latency: Number(latency),
    error,
    number: Number(number),
  };
}

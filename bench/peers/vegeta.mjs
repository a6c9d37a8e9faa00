// Vegeta, which sends requests at a constant rate whether or not the server keeps up, so that a slow response delays no
// later one.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/lib/import-ts.mjs';
import { requestOf } from './work.mjs';

const VERSION = 'v12.13.0';
const FOLDER = path.join(ROOT, 'build/tools', `vegeta-${VERSION}`);
const PROGRAM = path.join(FOLDER, 'vegeta');
const NANOSECONDS_PER_MICROSECOND = 1000;

/** The version that is used. */
export const vegetaVersion = `vegeta ${VERSION}`;

/** Installs it with Go, unless it is there. */
export async function installVegeta() {
  if (existsSync(PROGRAM)) return;
  await mkdir(FOLDER, { recursive: true });
  const env = { ...process.env, GOBIN: FOLDER };
  await promisify(execFile)('go', ['install', `github.com/tsenart/vegeta/v12@${VERSION}`], { env });
}

/**
 * Sends the requests of a work from `firstNumber` on at its rate; returns the requests per second that were responded
 * to, and latencies in microseconds. Throws if a response has another status than the work's.
 */
export async function attack(url, work, { seconds, connections, firstNumber }) {
  const { rate } = work;
  // A second's worth more than is needed: Vegeta starts again from the first where it needs one more.
  const length = rate * (seconds + 1);
  const targets = Array.from({ length }, (_, index) => target(url, requestOf(work, firstNumber + index)));
  const load = [`-rate=${rate}`, `-duration=${seconds}s`, `-connections=${connections}`, '-max-body=0', '-format=json'];
  const attacker = spawn(PROGRAM, ['attack', ...load], { stdio: ['pipe', 'pipe', 'inherit'] });
  attacker.stdin.end(targets.join('\n'));
  const encoder = spawn(PROGRAM, ['encode', '-to=csv'], { stdio: [attacker.stdout, 'pipe', 'inherit'] });
  return summarize(await text(encoder.stdout), work.status);
}

function target(url, { method, path, body }) {
  if (body === undefined) return JSON.stringify({ method, url: url + path });
  const header = { 'Content-Type': ['application/json'] };
  return JSON.stringify({ method, url: url + path, header, body: Buffer.from(body).toString('base64') });
}

/** Reads the CSV of `vegeta encode`: moment, status, latency (ns), bytes out, bytes in, error, … for each request. */
export function summarize(csv, status) {
  const hits = csv.trimEnd().split('\n').map(hitOf);
  const wrong = hits.find((hit) => hit.status !== status);
  if (wrong !== undefined) throw new Error(`vegeta: status ${wrong.status} ${wrong.error}`);
  const latencies = hits.map(({ latency }) => latency / NANOSECONDS_PER_MICROSECOND).sort((a, b) => a - b);
  const last = Math.max(...hits.map(({ moment, latency }) => moment + latency));
  const first = Math.min(...hits.map(({ moment }) => moment));
  return {
    perSecond: (hits.length / (last - first)) * 1e9,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    p999: percentile(latencies, 0.999),
  };
}

function hitOf(line) {
  const [moment, status, latency, , , error] = line.split(',');
  return { moment: Number(moment), status: Number(status), latency: Number(latency), error };
}

/** The least of some sorted numbers that this share of them does not exceed. */
function percentile(sorted, share) {
  return sorted[Math.ceil(share * sorted.length) - 1];
}

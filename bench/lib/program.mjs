// Runs a server that takes its port from PORT.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { importTs } from '../../scripts/lib/import-ts.mjs';
import { cpuOf, memoryOf } from './usage.mjs';

const { freePort } = await importTs('test/harness/free-port.ts');
const { whenThisProcessDies } = await importTs('test/harness/guard.ts');

const LONGEST_START_MS = 60_000;
const LONGEST_STOP_MS = 10_000;

await loadFetch();

/**
 * Starts `{ binary, args, env, cwd }` and waits until it responds to `GET <path>` with success. Nothing but PATH is
 * inherited. Standard output, where request logs go, is discarded; standard error is part of the error if the program
 * does not start. `portVariable` is where the program reads its port, and `longestStartMs` how long its start may take.
 */
export async function startProgram(
  { binary, args = [], env = {}, cwd, portVariable = 'PORT', longestStartMs = LONGEST_START_MS },
  path = '/health',
) {
  const port = await freePort();
  const start = performance.now();
  const child = spawn(binary, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env, [portVariable]: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const failure = once(child, 'error').then(([error]) => Promise.reject(error));
  failure.catch(() => {});
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-10_000);
  });
  const exit = once(child, 'exit');
  const cancelGuard = child.pid === undefined ? () => {} : whenThisProcessDies(killCommand(child.pid));
  exit.then(cancelGuard, cancelGuard);

  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => spawnSync('/bin/sh', ['-c', killCommand(child.pid)]), LONGEST_STOP_MS);
    await exit.finally(() => clearTimeout(timer));
  };
  const url = `http://127.0.0.1:${port}`;
  while (!(await responds(url + path))) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (child.pid === undefined) await failure;
    if (hasEnded || performance.now() - start > longestStartMs) {
      await stop();
      throw new Error(`${binary} does not respond to ${path}:\n${errors}`);
    }
    await sleep(2);
  }
  const { pid } = child;
  const startupMs = performance.now() - start;
  return { url, pid, startupMs, cpu: () => cpuOf(pid), memory: () => memoryOf(pid), stop };
}

/** Stops the process first, so that it does not replace its workers; these may not notice that it has ended. */
function killCommand(pid) {
  return `kill -STOP ${pid}; pkill -KILL -P ${pid}; kill -KILL ${pid}`;
}

/** Makes a first request, since Node.js loads `fetch` with it, which would count as the start of the first program. */
async function loadFetch() {
  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await responds(`http://127.0.0.1:${server.address().port}`);
  server.close();
}

async function responds(url) {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

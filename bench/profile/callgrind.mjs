// Counts the instructions of a running program with Valgrind's Callgrind, by the crate that their source is in.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { explained } from '../lib/missing-tool.mjs';
import { startProgram } from '../lib/program.mjs';
import { instructionsByPart } from './output.mjs';

const WARM_UP = 200;
// Callgrind runs one thread at a time, some fifty times slower than the processor.
const LONGEST_START_MS = 120_000;

/**
 * Runs a program under Callgrind and sends it requests, one after the other over one connection. `pathsOf` takes the
 * program and returns paths by route. Returns, by route, the instructions of a request by part, without the kernel's.
 */
export async function profile({ binary, args = [], ...command }, pathsOf, requests) {
  const folder = mkdtempSync(path.join(tmpdir(), 'create-api-profile-'));
  const output = path.join(folder, 'callgrind.out');
  const valgrind = ['--tool=callgrind', `--callgrind-out-file=${output}`, binary, ...args];
  const program = await startProgram({
    ...command,
    binary: 'valgrind',
    args: valgrind,
    longestStartMs: LONGEST_START_MS,
  });
  try {
    const paths = await pathsOf(program);
    const measured = {};
    for (const [route, path_] of Object.entries(paths)) {
      await send(program.url + path_, WARM_UP);
      control('--zero', program.pid);
      await send(program.url + path_, requests);
      control('--dump', program.pid);
      const parts = instructionsByPart(readFileSync(newest(folder), 'utf8'));
      measured[route] = Object.fromEntries(Object.entries(parts).map(([part, count]) => [part, count / requests]));
    }
    return measured;
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The last dump: Callgrind numbers them. */
function newest(folder) {
  const number = (name) => Number(/\.(\d+)$/.exec(name)?.[1] ?? -1);
  const [last] = readdirSync(folder).sort((a, b) => number(b) - number(a));
  return path.join(folder, last);
}

function control(option, pid) {
  const { status, stderr, error } = spawnSync('callgrind_control', [option, String(pid)], { encoding: 'utf8' });
  if (error) throw explained(error, 'callgrind_control');
  if (status !== 0) throw new Error(`callgrind_control ${option} ended with ${status}:\n${stderr}`);
}

async function send(url, requests) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let request = 0; request < requests; request++) await get(url, agent);
  agent.destroy();
}

function get(url, agent) {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent }, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`${url} responded with ${response.statusCode}`));
        });
      })
      .on('error', reject);
  });
}

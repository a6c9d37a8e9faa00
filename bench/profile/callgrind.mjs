// Counts the instructions of a running program with Valgrind's Callgrind, by the crate that their source is in.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { explained } from '../lib/missing-tool.mjs';
import { startProgram } from '../lib/program.mjs';
import { instructionsByPart } from './output.mjs';

const execute = promisify(execFile);
const WARM_UP = 200;
// Callgrind runs one thread at a time, some fifty times slower than the processor.
const LONGEST_START_MS = 120_000;
const LONGEST_STEP_MS = 60_000;

/**
 * Runs a program under Callgrind and sends it requests, one after the other over one connection. `pathsOf` takes the
 * program and returns paths by route. Returns, by route, the instructions of a request by part, without the kernel's.
 */
export async function profile(command, pathsOf, requests) {
  const folder = mkdtempSync(path.join(tmpdir(), 'create-api-profile-'));
  try {
    return await profileIn(folder, command, pathsOf, requests);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function profileIn(folder, { binary, args = [], ...command }, pathsOf, requests) {
  const output = path.join(folder, 'callgrind.out');
  const pipes = `--vgdb-prefix=${path.join(folder, 'vgdb')}`;
  const program = await startProgram({
    ...command,
    binary: 'valgrind',
    args: [pipes, '--tool=callgrind', `--callgrind-out-file=${output}`, binary, ...args],
    longestStartMs: LONGEST_START_MS,
  });
  let dumps = 0;
  /** Writes what was executed since the last dump, and returns it: Callgrind numbers dumps. */
  const dump = async () => {
    await control([pipes, '--dump', String(program.pid)]);
    dumps += 1;
    return readFileSync(`${output}.${dumps}`, 'utf8');
  };
  try {
    const measured = {};
    for (const [route, target] of Object.entries(await pathsOf(program))) {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      try {
        await send(program.url + target, agent, WARM_UP);
        await dump();
        await send(program.url + target, agent, requests);
        const parts = Object.entries(instructionsByPart(await dump()));
        measured[route] = Object.fromEntries(parts.map(([part, count]) => [part, count / requests]));
      } finally {
        agent.destroy();
      }
    }
    return measured;
  } finally {
    await program.stop();
  }
}

async function control(args) {
  try {
    await execute('callgrind_control', args, { timeout: LONGEST_STEP_MS });
  } catch (error) {
    throw explained(error, 'callgrind_control');
  }
}

async function send(url, agent, requests) {
  for (let request = 0; request < requests; request++) await get(url, agent);
}

function get(url, agent) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, signal: AbortSignal.timeout(LONGEST_STEP_MS) }, (response) => {
      response.resume().on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} responded with ${response.statusCode}`));
      });
    });
    request.on('error', reject);
  });
}

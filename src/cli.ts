#!/usr/bin/env node
/** The program. Imports little before it is needed, so that `--version` is instant. */

import { join } from 'node:path';
import { openOutput } from './ui/output.ts';

/** The version of package.json, inserted by the build. */
declare const CREATE_API_VERSION: string;

const argv = process.argv.slice(2);
const isVersionWanted = argv.some(
  (word, index) => /^(?:-V|--version)$/.test(word) && !argv.slice(0, index).includes('--'),
);

/** The process's streams; each is opened when it is first read, which may take milliseconds. */
const streams = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return openOutput('stdout', failedToWrite);
  },
  get stderr() {
    return openOutput('stderr', failedToWrite);
  },
};

if (isVersionWanted) streams.stdout.write(`${CREATE_API_VERSION}\n`);
else void run();

async function run(): Promise<void> {
  const { main } = await import('./commands/main.ts');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The first signal asks the command to stop, a second one ends the process.
      if (stopping.signal.aborted) process.exit(130);
      stopping.abort();
    });
  }
  const exitCode = await main({
    argv,
    cwd: process.cwd(),
    env: process.env,
    isWindows: process.platform === 'win32',
    nodeVersion: process.versions.node,
    pack: join(__dirname, 'pack'),
    today: new Date().toISOString().slice(0, 'yyyy-mm-dd'.length),
    version: CREATE_API_VERSION,
    script: process.argv[1] ?? '',
    streams,
    signal: stopping.signal,
  });
  // A failed write has set it already.
  process.exitCode ??= exitCode;
}

/** A reader that has gone away (`| head`), which is EOF on Windows, is not an error; anything else, such as a full disk, is reported once. */
function failedToWrite({ code = '', message }: NodeJS.ErrnoException): void {
  if (['EPIPE', 'EIO', 'EOF'].includes(code) || process.exitCode === 1) return;
  process.exitCode = 1;
  streams.stderr.write(`create-api: the output could not be written: ${message}\n`);
}

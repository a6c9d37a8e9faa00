/** The program. Nothing is imported before it is known that it is needed: `--version` answers at once. */

/** Put in by the build; the version of package.json. */
declare const CREATE_API_VERSION: string;

const argv = process.argv.slice(2);
const isVersionWanted = argv.some(
  (word, index) => /^(?:-V|--version)$/.test(word) && !argv.slice(0, index).includes('--'),
);

/** The process's streams; each is opened when it is first read, which takes a millisecond or two. */
const streams = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return watched(process.stdout);
  },
  get stderr() {
    return watched(process.stderr);
  },
};

if (isVersionWanted) streams.stdout.write(`${CREATE_API_VERSION}\n`);
else await run();

async function run(): Promise<void> {
  const { main } = await import('./commands/main.ts');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The first asks to stop; whoever insists is obeyed.
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
    version: CREATE_API_VERSION,
    streams,
    signal: stopping.signal,
  });
  // A write that failed has set it already.
  process.exitCode ??= exitCode;
}

/** A stream on which a write that fails does not throw. */
function watched(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.listeners('error').includes(failedToWrite) ? stream : stream.on('error', failedToWrite);
}

/** A reader that has gone away (`| head`) is no error; anything else, such as a full disk, is told once. */
function failedToWrite({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE' || code === 'EIO' || process.exitCode === 1) return;
  process.exitCode = 1;
  streams.stderr.write(`create-api: the output could not be written: ${message}\n`);
}

export {};

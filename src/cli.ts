/** The program. Nothing is imported before it is known that it is needed: `--version` answers at once. */

/** Put in by the build; the version of package.json. */
declare const CREATE_API_VERSION: string;

const argv = process.argv.slice(2);
const isVersionWanted = argv.some(
  (word, index) => /^(?:-V|--version)$/.test(word) && !argv.slice(0, index).includes('--'),
);

if (isVersionWanted) process.stdout.write(`${CREATE_API_VERSION}\n`);
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
  process.exitCode = await main({
    argv,
    cwd: process.cwd(),
    env: process.env,
    isWindows: process.platform === 'win32',
    nodeVersion: process.versions.node,
    version: CREATE_API_VERSION,
    streams: process,
    signal: stopping.signal,
  });
}

export {};

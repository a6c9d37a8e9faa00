import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce, outputOf, sizeOf } from './build-once.mjs';

const SOURCE = fileURLToPath(new URL('go', import.meta.url));
const COMMANDS = { 'go-net-http': 'nethttp', 'go-chi': 'chi', 'go-gin': 'gin' };
const LABELS = { 'go-net-http': 'Go, net/http', 'go-chi': 'Go, Chi', 'go-gin': 'Go, Gin' };

/** The Go services; each uses every core by itself. */
export const goServices = Object.keys(COMMANDS).map((id) => ({
  id,
  label: LABELS[id],
  build: () => build(COMMANDS[id]),
}));

function build(command) {
  // Its go.mod may choose another toolchain than the one installed.
  const version = outputOf('go', ['version'], SOURCE);
  const { folder, digest } = buildOnce('go', version, (run) => {
    run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', 'bin/', './cmd/...']);
  });
  const binary = path.join(folder, 'bin', command);
  return {
    digest,
    versions: { go: version },
    program: { binary, cwd: folder },
    env: (url, connections) => ({ DATABASE_URL: url, DATABASE_MAX_CONNECTIONS: String(connections) }),
    size: { service: sizeOf([binary]), runtime: 0 },
  };
}

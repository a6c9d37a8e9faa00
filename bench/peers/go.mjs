import path from 'node:path';
import { buildOnce, outputOf, sizeOf } from './build-once.mjs';

const COMMANDS = { 'go-net-http': 'nethttp', 'go-chi': 'chi', 'go-gin': 'gin' };
const LABELS = { 'go-net-http': 'Go, net/http', 'go-chi': 'Go, Chi', 'go-gin': 'Go, Gin' };

/** The Go services; each uses every core by itself. */
export const goServices = Object.keys(COMMANDS).map((id) => ({
  id,
  label: LABELS[id],
  build: () => build(COMMANDS[id]),
}));

function build(command) {
  const version = outputOf('go', ['version']);
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

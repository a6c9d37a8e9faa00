import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { runService, startService } from '../../harness/service.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { inMemory, type Storage } from '../storage.ts';
import type { Features, Target } from '../target.ts';
import type { AccountFault, CacheFault, Fault, RedisFault } from './faults.ts';

const MIDDLEWARE = [
  ...['request-id', 'request-log', 'catch-panic', 'timeout', 'body-limit'],
  ...['cors', 'compression', 'security-headers', 'rate-limit', 'metrics'],
];

/** The model service as a target, keeping the contract or breaking it in one way. */
export function modelTarget(fault?: Fault | AccountFault, auth = 'none'): Target {
  const features = auth === 'none' ? ['openapi'] : [];
  return launchable({ auth, middleware: MIDDLEWARE, features, database: null }, inMemory, fault);
}

/** The same with Redis and no middleware; only its sessions are stored there. */
export function modelTargetWithRedis(storage: Storage, fault?: RedisFault | CacheFault, auth = 'session'): Target {
  return launchable({ auth, middleware: [], features: ['redis'], database: null }, storage, fault);
}

function launchable(
  features: Features,
  storage: Storage,
  fault?: Fault | AccountFault | RedisFault | CacheFault,
): Target {
  const cwd = temporaryFolder('model');
  const program = join(cwd, 'service.mjs');
  const entry = join(import.meta.dirname, 'service.ts');
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  writeFileSync(program, outputFiles[0]?.text ?? '');

  const command = (args: readonly string[], env: Readonly<Record<string, string>>) => {
    const model = { ...env, MODEL_AUTH: features.auth };
    const faulty = fault === undefined ? model : { ...model, FAULT: fault };
    return { binary: process.execPath, args: [program, ...args], env: faulty, cwd };
  };
  return {
    name: 'the model service',
    features,
    launcher: {
      ...storage,
      start: (env, limits) => startService({ ...command([], env), ...limits }),
      run: (args, env) => runService(command(args, env)),
    },
  };
}

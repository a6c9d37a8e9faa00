import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { runService, startService } from '../../harness/service.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import type { Target } from '../target.ts';
import type { AccountFault, Fault } from './faults.ts';

/** The model service as a target, keeping the contract, or breaking it in one way. */
export function modelTarget(fault?: Fault | AccountFault, auth = 'none'): Target {
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
    const model = { ...env, MODEL_AUTH: auth };
    const faulty = fault === undefined ? model : { ...model, FAULT: fault };
    return { binary: process.execPath, args: [program, ...args], env: faulty, cwd };
  };
  const middleware = [
    ...['request-id', 'request-log', 'catch-panic', 'timeout', 'body-limit'],
    ...['cors', 'compression', 'security-headers', 'rate-limit', 'metrics'],
  ];
  return {
    name: 'the model service',
    features: { auth, middleware, features: auth === 'none' ? ['openapi'] : [], database: null },
    launcher: {
      storage: async () => ({}),
      start: (env) => startService(command([], env)),
      run: (args, env) => runService(command(args, env)),
    },
  };
}

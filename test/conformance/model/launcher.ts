import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { runService, startService } from '../../harness/service.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { parsed, paymentOf } from '../../support/build-resources.ts';
import { inMemory, type Storage } from '../storage.ts';
import type { Features, Target } from '../target.ts';
import type { AccountFault, AnyFault, CacheFault, Fault, RedisFault, ResourceFault } from './faults.ts';

const MIDDLEWARE = [
  ...['request-id', 'request-log', 'catch-panic', 'timeout', 'body-limit'],
  ...['cors', 'compression', 'security-headers', 'rate-limit', 'metrics'],
];

/** Has a field of each kind, and each modifier. */
const SPECIMEN = parsed(
  `specimen/specimens title:string(60):unique:min=2 body:text:max=1000 contact:email? active:bool small:i32?:max=5
    big:i64?:unique ratio:f64:min=0.5 price:decimal(20,4):unique token:uuid? day:date moment:timestamp? data:json?
    form:enum(small|large):index payment:ref(payment):cascade parent:ref(specimen)?:unique`,
);

/** The model service as a target, keeping the contract or breaking it in one way. */
export function modelTarget(fault?: Fault | ResourceFault | AccountFault, auth = 'none'): Target {
  const features = auth === 'none' ? ['openapi'] : [];
  const resources = [paymentOf(auth), ...(auth === 'none' ? [SPECIMEN] : [])];
  return launchable({ auth, middleware: MIDDLEWARE, features, database: null, resources }, inMemory, fault);
}

/** The same with Redis and no middleware; only its sessions are stored there. */
export function modelTargetWithRedis(storage: Storage, fault?: RedisFault | CacheFault, auth = 'session'): Target {
  return launchable({ auth, middleware: [], features: ['redis'], database: null, resources: [] }, storage, fault);
}

function launchable(features: Features, storage: Storage, fault?: AnyFault): Target {
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
    const model = { ...env, MODEL_AUTH: features.auth, MODEL_RESOURCES: JSON.stringify(features.resources) };
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

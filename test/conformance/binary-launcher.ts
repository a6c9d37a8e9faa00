import { runService, startService } from '../harness/service.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import type { Storage } from './storage.ts';
import type { Launcher } from './target.ts';

/** Runs the built binary of a service, in an empty folder so that it finds no `.env`. */
export function binaryLauncher(binary: string, storage: Storage): Launcher {
  const cwd = temporaryFolder('service');
  return {
    ...storage,
    start: (env, limits) => startService({ binary, env, cwd, ...limits }),
    run: (args, env) => runService({ binary, args, env, cwd }),
  };
}

import type { Check } from '../../model/check.ts';
import { runCommand } from '../../post/commands.ts';
import { quietEnvironment } from '../../post/environment.ts';
import { isOnSearchPath } from '../../project/search-path.ts';
import type { Context } from '../context.ts';
import { checkRequirement, type Probe } from './check-requirement.ts';
import { rustRequirements } from './requirements.ts';

/** Milliseconds after which a toolchain that has not printed its version counts as missing. */
const PATIENCE = 10_000;

/** Runs commands in `folder`, without a terminal. */
export function probeIn(folder: string, env: Context['env'], signal: AbortSignal): Probe {
  return async (program, args) => {
    const lines: string[] = [];
    const progress = (line: string): void => void lines.push(line);
    const end = await runCommand(program, args, { folder, env: quietEnvironment(env, false), signal, progress });
    return end.kind === 'succeeded' ? lines.join('\n') : null;
  };
}

/**
 * The check of Cargo or rustc that failed; `null` if the toolchain can build a project. Never rejects.
 * Where a project `namesToolchain`, in rust-toolchain.toml, rustup installs that one at the first command.
 */
export async function missingRust(
  { cwd, env, isWindows }: Pick<Context, 'cwd' | 'env' | 'isWindows'>,
  toolVersions: Readonly<Record<string, string>>,
  namesToolchain: boolean,
): Promise<Check | null> {
  if (namesToolchain && isOnSearchPath('rustup', env['PATH'] ?? '', isWindows)) return null;
  // Not the run's own signal: the toolchain is reported after an interruption too.
  const probe = probeIn(cwd, { ...env, RUSTUP_AUTO_INSTALL: '0' }, AbortSignal.timeout(PATIENCE));
  const checks = await Promise.all(rustRequirements(toolVersions).map((need) => checkRequirement(need, probe)));
  return checks.find(({ status }) => status !== 'ok') ?? null;
}

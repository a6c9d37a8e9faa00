import type { Check } from '../../model/check.ts';
import { runCommand } from '../../post/commands.ts';
import { quietEnvironment } from '../../post/environment.ts';
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
 * The check of Cargo or rustc that failed in `folder`; `null` if the toolchain can build a project. Never rejects.
 * Where a project `namesToolchain`, in rust-toolchain.toml, rustup installs that one at the first command.
 */
export async function missingRust(
  folder: string,
  toolVersions: Readonly<Record<string, string>>,
  env: Context['env'],
  namesToolchain: boolean,
): Promise<Check | null> {
  // Not the run's own signal: the toolchain is reported after an interruption too.
  const probe = probeIn(folder, { ...env, RUSTUP_AUTO_INSTALL: '0' }, AbortSignal.timeout(PATIENCE));
  const checks = await Promise.all(rustRequirements(toolVersions).map((need) => checkRequirement(need, probe)));
  const failed = checks.find(({ status }) => status !== 'ok') ?? null;
  const isInstalledLater = failed !== null && namesToolchain && (await probe('rustup', ['--version'])) !== null;
  return isInstalledLater ? null : failed;
}

import { join, resolve } from 'node:path';
import { EXIT, type ExitCode, isExpected, type Problem } from '../../model/errors.ts';
import { failedReport, resultOf, type ServiceFinding, type ServiceReport } from '../../model/fleet.ts';
import { parseSource } from '../../model/source.ts';
import { runOwn } from '../../post/own-program.ts';
import { assertService, type ListedService } from '../../project/service-list.ts';
import type { Context } from '../context.ts';
import { POLICY_VARIABLE } from '../policy/policy-place.ts';

/** The documents that commands print, as far as a fleet needs them. */
export interface ServiceDocument {
  readonly exitCode: ExitCode;
  readonly findings?: readonly ServiceFinding[];
  readonly problems?: readonly Problem[];
  readonly files?: readonly { readonly path: string; readonly action: string }[];
  readonly record?: readonly string[];
  readonly repositoryFiles?: readonly { readonly path: string; readonly action: string }[];
  readonly steps?: readonly { readonly step: string; readonly status?: string; readonly reason?: string }[];
}

/** Runs a command in a service, in a process of its own, which cannot take the others along however it ends. */
export async function runIn(
  folder: string,
  args: readonly string[],
  context: Pick<Context, 'cwd' | 'env' | 'pack' | 'signal'>,
): Promise<ServiceDocument> {
  assertService(folder);
  // The program is beside its pack.
  const program = join(context.pack, '../cli.js');
  const env = { ...context.env, ...policyFor(context) };
  const end = await runOwn(program, args, { folder, env, signal: context.signal });
  switch (end.kind) {
    case 'ended':
      return end.document as unknown as ServiceDocument;
    case 'cancelled':
      return { exitCode: EXIT.cancelled };
    case 'failed':
      return { exitCode: EXIT.failed, problems: [{ code: 'no-report', message: `${args[0]}: ${end.reason}` }] };
  }
}

/** A path of a policy is relative to the folder that the run was started in. */
function policyFor({ cwd, env }: Pick<Context, 'cwd' | 'env'>): NodeJS.ProcessEnv {
  const named = env[POLICY_VARIABLE];
  return named ? { [POLICY_VARIABLE]: absoluteSource(named, (path) => resolve(cwd, path)) } : {};
}

/** A source in which a path is what `placed` makes of it. */
export function absoluteSource(text: string, placed: (path: string) => string): string {
  const parsed = parseSource(text);
  return 'source' in parsed && parsed.source.kind === 'path' ? placed(parsed.source.path) : text;
}

/** Checks a service. Never rejects but because of a bug. */
export function checkService(
  { service, folder }: ListedService,
  context: Pick<Context, 'cwd' | 'env' | 'pack' | 'signal'>,
): Promise<ServiceReport> {
  return reported(service, async () => {
    const { exitCode, findings = [], problems = [] } = await runIn(folder, ['check'], context);
    return { service, exitCode, result: resultOf(exitCode), findings, problems };
  });
}

/** The report of `work`, or of why it failed. */
export async function reported(service: string, work: () => Promise<ServiceReport>): Promise<ServiceReport> {
  try {
    return await work();
  } catch (error) {
    if (!isExpected(error)) throw error;
    return failedReport(service, error.exitCode, error.problems);
  }
}

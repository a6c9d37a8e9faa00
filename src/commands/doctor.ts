import { loadCatalog } from '../catalog/builtin.ts';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { readFlags } from '../options/flags.ts';
import { DOCTOR_OPTIONS } from '../options/schema.ts';
import { quietEnvironment } from '../post/environment.ts';
import { doctorText } from '../ui/doctor-text.ts';
import type { Command, Context } from './context.ts';
import { examine, examineNode, type Probe } from './doctor/examine.ts';
import { needs } from './doctor/needs.ts';
import { refuseOperands } from './operands.ts';

/** `create-api doctor`: looks for what making and building a project takes; exit 1 where something needed is missing. */
export const doctor: Command = async (context) => {
  const raw = readFlags(DOCTOR_OPTIONS, context.argv);
  const problems = [...raw.problems, ...refuseOperands('doctor', raw.operands)];
  if (problems.length > 0) throw new ExpectedError(EXIT.usage, problems);
  const { toolVersions } = await loadCatalog();
  const wanted = needs(toolVersions, context.isWindows);
  const probe = await probeWith(context);
  const checks = [examineNode(context.nodeVersion), ...(await Promise.all(wanted.map((need) => examine(need, probe))))];
  // What was not looked at to its end was not found.
  if (context.signal.aborted) throw new ExpectedError(EXIT.cancelled, [STOPPED]);
  const isReady = checks.every((check) => check.status === 'ok' || !check.needed);
  const exitCode = isReady ? EXIT.done : EXIT.failed;
  return {
    exitCode,
    text: doctorText(checks, isReady, context.terminal.out, context.terminal.columns),
    json: { ok: isReady, exitCode, checks },
  };
};

const STOPPED: Problem = { code: 'cancelled', message: 'stopped before everything was looked at' };

async function probeWith({ cwd, env, signal }: Context): Promise<Probe> {
  const { runCommand } = await import('../post/commands.ts');
  return async (program, args) => {
    const lines: string[] = [];
    const progress = (line: string): void => void lines.push(line);
    const end = await runCommand(program, args, { folder: cwd, env: quietEnvironment(env, false), signal, progress });
    return end.kind === 'succeeded' ? lines.join('\n') : null;
  };
}

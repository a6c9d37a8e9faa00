import { loadCatalog } from '../catalog/builtin.ts';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { DOCTOR_OPTIONS } from '../options/command-options.ts';
import { readFlags } from '../options/flags.ts';
import { doctorText } from '../ui/doctor-text.ts';
import type { Command } from './context.ts';
import { checkNode, checkRequirement } from './doctor/check-requirement.ts';
import { requirements } from './doctor/requirements.ts';
import { probeIn } from './doctor/rust.ts';
import { refuseOperands } from './operands.ts';

/** `create-api doctor`: checks what creating and building a project requires; exits 1 if something needed is missing. */
export const doctor: Command = async (context) => {
  const raw = await readFlags(DOCTOR_OPTIONS, context.argv);
  const problems = [...raw.problems, ...refuseOperands('doctor', raw.operands)];
  if (problems.length > 0) throw new ExpectedError(EXIT.usage, problems);
  const { toolVersions } = loadCatalog(context.pack);
  const wanted = requirements(toolVersions, context.isWindows);
  const probe = probeIn(context.cwd, context.env, context.signal);
  const checks = [
    checkNode(context.nodeVersion),
    ...(await Promise.all(wanted.map((need) => checkRequirement(need, probe)))),
  ];
  // An unfinished check counts as not found, so the result would be wrong.
  if (context.signal.aborted) throw new ExpectedError(EXIT.cancelled, [STOPPED]);
  const isReady = checks.every((check) => check.status === 'ok' || !check.needed);
  const exitCode = isReady ? EXIT.done : EXIT.failed;
  return {
    exitCode,
    text: doctorText(checks, isReady, context.program, context.terminal),
    json: { ok: isReady, exitCode, checks },
  };
};

const STOPPED: Problem = { code: 'cancelled', message: 'stopped before every check was done' };

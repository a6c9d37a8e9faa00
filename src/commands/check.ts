import { EXIT, ExpectedError } from '../model/errors.ts';
import { readFlags } from '../options/flags.ts';
import { CHECK_OPTIONS } from '../options/schema.ts';
import { findProject } from '../project/record-files.ts';
import { assertSettled } from '../project/transaction.ts';
import { checkText } from '../ui/check-text.ts';
import { openProject } from './change/open-project.ts';
import { findDrift } from './check/find-drift.ts';
import { sarifOf } from './check/sarif.ts';
import type { Command } from './context.ts';
import { refuseOperands } from './operands.ts';
import { loadProjectOptions } from './packs/project-options.ts';

/** `create-api check`: reports how a project differs from its standard, offline and without writing; exits 6 if it does. */
export const check: Command = async (context) => {
  const { argv, cwd, terminal, version } = context;
  const { operands, problems, switches } = await readFlags(CHECK_OPTIONS, argv);
  const wrong = [...problems, ...refuseOperands('check', operands)];
  if (wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
  const root = findProject(cwd);
  assertSettled(root);
  const options = await loadProjectOptions(root, [], context);
  const project = openProject(root, options);
  const findings = findDrift(project, options);
  const ok = findings.length === 0;
  const exitCode = ok ? EXIT.done : EXIT.drift;
  const { inRepository } = project.lock.placement;
  const text = switches['sarif']
    ? JSON.stringify(sarifOf(findings, inRepository, version), null, 2)
    : checkText(findings, terminal);
  return { exitCode, text, json: { ok, exitCode, path: root, findings } };
};

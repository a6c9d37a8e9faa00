import { EXIT, ExpectedError } from '../model/errors.ts';
import { CHECK_OPTIONS } from '../options/command-options.ts';
import { contradictingFlags, readFlags } from '../options/flags.ts';
import { expiredWaivers } from '../options/policy.ts';
import { classifier } from '../plan/file-class.ts';
import { findProject } from '../project/record-files.ts';
import { assertSettled } from '../project/transaction.ts';
import { checkText } from '../ui/check-text.ts';
import { openProject } from './change/open-project.ts';
import { presentPending } from './change/pending-change.ts';
import { findDrift } from './check/find-drift.ts';
import { findViolations } from './check/policy-findings.ts';
import { sarifOf } from './check/sarif.ts';
import type { Command } from './context.ts';
import { refuseOperands } from './operands.ts';
import { loadProjectOptions } from './packs/project-options.ts';
import { enforceFor } from './policy/enforce.ts';

/**
 * `create-api check`: reports how a project differs from its standard, and which rules of policies it breaks, without writing. Exits 5
 * if its record does not say what it was rendered from, otherwise 4 if a rule is broken, which a person has to decide about, otherwise 6
 * if there is drift, which `update` may remove.
 */
export const check: Command = async (context) => {
  const { argv, cwd, terminal, version } = context;
  const { operands, problems, switches } = await readFlags(CHECK_OPTIONS, argv);
  const formats = ['json', 'sarif'].filter((key) => switches[key]).map((key) => `--${key}`);
  const wrong = [
    ...problems,
    ...refuseOperands('check', operands),
    ...(formats.length > 1 ? [contradictingFlags(formats)] : []),
  ];
  if (wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
  const root = findProject(cwd);
  assertSettled(root);
  const unruled = await loadProjectOptions(root, [], context);
  const project = openProject(root, unruled);
  const options = await enforceFor(project, unruled, context);
  const violations = findViolations(project, options);
  const ruled = new Set(violations.map(({ path }) => path));
  // What a policy manages is its business, and that may have changed since the project was rendered.
  const classOf = classifier(options.catalog.classes);
  const isOwn = (path: string) => classOf(path) === 'managed' && !ruled.has(path);
  const found = findDrift(project, options, await presentPending(root, context));
  const drift = found.filter(({ rule, path }) => rule !== 'edited-file' || isOwn(path));
  const findings = [...drift, ...violations];
  const policies = options.enforced.policies.map(({ source, shown = source }) => shown);
  const expired = expiredWaivers(project.lock.answers.name, options.enforced);
  const isBroken = violations.some(({ isWaived }) => !isWaived);
  const ok = drift.length === 0 && !isBroken;
  const isMismatched = drift.some(({ rule }) => rule === 'mismatched-record');
  const exitCode = isMismatched ? EXIT.integrity : isBroken ? EXIT.policy : ok ? EXIT.done : EXIT.drift;
  const { inRepository } = project.lock.placement;
  const text = switches['sarif']
    ? JSON.stringify(sarifOf([{ findings, folder: inRepository }], version), null, 2)
    : checkText(findings, policies, expired, terminal);
  return { exitCode, text, json: { ok, exitCode, path: root, policies, findings, expiredWaivers: expired } };
};

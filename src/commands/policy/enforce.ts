/** Puts policies into force for a command. */
import { basename } from 'node:path';

import type { Answers, Origins } from '../../model/answers.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import type { FileSet } from '../../model/files.ts';
import { matcherOf } from '../../model/path-pattern.ts';
import { isWaived, type SourcedPolicy } from '../../model/policy.ts';
import type { Resource } from '../../model/resource.ts';
import { currentResources } from '../../model/resource-history.ts';
import {
  broughtUpToPolicy,
  isBroken,
  type Judged,
  type LockedVersions,
  originsUnder,
  overruled,
  problemsOfPolicy,
  violationsOf,
  withPolicies,
  withRequiredResources,
} from '../../options/policy.ts';
import { type CreateRequest, completeAnswers } from '../../options/resolve.ts';
import type { Project } from '../change/open-project.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import type { PresetPolicy } from '../create/load-preset.ts';
import { findPolicy } from './find-policy.ts';

/** Options under policies, on the day of the call. */
export function enforce(options: CreateOptions, policies: readonly SourcedPolicy[], today: string): CreateOptions {
  if (policies.length === 0) return options;
  const enforced = { policies, today };
  return { ...options, enforced, rules: withPolicies(options.rules, enforced) };
}

/**
 * Options under the policies of a project: those of its lock and the one that is found now, which replaces an earlier one of the same
 * source. Throws an `ExpectedError` with everything that is wrong with that.
 */
export async function enforceFor(
  project: Project,
  options: CreateOptions,
  context: Pick<Context, 'cwd' | 'env' | 'signal' | 'today'>,
): Promise<CreateOptions> {
  const { found, problems } = await findPolicy(project.root, context, options.axes);
  if (problems.length > 0) throw new ExpectedError(EXIT.usage, problems);
  const { policies } = project.lock;
  const others = policies.filter(({ source }) => found === null || origin(source) !== origin(found.source));
  return enforce(options, found === null ? policies : [...others, found], context.today);
}

/** A source without its version or commit. */
function origin(source: string): string {
  return source.replace(/^(npm:@?[^@]*)@[^/]*/, '$1').replace(/#[0-9a-f]{40}/, '#');
}

/** The policy of a preset, named as the record of a project names it. */
export function sourced({ policy, preset: { name, path } }: PresetPolicy): SourcedPolicy {
  return { policy, source: path === null ? name : basename(name), shown: name };
}

/** A request with what policies set instead of presets. */
export function underPolicies(request: CreateRequest, { axes, enforced }: CreateOptions): CreateRequest {
  return overruled(request, axes, enforced);
}

/** A problem for every rule that a project would break. */
export function problemsUnder(judged: Judged, { axes, enforced }: CreateOptions): readonly Problem[] {
  return problemsOfPolicy(violationsOf(judged, axes, enforced));
}

/** Resources with those that policies require; not if a flag wants none. */
export function resourcesUnder({ chosen, origins }: CreateRequest, { enforced }: CreateOptions): readonly Resource[] {
  const { resources = [] } = chosen;
  return origins.resources === 'flag' && resources.length === 0
    ? resources
    : withRequiredResources(resources, chosen, enforced);
}

/** Where the answers of a new project come from under policies. */
export function originsOfNew(answers: Answers, origins: Origins, { axes, enforced }: CreateOptions): Origins {
  return originsUnder(answers, origins, axes, enforced);
}

/** Throws an `ExpectedError` (exit code `policy`) with every rule that a rendered project breaks. */
export function refuseViolations(chosen: Answers, rendered: FileSet, options: CreateOptions): void {
  const problems = problemsUnder(judgedAs(chosen, rendered, options), options);
  if (problems.length > 0) throw new ExpectedError(EXIT.policy, problems);
}

/**
 * Throws an `ExpectedError` (exit code `policy`) with every rule that a change of a project would break, and that the project, as it
 * was rendered, did not break before.
 */
export function refuseNewViolations(
  { lock, base }: Project,
  now: Answers,
  rendered: FileSet,
  options: CreateOptions,
): void {
  const broken = (judged: Judged) => violationsOf(judged, options.axes, options.enforced).filter(isBroken);
  const before = broken(judgedAs(lock.answers, [...base.values()], options));
  const known = new Set(before.map(({ rule, by }) => `${rule} ${by}`));
  // An old create-api changes nothing, whatever it was before.
  const added = broken(judgedAs(now, rendered, options)).filter(
    ({ rule, by }) => rule === 'minVersions.createApi' || !known.has(`${rule} ${by}`),
  );
  if (added.length > 0) throw new ExpectedError(EXIT.policy, problemsOfPolicy(added));
}

/** A project that this create-api renders, with these among its files. */
function judgedAs(
  chosen: Answers,
  files: readonly { readonly path: string; readonly text: string }[],
  { catalog }: CreateOptions,
): Judged {
  const cargoLock = files.find(({ path }) => path === 'Cargo.lock')?.text ?? '';
  return { chosen, createApi: catalog.standard.version, crates: versionsIn(cargoLock) };
}

/** The answers that `update` brings a project to. Throws an `ExpectedError` if what policies require does not fit together with its own. */
export function answersUnder(answers: Answers, { axes, rules, enforced }: CreateOptions): Answers {
  const wanted = broughtUpToPolicy(answers, axes, enforced);
  const completed = completeAnswers({ ...wanted, resources: currentResources(wanted.resources) }, axes, rules);
  if ('problems' in completed) throw new ExpectedError(EXIT.usage, completed.problems);
  return { ...completed.answers, resources: wanted.resources };
}

/** Rendered files, of which those that a policy manages stay as they are rendered. */
export function withManagedFiles(
  files: FileSet,
  { name }: Pick<Answers, 'name'>,
  { enforced }: CreateOptions,
): FileSet {
  const { policies, today } = enforced;
  const patterns = policies.flatMap(({ policy }) =>
    policy.managed.filter((pattern) => !isWaived(policy, `managed.${pattern}`, name, today)),
  );
  if (patterns.length === 0) return files;
  const isManaged = matcherOf(patterns);
  return files.map((file) =>
    file.origin.class === 'merge' && isManaged(file.path)
      ? { ...file, origin: { ...file.origin, class: 'managed' } }
      : file,
  );
}

/** The versions of each crate in a `Cargo.lock`. */
export function versionsIn(lock: string): LockedVersions {
  const versions = new Map<string, readonly string[]>();
  for (const [, name = '', version = ''] of lock.matchAll(
    /^\[\[package\]\]\r?\nname = "([^"]*)"\r?\nversion = "([^"]*)"/gm,
  )) {
    versions.set(name, [...(versions.get(name) ?? []), version]);
  }
  return versions;
}

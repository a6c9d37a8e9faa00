/** What policies mean for answers. Pure: the day is given, and so is what is known about versions. */
import type { Answers, Origin, Origins } from '../model/answers.ts';
import type { AxisId } from '../model/axes.ts';
import type { Problem } from '../model/errors.ts';
import { isWaived, type Policy, resourceName, type SourcedPolicy, waiverOf } from '../model/policy.ts';
import type { Resource } from '../model/resource.ts';
import { parseResource } from '../model/resource-syntax.ts';
import { isOlder } from '../model/version.ts';
import type { Rules } from './resolve.ts';
import type { AxisOption } from './schema.ts';

/** The policies that are in force. */
export interface Enforced {
  readonly policies: readonly SourcedPolicy[];
  /** The day in UTC, on which waivers count or have expired: `2027-01-31`. */
  readonly today: string;
}

/** A rule that a project breaks. */
export interface Violation {
  /** As waivers name it: `deny.database.mysql`. */
  readonly rule: string;
  /** Who set it: the source of the policy. */
  readonly by: string;
  readonly message: string;
  readonly hint: string;
  /** The waiver that counts, or has expired. */
  readonly waiver: { readonly reason: string; readonly expires: string; readonly isExpired: boolean } | null;
}

/** The versions of crates in a `Cargo.lock`, by name. */
export type LockedVersions = ReadonlyMap<string, readonly string[]>;

type Chosen = Partial<Answers>;

/** Rules of a pack with those of policies: what these rule out cannot be chosen, and is no default. */
export function withPolicies(rules: Rules, enforced: Enforced): Rules {
  return {
    ...rules,
    incompatibilityReason: (chosen, axis, id) =>
      rules.incompatibilityReason(chosen, axis, id) ?? refusalOf(chosen, axis, id, enforced),
    demandedIds: (chosen, axis) => demandedIds(chosen, axis, enforced),
    lockReason: (chosen, axis, id) => lockReason(chosen, axis, id, enforced),
  };
}

/** Those of policies whose rules with a name are not waived. */
function inForce(rule: string, { name = '' }: Chosen, { policies, today }: Enforced) {
  const counting = policies.filter(({ policy }) => !isWaived(policy, rule, name, today));
  return counting.map(({ policy, source, shown = source }) => ({ policy, place: shown }));
}

/** Why policies rule out an id, or `null`. */
function refusalOf(chosen: Chosen, axis: AxisId, id: string, enforced: Enforced): string | null {
  for (const { place, policy } of inForce(`lock.${axis}`, chosen, enforced)) {
    const locked = policy.lock[axis];
    if (locked !== undefined && ![locked].flat().includes(id)) return `${listed(locked)} is locked by ${place}`;
  }
  for (const { place, policy } of inForce(`allow.${axis}`, chosen, enforced)) {
    if (policy.allow[axis]?.includes(id) === false) return `${place} allows only ${listed(policy.allow[axis])}`;
  }
  for (const { place, policy } of inForce(`deny.${axis}.${id}`, chosen, enforced)) {
    const reason = own(policy.deny[axis] ?? {}, id);
    if (reason !== undefined) return `${reason} (${place})`;
  }
  return null;
}

/** The ids that policies put into a list, or the one that they lock. */
function demandedIds(chosen: Chosen, axis: AxisId, enforced: Enforced): readonly string[] {
  const locked = inForce(`lock.${axis}`, chosen, enforced).flatMap(({ policy }) => policy.lock[axis] ?? []);
  const required = enforced.policies.flatMap(({ policy }) => policy.require[axis] ?? []);
  return [...locked, ...required.filter((id) => lockReason(chosen, axis, id, enforced) !== null)];
}

/** Why policies demand an id, or `null`. */
function lockReason(chosen: Chosen, axis: AxisId, id: string, enforced: Enforced): string | null {
  const locking = inForce(`lock.${axis}`, chosen, enforced).find(({ policy }) =>
    [policy.lock[axis] ?? []].flat().includes(id),
  );
  if (locking !== undefined) return `locked by ${locking.place}`;
  const requiring = inForce(`require.${axis}.${id}`, chosen, enforced).find(({ policy }) =>
    policy.require[axis]?.includes(id),
  );
  return requiring === undefined ? null : `required by ${requiring.place}`;
}

/** Answers from presets with what policies set instead, and where they come from then. */
export function overruled<State extends { readonly chosen: Chosen; readonly origins: Origins }>(
  state: State,
  axes: readonly AxisOption[],
  enforced: Enforced,
): State {
  const { chosen, origins } = state;
  const changed: Record<string, string | readonly string[]> = {};
  for (const option of axes) {
    const { key, kind, choices } = option;
    const value = chosen[key];
    if (origins[key] !== 'preset' || value === undefined || value === null) continue;
    const demanded = demandedIds(chosen, key, enforced);
    const [locked] = inForce(`lock.${key}`, chosen, enforced)
      .flatMap(({ policy }) => [policy.lock[key] ?? []])
      .filter((ids) => ids.length > 0);
    const ids = locked !== undefined ? [locked].flat() : [...[value].flat(), ...(kind === 'list' ? demanded : [])];
    const ordered = choices.map(({ id }) => id).filter((id) => ids.includes(id));
    if (ordered.join() !== [value].flat().join()) changed[key] = kind === 'list' ? ordered : (ordered[0] ?? value);
  }
  const byPolicy = Object.keys(changed).map((key): [string, Origin] => [key, 'policy']);
  return { ...state, chosen: { ...chosen, ...changed }, origins: { ...origins, ...Object.fromEntries(byPolicy) } };
}

/** The resources of a project with those that policies require and it lacks, in front, so that others may refer to them. */
export function withRequiredResources(
  resources: readonly Resource[],
  chosen: Chosen,
  enforced: Enforced,
): readonly Resource[] {
  const missing = requiredResources(chosen, enforced).filter((text) => {
    return resources.every(({ singular }) => singular !== resourceName(text));
  });
  const unique = new Map(missing.map((text) => [resourceName(text), parseResource(text).resource]));
  return [...[...unique.values()].flatMap((resource) => resource ?? []), ...resources];
}

function requiredResources(chosen: Chosen, enforced: Enforced): readonly string[] {
  return enforced.policies.flatMap(({ policy }) =>
    (policy.require['resources'] ?? []).filter((text) => {
      return !isWaived(policy, `require.resources.${resourceName(text)}`, chosen.name ?? '', enforced.today);
    }),
  );
}

/**
 * The answers of an existing project with what `update` brings: required ids, locked lists, and required resources behind its own, whose
 * migrations come first. Another framework or database is no update, so what is locked otherwise stays for a person to decide.
 */
export function broughtUpToPolicy(answers: Answers, axes: readonly AxisOption[], enforced: Enforced): Answers {
  const lists = axes.flatMap(({ key, kind, choices }): (readonly [string, readonly string[]])[] => {
    if (kind !== 'list') return [];
    const isKept = (id: string) => [answers[key] ?? []].flat().includes(id) && !isLockedOut(answers, key, id, enforced);
    const demanded = demandedIds(answers, key, enforced);
    return [[key, choices.map(({ id }) => id).filter((id) => demanded.includes(id) || isKept(id))]];
  });
  const all = withRequiredResources(answers.resources, answers, enforced);
  const resources = [...answers.resources, ...all.filter((each) => !answers.resources.includes(each))];
  return { ...answers, ...Object.fromEntries(lists), resources };
}

function isLockedOut(chosen: Chosen, axis: AxisId, id: string, enforced: Enforced): boolean {
  return inForce(`lock.${axis}`, chosen, enforced).some(
    ({ policy }) => [policy.lock[axis] ?? id].flat().includes(id) === false,
  );
}

/** Where answers come from once policies have had their say: what one locks comes from it, and so does a default that it changes. */
export function originsUnder(
  answers: Answers,
  origins: Origins,
  axes: readonly AxisOption[],
  enforced: Enforced,
): Origins {
  const decided = axes.flatMap(({ key }): [string, Origin][] => {
    const isLocked = inForce(`lock.${key}`, answers, enforced).some(({ policy }) => policy.lock[key] !== undefined);
    const isAdded = origins[key] === 'default' && demandedIds(answers, key, enforced).length > 0;
    return isLocked || isAdded ? [[key, 'policy']] : [];
  });
  const isResourceAdded = origins.resources === 'default' && requiredResources(answers, enforced).length > 0;
  return { ...origins, ...Object.fromEntries(decided), ...(isResourceAdded && { resources: 'policy' }) };
}

/** What a project is, as far as it is known: rules about what is absent are not broken. */
export interface Judged {
  readonly chosen: Chosen;
  /** The version of create-api that rendered it, or is going to. */
  readonly createApi?: string;
  readonly crates?: LockedVersions;
}

/** Every rule of policies that a project breaks, those that are waived, too. */
export function violationsOf(
  judged: Judged,
  axes: readonly AxisOption[],
  { policies, today }: Enforced,
): readonly Violation[] {
  return policies.flatMap(({ policy, source, shown = source }) =>
    brokenRules(judged, axes, policy).map(({ rule, what, instead }): Violation => {
      const waiver = waiverOf(policy, rule, judged.chosen.name ?? '');
      const isExpired = waiver !== null && today > waiver.expires;
      const lapsed = isExpired ? `; its waiver (${waiver.reason}) expired on ${waiver.expires}` : '';
      return {
        ...{ rule, by: shown, message: `${what} (rule ${rule} of ${shown})${lapsed}` },
        hint: `${instead}, or ask for a waiver of ${rule} in ${shown}`,
        waiver: waiver && { reason: waiver.reason, expires: waiver.expires, isExpired },
      };
    }),
  );
}

/** A waiver that has expired. */
export interface ExpiredWaiver {
  readonly rule: string;
  readonly by: string;
  readonly reason: string;
  readonly expires: string;
}

/** The waivers for a project that have expired, so that somebody removes them or does what they put off. */
export function expiredWaivers(project: string, { policies, today }: Enforced): readonly ExpiredWaiver[] {
  return policies.flatMap(({ policy, source, shown = source }) =>
    policy.waivers
      .filter(({ expires, projects }) => today > expires && (projects?.includes(project) ?? true))
      .map(({ rule, reason, expires }) => ({ rule, by: shown, reason, expires })),
  );
}

/** Whether a rule counts: it is not waived, or its waiver has expired. */
export function isBroken({ waiver }: Violation): boolean {
  return waiver === null || waiver.isExpired;
}

/** Violations as problems of a command. */
export function problemsOfPolicy(violations: readonly Violation[]): readonly Problem[] {
  return violations.filter(isBroken).map(({ message, hint }) => ({ code: 'policy', message, hint }));
}

interface BrokenRule {
  readonly rule: string;
  readonly what: string;
  readonly instead: string;
}

function brokenRules(judged: Judged, axes: readonly AxisOption[], policy: Policy): readonly BrokenRule[] {
  const { chosen, createApi, crates } = judged;
  const ofAxes = axes.flatMap((option) => brokenBy(option, chosen, policy));
  const { resources } = chosen;
  const missing = (policy.require['resources'] ?? []).map(resourceName).filter((name) => {
    return resources?.every(({ singular }) => singular !== name) ?? false;
  });
  const { createApi: oldest } = policy.minVersions;
  const isOutdated = createApi !== undefined && oldest !== undefined && isOlder(createApi, oldest);
  const old = Object.entries(policy.minVersions.crates).flatMap(([crate, least]) =>
    (crates?.get(crate) ?? [])
      .filter((version) => isOlder(version, least))
      .map((version) => ({ crate, version, least })),
  );
  return [
    ...ofAxes,
    ...missing.map((name) => ({
      rule: `require.resources.${name}`,
      what: `there is no resource ${name}, which every project has`,
      instead: 'create-api update adds it',
    })),
    ...(isOutdated
      ? [
          {
            rule: 'minVersions.createApi',
            what: `create-api ${createApi} is older than ${oldest}`,
            instead: `npx create-api@${oldest} update`,
          },
        ]
      : []),
    ...old.map(({ crate, version, least }) => ({
      rule: `minVersions.crates.${crate}`,
      what: `Cargo.lock has ${crate} ${version}, which is older than ${least}`,
      instead: `cargo update ${crate}`,
    })),
  ];
}

function brokenBy({ key, flag, choices }: AxisOption, chosen: Chosen, policy: Policy): readonly BrokenRule[] {
  const value = chosen[key];
  if (value === undefined || value === null) return [];
  const ids = [value].flat();
  const isList = Array.isArray(value);
  const option = flag.slice(2);
  const [locked, allowed] = [policy.lock[key], policy.allow[key]];
  const isOther = locked !== undefined && [...ids].sort().join() !== [locked].flat().toSorted().join();
  const outside = allowed === undefined ? [] : ids.filter((id) => !allowed.includes(id));
  const open = choices
    .map(({ id }) => id)
    .filter((id) => own(policy.deny[key] ?? {}, id) === undefined && allowed?.includes(id) !== false);
  return [
    ...(isOther
      ? [
          {
            rule: `lock.${key}`,
            what: `${option} is ${listed(value)}, but locked to ${listed(locked)}`,
            instead: `choose ${listed(locked)}`,
          },
        ]
      : []),
    ...(outside.length > 0
      ? [
          {
            rule: `allow.${key}`,
            what: `${option} is ${listed(value)}, but the policy allows only ${listed(allowed ?? [])}`,
            instead: isList ? `leave out ${listed(outside)}` : `choose ${oneOf(allowed ?? [])}`,
          },
        ]
      : []),
    ...ids.flatMap((id) => {
      const reason = own(policy.deny[key] ?? {}, id);
      if (reason === undefined) return [];
      const instead = isList || open.length === 0 ? `leave out ${id}` : `choose ${oneOf(open)}`;
      const what = `${option} ${isList ? 'has' : 'is'} ${id}, which is denied: ${reason}`;
      return [{ rule: `deny.${key}.${id}`, what, instead }];
    }),
    ...(policy.require[key] ?? [])
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        rule: `require.${key}.${id}`,
        what: `${option} lacks ${id}, which is required`,
        instead: `add ${id}`,
      })),
  ];
}

function listed(ids: string | readonly string[]): string {
  return [ids].flat().join(', ') || 'none';
}

function oneOf(ids: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(ids);
}

/** A value of an object that a person wrote, which has the keys of every object, too. */
function own<Value>(object: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

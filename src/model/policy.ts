/** What a team demands of its services. */

/** A policy, as `policy-schema.ts` reads it; keys of axes are those of answers. */
export interface Policy {
  readonly about?: string;
  /** Axis → what is chosen on it. */
  readonly lock: Readonly<Record<string, string | readonly string[]>>;
  /** Axis → the only ids that may be chosen. */
  readonly allow: Readonly<Record<string, readonly string[]>>;
  /** Axis → ids that may not be chosen → the reason. */
  readonly deny: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** List → ids that have to be in it; for `resources`, resources in the notation of `resource-syntax.ts`. */
  readonly require: Readonly<Record<string, readonly string[]>>;
  readonly minVersions: { readonly createApi?: string; readonly crates: Readonly<Record<string, string>> };
  /** Patterns of files that stay as they are rendered. */
  readonly managed: readonly string[];
  readonly waivers: readonly Waiver[];
}

/** An exception from a rule, for a while. */
export interface Waiver {
  /** As in `deny.database.mysql`. */
  readonly rule: string;
  readonly reason: string;
  /** The last day that it counts, in UTC: `2027-01-31`. */
  readonly expires: string;
  /** Names of packages; absent if it is for all. */
  readonly projects?: readonly string[];
}

/** A policy and who set it. */
export interface SourcedPolicy {
  /** As the lock of a project has it: a path, or the source of a preset. */
  readonly source: string;
  /** As people are shown it, if it is not the same: where the file is on this machine. */
  readonly shown?: string;
  readonly policy: Policy;
}

/** The name of every rule of a policy, as waivers and messages have it. */
export function rulesOf({ lock, allow, deny, require, minVersions, managed }: Policy): readonly string[] {
  const pairs = (name: string, rules: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(rules).flatMap(([key, ids]) => ids.map((id) => `${name}.${key}.${id}`));
  const { resources = [], ...lists } = require;
  return [
    ...Object.keys(lock).map((key) => `lock.${key}`),
    ...Object.keys(allow).map((key) => `allow.${key}`),
    ...pairs('deny', Object.fromEntries(Object.entries(deny).map(([key, ids]) => [key, Object.keys(ids)]))),
    ...pairs('require', { ...lists, resources: resources.map(resourceName) }),
    ...(minVersions.createApi === undefined ? [] : ['minVersions.createApi']),
    ...Object.keys(minVersions.crates).map((crate) => `minVersions.crates.${crate}`),
    ...managed.map((pattern) => `managed.${pattern}`),
  ];
}

/** The singular name of a resource in the notation of `resource-syntax.ts`: its first word, without a plural. */
export function resourceName(text: string): string {
  return text.trim().split(/[\s/]/, 1)[0] ?? '';
}

/** The waiver of a rule for a project; the one that expires last, which may be in the past. */
export function waiverOf({ waivers }: Policy, rule: string, project: string): Waiver | null {
  const fitting = waivers.filter((each) => each.rule === rule && (each.projects?.includes(project) ?? true));
  return fitting.reduce<Waiver | null>(
    (last, each) => (last === null || each.expires > last.expires ? each : last),
    null,
  );
}

/** Whether a rule is waived for a project on a day. */
export function isWaived(policy: Policy, rule: string, project: string, today: string): boolean {
  const waiver = waiverOf(policy, rule, project);
  return waiver !== null && today <= waiver.expires;
}

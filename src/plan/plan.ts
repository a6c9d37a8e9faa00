import type { Answers } from '../model/answers.ts';
import {
  type Catalog,
  type Contribution,
  isPattern,
  type Part,
  type PartFile,
  pathFor,
  purposeOf,
  type SlotFragment,
} from '../model/catalog.ts';
import { PackError } from '../model/errors.ts';
import type { FileClass } from '../model/files.ts';
import type { EnvGroup } from '../model/manifest.ts';
import { type MigrationVersions, numbered } from '../model/migrations.ts';
import { matcherOf } from '../model/path-pattern.ts';
import type { Placement, Plan, PlannedCrate, PlannedFile } from '../model/plan.ts';
import { currentResources, type HistoryStep, stepsOf } from '../model/resource-history.ts';
import { chosenParts, contributionsOf } from './contributions.ts';
import { classifier } from './file-class.ts';
import { ALONE, placeFiles } from './placement.ts';
import { isMovedBy, renamesOf } from './renames.ts';
import { mergeOwned } from './take-over.ts';

/**
 * Decides what the project consists of: every chosen part's contributions, ordered and merged.
 * `answers` are compatible (see `problemsOf`), `kept` are paths of files that were written once and stay, whatever is chosen now, and
 * `versions` those that migrations have in this project.
 * Throws a `PackError` if contributions conflict.
 */
export function plan(
  answers: Answers,
  catalog: Catalog,
  placement: Placement = ALONE,
  kept: readonly string[] = [],
  versions: MigrationVersions = {},
): Plan {
  const parts = chosenParts(answers, catalog);
  const history = [...catalog.resources, ...answers.resources.map((resource) => ({ ...resource, title: null }))];
  const [resources, steps] = [currentResources(history), stepsOf(history)];
  const contributions = contributionsOf(parts, resources, catalog);
  const files = mergeFiles(contributions, parts, steps, versions, classifier(catalog.classes));
  const vars = mergeVars(contributions, parts);
  const problems = [...files.problems, ...vars.problems];
  if (problems.length > 0) throw new PackError(problems);
  const renames = renamesOf(files.merged.keys(), contributions, resources);
  const earlier = new Set(renames.values());
  return {
    answers,
    placement,
    axes: catalog.axes,
    parts,
    resources,
    steps,
    ...placeFiles(sortedByPath(files.merged), answers.name, placement, catalog.placement),
    renames,
    slots: mergeSlots(
      contributions.flatMap(({ slots }) => slots),
      catalog.slots,
    ),
    resourceSlots: mergeSlots(
      contributions.flatMap(({ resourceSlots }) => resourceSlots),
      catalog.resourceSlots,
    ),
    keptLines: keptLines(
      kept.filter((path) => !files.merged.has(path) && !earlier.has(path)),
      catalog,
    ),
    versions,
    types: contributions.flatMap(({ types }) => types ?? []),
    crates: mergeCrates(contributions, catalog.crateVersions),
    groups: mergeGroups(contributions),
    lock: placement.workspace === 'join' ? null : lockKey(parts, catalog),
    vars: Object.fromEntries(vars.merged),
    crateVersions: catalog.crateVersions,
    toolVersions: catalog.toolVersions,
  };
}

function mergeFiles(
  contributions: readonly Contribution[],
  parts: readonly Part[],
  steps: readonly HistoryStep[],
  versions: MigrationVersions,
  classOf: (path: string) => FileClass,
) {
  const moves = contributions.flatMap((contribution) => Object.entries(contribution.moves));
  const moved = (path: string) => {
    const [from, to] = moves.find(([from]) => isMovedBy(from, path)) ?? ['', ''];
    return to + path.slice(from.length);
  };
  const brought = contributions.map((contribution) => {
    const planned = ({ path: written, template, executable }: PartFile, of: HistoryStep | null) => {
      const path = numbered(of === null ? moved(written) : pathFor(moved(written), of.resource, of.position), versions);
      const step = purposeOf(written) === 'resource' ? null : (of?.position ?? null);
      const file = { path, template, executable, class: classOf(path), resource: of?.resource.singular ?? null, step };
      return { written, file };
    };
    const files = [
      ...contribution.files.map((file) => planned(file, null)),
      ...contribution.resourceFiles.flatMap((file) => stepsFor(file.path, steps).map((step) => planned(file, step))),
    ];
    const replaced = Object.entries(contribution.replaces).flatMap(([written, part]) =>
      pathsOf(moved(written), steps).map((path) => ({ written, part, path: numbered(path, versions) })),
    );
    return {
      folder: contribution.folder,
      entries: files.map(({ file }) => [file.path, file] as const),
      takenOver: new Map(replaced.map(({ path, part }) => [path, part])),
      written: new Map([
        ...files.map(({ file, written }) => [file.path, written] as const),
        ...replaced.map(({ path, written }) => [path, written] as const),
      ]),
    };
  });
  return mergeOwned<PlannedFile>(brought, 'replaces', parts);
}

/** The steps that a pattern has a path for: a resource has one, whether it was changed or not. */
function stepsFor(pattern: string, steps: readonly HistoryStep[]): readonly HistoryStep[] {
  return steps.filter(({ before }) => (before === null) === (purposeOf(pattern) !== 'change'));
}

/** The path of a file that is replaced; of each resource or change if it is a pattern. */
function pathsOf(path: string, steps: readonly HistoryStep[]): readonly string[] {
  if (!isPattern(path)) return [path];
  return stepsFor(path, steps).map(({ resource, position }) => pathFor(path, resource, position));
}

function mergeVars(contributions: readonly Contribution[], parts: readonly Part[]) {
  const brought = contributions.map(({ folder, vars, overrides }) => ({
    folder,
    entries: Object.entries(vars),
    takenOver: new Map(Object.entries(overrides)),
    written: new Map(),
  }));
  return mergeOwned(brought, 'overrides', parts);
}

function sortedByPath(files: ReadonlyMap<string, PlannedFile>): readonly PlannedFile[] {
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function mergeSlots(fragments: readonly SlotFragment[], slots: readonly string[]): Plan['slots'] {
  const merged = new Map<string, string[]>(slots.map((slot) => [slot, []]));
  for (const { slot, template } of fragments) merged.get(slot)?.push(template);
  return Object.fromEntries(merged);
}

function keptLines(kept: readonly string[], { seedSlots }: Catalog): Plan['keptLines'] {
  const nameOf = (path: string) => path.replace(/^.*\/|\.[^./]*$/g, '');
  return Object.fromEntries(
    Object.entries(seedSlots).map(([slot, pattern]) => [slot, kept.filter(matcherOf([pattern])).map(nameOf)]),
  );
}

function mergeCrates(
  contributions: readonly Contribution[],
  versions: Readonly<Record<string, string>>,
): readonly PlannedCrate[] {
  const merged = new Map<string, PlannedCrate>();
  for (const [name, need] of contributions.flatMap((contribution) => Object.entries(contribution.crates))) {
    const version = versions[name];
    if (version === undefined) throw new Error(`versions.json has no version of the crate ${name}`);
    const earlier = merged.get(name);
    merged.set(name, {
      name,
      version,
      defaultFeatures: (earlier?.defaultFeatures ?? false) || need.defaultFeatures !== false,
      features: [...new Set([...(earlier?.features ?? []), ...(need.features ?? [])])].sort(),
      table: earlier?.table === 'dependencies' ? 'dependencies' : (need.table ?? 'dependencies'),
    });
  }
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function mergeGroups(contributions: readonly Contribution[]): readonly EnvGroup[] {
  const merged = new Map<string, EnvGroup>();
  for (const group of contributions.flatMap((contribution) => contribution.env)) {
    const earlier = merged.get(group.name);
    merged.set(
      group.name,
      earlier === undefined ? group : { ...earlier, variables: [...earlier.variables, ...group.variables] },
    );
  }
  return [...merged.values()];
}

/**
 * There is a lock for each structure: the other choices only remove packages from it (see `renderLock`). Parts that extend
 * others and need no crates of their own have those of the others. The structure's own if there is none.
 */
function lockKey(parts: readonly Part[], { axes, locks }: Catalog): string {
  const structural = parts.filter((part) => axes.some(({ id, structural }) => structural && id === part.axis));
  const keys = structural
    .map(({ id, ancestors }) => [id, ...ancestors.toReversed()])
    .reduce((starts, ids) => starts.flatMap((start) => ids.map((id) => [...start, id])), [[]] as string[][])
    .map((ids) => `locks/${ids.join('-')}`);
  return keys.find((key) => locks.includes(key)) ?? `${keys[0]}`;
}

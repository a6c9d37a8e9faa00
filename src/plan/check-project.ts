/** Checks the plan of one project: what is in it but does nothing, and what does not fit together. */
import { type Catalog, type Contribution, type Part, partOf } from '../model/catalog.ts';
import { type PackProblem, problemIn } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import { clashOf } from '../model/safe-path.ts';
import type { PackReads } from '../model/templates.ts';
import { problemsOfEnv } from './check-env.ts';
import { contributionsOf } from './contributions.ts';
import { isMovedBy } from './renames.ts';

/** What is wrong in one project, given what its templates read. */
export function problemsOfProject(planned: Plan, catalog: Catalog, reads: PackReads): readonly PackProblem[] {
  const contributions = contributionsOf(planned.parts, planned.resources, catalog);
  return [
    ...unreadSlots(planned, catalog.optionalSlots, reads),
    ...missingVars(planned, reads),
    ...idleParts(planned.parts, contributions),
    ...idleMoves(contributions),
    ...idleRenames(planned, contributions),
    ...problemsOfEnv(contributions),
    ...clashingPaths(planned),
  ];
}

/** Fragments that no file of the project loops over, such as a route that is never mounted. */
function unreadSlots(planned: Plan, optional: readonly string[], reads: PackReads): readonly PackProblem[] {
  const readAs = (kind: 'slots' | 'resourceSlots') =>
    planned.unplaced.map(({ template }) => reads[template]?.[kind] ?? []);
  const unread = (slots: Plan['slots'], read: ReadonlySet<string>) =>
    Object.entries(slots)
      .filter(([slot]) => !read.has(slot))
      .flatMap(([slot, templates]) =>
        templates.map((key) => problemIn(key, 'unread-slot', `no file of the project reads the slot ${slot}`)),
      );
  // The files of a pack's own resources may be other ones.
  const hasOthers = planned.answers.resources.length > 0;
  return [
    ...unread(planned.slots, new Set([optional, ...readAs('slots')].flat())),
    ...(hasOthers ? unread(planned.resourceSlots, new Set(readAs('resourceSlots').flat())) : []),
  ];
}

function missingVars({ unplaced, slots, resourceSlots, vars }: Plan, reads: PackReads): readonly PackProblem[] {
  const keys = [unplaced.map(({ template }) => template), Object.values(slots), Object.values(resourceSlots)].flat(2);
  const missing = keys.filter((key) => reads[key]?.vars.some((name) => !(name in vars)));
  return [...new Set(missing)].flatMap((key) =>
    (reads[key]?.vars ?? [])
      .filter((name) => !(name in vars))
      .map((name) => problemIn(key, 'missing-var', `no part of the project sets vars.${name}`)),
  );
}

/** Parts that are offered, but add nothing, which only those that opt out may do. */
function idleParts(parts: readonly Part[], contributions: readonly Contribution[]): readonly PackProblem[] {
  const active = new Set(contributions.filter(addsSomething).map(({ folder }) => partOf(folder)));
  return parts
    .filter((part) => !part.optsOut && ![part, ...part.inherited].some(({ folder }) => active.has(folder)))
    .map(({ folder }) => ({
      code: 'idle-part',
      file: `${folder}/part.json`,
      message: `${folder}/part.json: the part adds nothing to the project`,
      allowed: 'needsCell or unsupported, for what it is not built for',
    }));
}

/** Files and folders that are moved, but not in the project. */
function idleMoves(contributions: readonly Contribution[]): readonly PackProblem[] {
  const paths = contributions.flatMap(({ files, resourceFiles }) =>
    [...files, ...resourceFiles].map(({ path }) => path),
  );
  return contributions.flatMap(({ folder, moves }) =>
    Object.keys(moves)
      .filter((from) => !paths.some((path) => isMovedBy(from, path)))
      .map((from) => {
        const [file, key] = [`${folder}/part.json`, `moves["${from}"]`];
        return { code: 'idle-move', file, key, message: `${file}: ${key}: no file of the project has that path` };
      }),
  );
}

/** Renames of files to paths that no file of the project has, from one that a file still has, or from one that another part renames too. */
function idleRenames({ unplaced }: Plan, contributions: readonly Contribution[]): readonly PackProblem[] {
  const paths = new Set(unplaced.map(({ path }) => path));
  const all = contributions.flatMap(({ folder, renames }) =>
    Object.entries(renames).map(([from, to]) => ({ folder, from, to })),
  );
  return all.flatMap(({ folder, from, to }, index) => {
    const [file, key] = [`${folder}/part.json`, `renames["${from}"]`];
    const isRepeated = all.slice(0, index).some((other) => other.from === from || other.to === to);
    const what = !paths.has(to)
      ? `no file of the project is ${to}`
      : paths.has(from)
        ? 'a file of the project still has that path'
        : isRepeated
          ? 'another part renames one of these files'
          : null;
    return what === null ? [] : [{ code: 'idle-rename', file, key, message: `${file}: ${key}: ${what}` }];
  });
}

function addsSomething(contribution: Contribution): boolean {
  const { crates, env, files, slots, resourceFiles, resourceSlots, types, vars } = contribution;
  return [crates, env, files, slots, resourceFiles, resourceSlots, types ?? '', vars].some(
    (added) => Object.keys(added).length > 0,
  );
}

/** Files that cannot both be written where case does not count. */
export function clashingPaths({ files }: Plan): readonly PackProblem[] {
  const paths = [...files.map(({ path }) => path), 'Cargo.lock'];
  const clash = clashOf(paths);
  if (clash === null) return [];
  // Of a folder, whose path ends with `/`, any file.
  const isIn = (name: string, path: string) => (name.endsWith('/') ? path.startsWith(name) : path === name);
  const file = files.find(({ path }) => clash.some((name) => isIn(name, path)))?.template ?? 'pack.json';
  return [{ code: 'clashing-paths', file, message: `${file}: ${clash[0]} and ${clash[1]} cannot both be written` }];
}

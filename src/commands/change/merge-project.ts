import { merge3 } from '../../merge/merge3.ts';
import type { Answers } from '../../model/answers.ts';
import type { Axis } from '../../model/axes.ts';
import { type FileClass, type FileSet, stateOf } from '../../model/files.ts';
import type { FileMap, Outcome } from '../../model/merge.ts';
import type { BaseFile } from '../../model/project-record.ts';

/** A project and what is rendered for it now. */
export interface MergedVersions {
  /** Its answers before and now. */
  readonly answers: { readonly before: Answers; readonly now: Answers };
  readonly base: ReadonlyMap<string, BaseFile>;
  readonly rendered: FileSet;
  /** New path → earlier path of what is rendered. */
  readonly renames: ReadonlyMap<string, string>;
  /** Its files at the paths of both. */
  readonly ours: FileMap;
}

/** What becomes of the files of a project. */
export interface MergedProject {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The next base, sorted by path. */
  readonly base: readonly BaseFile[];
  /** The paths of rendered files that the user deleted, sorted. */
  readonly deleted: readonly string[];
}

/** Whether a project gets another structure: its migrations are then other ones, and nothing has applied them. */
export function isOtherStructure(before: Answers, now: Answers, axes: readonly Axis[]): boolean {
  return axes.some(({ id, structural }) => structural && before[id] !== now[id]);
}

/**
 * The paths of files that stay, whatever becomes of what they were for: they were written once, and a migration may have been
 * applied.
 */
export function keptPaths(base: ReadonlyMap<string, BaseFile>): readonly string[] {
  return [...base.values()].filter((file) => file.class === 'seed').map(({ path }) => path);
}

/** Merges what is rendered into a project. `version` is that of create-api. */
export async function mergeProject(
  { answers, base, rendered, renames, ours }: MergedVersions,
  axes: readonly Axis[],
  version: string,
): Promise<MergedProject> {
  const isOther = isOtherStructure(answers.before, answers.now, axes);
  const next = nextBase(base, rendered, isOther, movesOf(base, rendered, renames));
  const classes = new Map<string, FileClass>([...base.values(), ...next].map((file) => [file.path, file.class]));
  const classOf = (path: string): FileClass => {
    const known = classes.get(path) ?? 'merge';
    return known === 'seed' && isOther ? 'merge' : known;
  };
  const theirs: FileMap = new Map(next.map((file) => [file.path, stateOf(file)]));
  const before: FileMap = new Map([...base].map(([path, file]) => [path, stateOf(file)]));
  const rules = { classOf, renames, version };
  const outcomes = await merge3({ base: before, ours, theirs }, rules);
  const isDeleted = (path: string) => !ours.has(path) && outcomes.get(path)?.action === 'none';
  return { outcomes, base: next, deleted: [...theirs.keys()].filter(isDeleted).sort() };
}

/** The new paths of files of the base that are rendered under another name now, by their earlier ones. */
export function movesOf(
  base: ReadonlyMap<string, BaseFile>,
  rendered: FileSet,
  renames: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const paths = new Set(rendered.map(({ path }) => path));
  return new Map([...renames].flatMap(([to, from]) => (paths.has(from) || base.has(to) ? [] : [[from, to]])));
}

/** What is rendered, as it is going to be in the base; files that are written once stay as they were, if under another name. */
export function nextBase(
  base: ReadonlyMap<string, BaseFile>,
  rendered: FileSet,
  isOther: boolean,
  moves: ReadonlyMap<string, string>,
): readonly BaseFile[] {
  const files = rendered.map(({ path, text, executable, origin }) => ({ path, text, executable, class: origin.class }));
  if (isOther) return files;
  const seeds = [...base.values()].filter((file) => file.class === 'seed');
  const kept = new Map(seeds.map((file) => [moves.get(file.path) ?? file.path, file]));
  const others = files.filter(({ path }) => !kept.has(path));
  return [...others, ...[...kept].map(([path, file]) => ({ ...file, path }))].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

import type { FileState } from '../model/files.ts';
import type { FileMap, FileVersions, MergeRules, Outcome } from '../model/merge.ts';
import { areSame } from './file-content.ts';
import { labelsFor } from './markers.ts';
import { mergeFile } from './merge-file.ts';

/** The three versions of a project. `ours` has at least the files that exist at a path of the others; further ones stay as they are. */
export interface ProjectVersions {
  readonly base: FileMap;
  readonly ours: FileMap;
  readonly theirs: FileMap;
}

/** What becomes of each file that create-api rendered or renders, by path, sorted. */
export async function merge3(versions: ProjectVersions, rules: MergeRules): Promise<ReadonlyMap<string, Outcome>> {
  const { base, ours, theirs } = versions;
  const labels = labelsFor(rules.version);
  const merge = (path: string, file: FileVersions) => mergeFile({ path, class: rules.classOf(path), labels }, file);
  const outcomes = new Map<string, Outcome>();
  for (const [to, from] of rules.renames) {
    if (!isMove(versions, to, from)) continue;
    const old = ours.get(from);
    const file = { base: base.get(from), ours: old ?? ours.get(to), theirs: theirs.get(to) };
    const outcome = await merge(to, file);
    outcomes.set(to, old === undefined ? outcome : moved(outcome, old, file.theirs));
    outcomes.set(from, old === undefined ? { action: 'none' } : { action: 'delete', notice: `It is ${to} now.` });
  }
  for (const path of new Set([...base.keys(), ...theirs.keys()])) {
    if (outcomes.has(path)) continue;
    outcomes.set(path, await merge(path, { base: base.get(path), ours: ours.get(path), theirs: theirs.get(path) }));
  }
  return new Map([...outcomes].sort(([a], [b]) => Number(a > b) - Number(a < b)));
}

/** Whether a file has only another name now. A user who already has a file of that name, and the old one, has to decide. */
function isMove({ base, ours, theirs }: ProjectVersions, to: string, from: string): boolean {
  const isRenamed = base.has(from) && !base.has(to) && theirs.has(to) && !theirs.has(from);
  return isRenamed && !(ours.has(from) && ours.has(to));
}

/** The outcome at the new path of a file whose outcome would be `outcome` at its old one. */
function moved(outcome: Outcome, old: FileState, theirs: FileState | undefined): Outcome {
  switch (outcome.action) {
    case 'none':
      return { ...outcome, action: areSame(old, theirs) ? 'create' : 'merge', result: old };
    case 'change':
      return { ...outcome, action: 'create' };
    default:
      return outcome;
  }
}

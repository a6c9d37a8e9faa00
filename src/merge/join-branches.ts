import type { FileState } from '../model/files.ts';
import type { FileMap, FileVersions, MergeRules, Outcome } from '../model/merge.ts';
import { areSame, textOf } from './file-content.ts';
import { findMarkers, type Labels } from './markers.ts';
import { mergeFile } from './merge-file.ts';
import { merge3 } from './merge3.ts';

/** A branch of a project: its files as create-api rendered them, and as they are. */
export interface Branch {
  readonly rendered: FileMap;
  readonly files: FileMap;
  readonly rules: MergeRules;
}

/** Two branches that git is merging, and what is rendered for both together. */
export interface Branches {
  readonly ours: Branch;
  readonly theirs: Branch;
  readonly rendered: FileMap;
  /** The files as git left them when it stopped, and as they are now. */
  readonly left: FileMap;
  readonly disk: FileMap;
  /** The paths that git could not merge, and those of them that are resolved by now. */
  readonly unmerged: ReadonlySet<string>;
  readonly resolved: ReadonlySet<string>;
}

const LABELS: Labels = { ours: 'ours', base: 'create-api', theirs: 'theirs' };
const BOTH = 'Both branches changed it: the same lines, or one deleted what the other edited.';
const BEGUN = 'You have begun to resolve it: it is not as git left it, and still has markers.';

/** A file of both branches together; a reason says that it has conflicts, which are marked. */
interface Joined {
  readonly state: FileState | undefined;
  readonly reason?: string;
}

/**
 * What becomes of each file that create-api rendered on two branches, or renders for both. Each branch is brought to what is rendered
 * now, as by a command; then their only differences from it are edits of the owners, which are merged. What a person has resolved stays
 * so, and what was edited since git stopped is merged in.
 */
export async function joinBranches(branches: Branches): Promise<ReadonlyMap<string, Outcome>> {
  const { ours, theirs, rendered } = branches;
  const bring = ({ rendered: base, files, rules }: Branch) => merge3({ base, ours: files, theirs: rendered }, rules);
  const [one, other] = [await bring(ours), await bring(theirs)];
  const outcomes = new Map<string, Outcome>();
  for (const path of [...new Set([...one.keys(), ...other.keys()])].sort()) {
    const joined = await joinFile(path, branches, [
      after(one.get(path), ours.files.get(path)),
      after(other.get(path), theirs.files.get(path)),
    ]);
    const outcome = await ontoDisk(path, joined, branches);
    const isEdited = outcome.action === 'change' && !areSame(outcome.result, rendered.get(path));
    outcomes.set(path, isEdited ? { ...outcome, action: 'merge' } : outcome);
  }
  return outcomes;
}

/** What a file is after an outcome. */
function after(outcome: Outcome | undefined, before: FileState | undefined): Joined {
  if (outcome === undefined) return { state: before };
  switch (outcome.action) {
    case 'none':
      return { state: before };
    case 'delete':
      return { state: undefined };
    case 'conflict':
      return { state: outcome.marked, reason: outcome.reason };
    default:
      return { state: outcome.result };
  }
}

/** Merges a file of the two branches, each of which has been brought to what is rendered now. */
async function joinFile(
  path: string,
  { ours, rendered, disk }: Branches,
  [one, other]: readonly [Joined, Joined],
): Promise<Joined> {
  const now = rendered.get(path);
  if (one.reason === undefined && other.reason === undefined) {
    const joined = after(await merge(path, { base: now, ours: one.state, theirs: other.state }), one.state);
    return joined.reason === undefined ? joined : { ...joined, reason: BOTH };
  }
  if (areSame(other.state, now)) return one;
  if (areSame(one.state, now)) return other;
  // Both have edits that do not fit what is rendered now: git has put them together, if it could.
  const state = disk.get(path);
  const reason = one.reason ?? other.reason ?? BOTH;
  if (hasMarkers(state)) return { state, reason };
  return after(await merge(path, { base: ours.rendered.get(path), ours: state, theirs: now }), state);
}

/** Brings the file on disk to its joined state, unless a person has resolved it. */
async function ontoDisk(path: string, { state, reason }: Joined, branches: Branches): Promise<Outcome> {
  const { left, disk, unmerged, resolved } = branches;
  const [then, now] = [left.get(path), disk.get(path)];
  if (resolved.has(path)) return { action: 'none' };
  const isConflict = unmerged.has(path);
  if (isConflict && !areAlike(now, then))
    return hasMarkers(now) ? { action: 'conflict', reason: BEGUN, lines: [], marked: now } : { action: 'none' };
  const outcome = await merge(path, { base: isConflict ? now : then, ours: now, theirs: state });
  if (reason === undefined) return outcome;
  const marked = after(outcome, now).state;
  return marked === undefined ? outcome : { action: 'conflict', reason, lines: [], marked };
}

function merge(path: string, versions: FileVersions): Promise<Outcome> {
  return mergeFile({ path, class: 'merge', labels: LABELS }, versions);
}

function hasMarkers(state: FileState | undefined): state is FileState {
  return findMarkers(linesOf(state)).length > 0;
}

/** Whether two states are the same, apart from line endings, and from what stands after markers, which depends on the command of git. */
function areAlike(one: FileState | undefined, other: FileState | undefined): boolean {
  if (one === undefined || other === undefined || textOf(one) === undefined) return areSame(one, other);
  const [text, otherText] = [one, other].map((state) => linesOf(state).replace(/^(<{7,}|>{7,}|\|{7,}) .*/gm, '$1'));
  return one.mode === other.mode && text === otherText;
}

function linesOf(state: FileState | undefined): string {
  return ((state && textOf(state)) ?? '').replaceAll('\r\n', '\n');
}

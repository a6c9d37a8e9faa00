import type { FileState } from '../model/files.ts';
import type { FileMap, FileVersions, MergeRules, Outcome } from '../model/merge.ts';
import { areSame, textOf } from './file-content.ts';
import { splitLines } from './lines.ts';
import { findMarkers, type Labels, labelsFor } from './markers.ts';
import { mergeFile } from './merge-file.ts';
import { mergeText } from './merge-text.ts';
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
  /** The files of their common ancestor. */
  readonly ancestor: FileMap;
  readonly rendered: FileMap;
  /** The files as git, and since then the person, left them. */
  readonly disk: FileMap;
  /** The files in git's index that are not in conflict. */
  readonly index: FileMap;
  /** The paths that git could not merge, and those of them that are resolved by now. */
  readonly unmerged: ReadonlySet<string>;
  readonly resolved: ReadonlySet<string>;
}

const LABELS: Labels = { ours: 'ours', base: 'create-api', theirs: 'theirs' };
const BOTH = 'Both branches changed it: the same lines, or one deleted what the other edited.';
const BEGUN = 'You have begun to resolve it: its lines are in neither branch.';

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

/** What becomes of a file on the disk that is to be `joined`. */
async function ontoDisk(path: string, { state, reason }: Joined, branches: Branches): Promise<Outcome> {
  const { ours, theirs, ancestor, disk, index, unmerged, resolved } = branches;
  const now = disk.get(path);
  const sides = { base: ancestor.get(path), ours: ours.files.get(path), theirs: theirs.files.get(path) };
  const isConflict = unmerged.has(path) || resolved.has(path);
  const merged = mergedByGit(sides) ?? (isConflict ? null : { state: index.get(path) });
  if (merged === null) {
    const isAsGitLeftIt = hasMarkers(now) || [sides.ours, sides.theirs].some((side) => areAlike(now, side));
    if (resolved.has(path) || now === undefined || !isAsGitLeftIt) return { action: 'none' };
    if (hasMarkers(now) && !consistsOf(now, Object.values(sides)))
      return { action: 'conflict', reason: BEGUN, lines: [], marked: now };
  }
  const outcome = await merge(path, { base: merged === null ? now : merged.state, ours: now, theirs: state });
  if (reason === undefined) return outcome;
  const marked = after(outcome, now).state;
  return marked === undefined ? outcome : { action: 'conflict', reason, lines: [], marked };
}

function merge(path: string, versions: FileVersions): Promise<Outcome> {
  return mergeFile({ path, class: 'merge', labels: LABELS }, versions);
}

/** What git makes of three versions of a file without a conflict; `null` if it cannot. */
function mergedByGit({ base, ours, theirs }: FileVersions): { readonly state: FileState | undefined } | null {
  if (areSame(ours, theirs) || areSame(base, theirs)) return { state: ours };
  if (areSame(base, ours)) return { state: theirs };
  const [before, one, other] = [base, ours, theirs].map((state) => state && textOf(state));
  if (before === undefined || one === undefined || other === undefined || ours === undefined) return null;
  const { text, conflicts } = mergeText({ base: before, ours: one, theirs: other }, labelsFor(''));
  if (conflicts.length > 0) return null;
  const mode = base?.mode === ours.mode ? (theirs?.mode ?? ours.mode) : ours.mode;
  return { state: { bytes: new TextEncoder().encode(text), mode } };
}

function hasMarkers(state: FileState | undefined): boolean {
  return findMarkers(linesOf(state).join('')).length > 0;
}

/** Whether two states are the same, apart from line endings. */
function areAlike(one: FileState | undefined, other: FileState | undefined): boolean {
  if (one === undefined || other === undefined || textOf(one) === undefined) return areSame(one, other);
  return one.mode === other.mode && linesOf(one).join('') === linesOf(other).join('');
}

/** Whether a file with markers has no line that is in none of some others. */
function consistsOf(state: FileState | undefined, others: readonly (FileState | undefined)[]): boolean {
  const known = new Set(others.flatMap(linesOf).map((line) => line.trimEnd()));
  return linesOf(state).every((line) => known.has(line.trimEnd()) || /^(?:<{7}|={7}|>{7}|\|{7})(?: |\s*$)/.test(line));
}

function linesOf(state: FileState | undefined): readonly string[] {
  return splitLines(((state && textOf(state)) ?? '').replaceAll('\r\n', '\n'));
}

import { labelsFor } from './markers.ts';
import { mergeText } from './merge-text.ts';
import { mergeOrder } from './order.ts';
import { type Branch, commentIn, type Entry, print, type Value } from './outline.ts';

/** What a person has to decide: a key, as the path to it, and what happened to it, as a sentence without its end. */
export interface KeyConflict {
  readonly path: readonly string[];
  readonly what: 'changed' | 'removed by you' | 'removed by the templates' | 'reordered';
}

/** A merged value, which is that of the user wherever `conflicts` has a key. */
export interface Merged<T> {
  readonly merged: T;
  readonly conflicts: readonly KeyConflict[];
}

interface Versions<T> {
  /** Absent if both sides added it. */
  readonly base: T | undefined;
  readonly ours: T;
  readonly theirs: T;
}

/** Merges three versions of a branch by key: the result is that of the user, with the entries that the templates changed in their text. */
export function mergeBranch(versions: Versions<Branch>, path: readonly string[] = []): Merged<Branch> {
  const { base, ours, theirs } = versions;
  const [inBase, inOurs, inTheirs] = [byKey(base), byKey(ours), byKey(theirs)];
  const keys = { base: [...inBase.keys()], ours: [...inOurs.keys()], theirs: [...inTheirs.keys()] };
  const order = mergeOrder(keys, ours.kind === 'list');
  if (order === undefined) return { merged: ours, conflicts: [{ path, what: 'reordered' }] };

  const conflicts: KeyConflict[] = [];
  const model = ours.entries.length > 0 ? ours : { ...theirs, kind: ours.kind };
  const entries = order.flatMap((key) => {
    const [b, o, t] = [inBase.get(key), inOurs.get(key), inTheirs.get(key)];
    const below = [...path, key];
    if (o !== undefined && t !== undefined) {
      const entry = mergeEntry({ base: b, ours: o, theirs: t }, below);
      conflicts.push(...entry.conflicts);
      return [entry.merged];
    }
    const left = o ?? t;
    if (left === undefined) return [];
    if (b === undefined) return [left];
    // Removed by one side: a loss if the other changed it.
    if (contentOf(left) === contentOf(b)) return [];
    conflicts.push({ path: below, what: o === undefined ? 'removed by you' : 'removed by the templates' });
    return [left];
  });
  const close = mergeComment(base?.close, model.close, theirs.close);
  if (close === undefined) conflicts.push({ path, what: 'changed' });
  return { merged: { ...model, close: close ?? model.close, entries: laidOut(entries, model) }, conflicts };
}

function byKey(branch: Branch | undefined): ReadonlyMap<string, Entry> {
  return new Map(branch?.entries.map((entry) => [entry.key, entry]));
}

/** What an entry says, comments included, without the spacing. */
function contentOf({ key, lead, head, value, tail }: Entry): string {
  const content = typeof value === 'string' ? value : value.entries.map(contentOf).join('\n');
  return [key, lead.trim(), commentIn(head), content, tail.trim()].join('\n');
}

function mergeEntry({ base, ours, theirs }: Versions<Entry>, path: readonly string[]): Merged<Entry> {
  const value = mergeValue({ base, ours, theirs }, path);
  const lead = mergeComment(base?.lead, ours.lead, theirs.lead);
  const tail = mergeComment(base?.tail, ours.tail, theirs.tail);
  const isClear = lead !== undefined && tail !== undefined;
  return {
    merged: {
      ...ours,
      lead: lead ?? ours.lead,
      head: pick(base?.head, ours.head, theirs.head),
      value: value.merged,
      tail: tail ?? ours.tail,
    },
    conflicts: isClear ? value.conflicts : [...value.conflicts, { path, what: 'changed' }],
  };
}

function mergeValue({ base, ours, theirs }: Versions<Entry>, path: readonly string[]): Merged<Value> {
  const [b, o, t] = [base && print(base.value), print(ours.value), print(theirs.value)];
  if (o === t || t === b) return { merged: ours.value, conflicts: [] };
  if (o === b) return { merged: theirs.value, conflicts: [] };

  const branches = { base: base && branchOf(base), ours: branchOf(ours), theirs: branchOf(theirs) };
  if (branches.ours !== undefined && branches.theirs !== undefined && branches.ours.kind === branches.theirs.kind) {
    // What was no branch before has been replaced by both.
    const isComparable = base === undefined || branches.base?.kind === branches.ours.kind;
    if (isComparable) return mergeBranch({ base: branches.base, ours: branches.ours, theirs: branches.theirs }, path);
  }
  if (typeof ours.value === 'string' && typeof theirs.value === 'string' && b?.includes('\n')) {
    const { text, conflicts } = mergeText({ base: b, ours: o, theirs: t }, NO_LABELS);
    if (conflicts.length === 0) return { merged: text, conflicts: [] };
  }
  return { merged: ours.value, conflicts: [{ path, what: 'changed' }] };
}

/** Never printed: a text with conflicts is dropped. */
const NO_LABELS = labelsFor('');

function branchOf({ value, long }: Entry): Branch | undefined {
  return typeof value === 'string' ? long : value;
}

/** Merges comments and blank lines; undefined if both sides changed them in the same place. */
function mergeComment(base: string | undefined, ours: string, theirs: string): string | undefined {
  if (ours === base) return theirs;
  if (ours.trim() === theirs.trim() || base === undefined || theirs.trim() === base.trim()) return ours;
  if (ours.trim() === base.trim()) return theirs;
  const { text, conflicts } = mergeText({ base, ours, theirs }, NO_LABELS);
  return conflicts.length === 0 ? text : undefined;
}

/** What means nothing, such as spacing, is the user's if both sides changed it. */
function pick(base: string | undefined, ours: string, theirs: string): string {
  return ours === base ? theirs : ours;
}

/** Gives entries that stand between brackets the spacing of `model`: the templates may break a list that the user has on one line. */
function laidOut(entries: readonly Entry[], model: Branch): readonly Entry[] {
  if (model.trailingComma === undefined) return entries;
  const isSpace = ({ lead }: Entry) => lead.trim() === '';
  const [first, ...rest] = model.entries;
  const firstLead = first !== undefined && isSpace(first) ? first.lead : '';
  const nextLead = rest.find(isSpace)?.lead ?? (firstLead.includes('\n') ? firstLead : ' ');
  const keep = new Set(rest.map(({ key }) => key));
  return entries.map((entry, index) =>
    !isSpace(entry) || (index > 0 && keep.has(entry.key))
      ? entry
      : { ...entry, lead: index === 0 ? firstLead : nextLead },
  );
}

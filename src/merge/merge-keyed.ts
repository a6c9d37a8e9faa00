import { canonical } from './data-tree.ts';
import type { Labels } from './markers.ts';
import { mergeBranch } from './merge-outline.ts';
import { type MergedText, type Method, markDifferences, mergeText, type TextVersions } from './merge-text.ts';
import { type Branch, commentsOf, print, type Value } from './outline.ts';
import { keyReason, SAME_LINES } from './reasons.ts';

/** A merged text; with a reason, if a person has to decide. */
export interface MergedFile extends MergedText {
  readonly reason?: string;
}

/** A format whose texts consist of keys and values. */
export interface Format {
  /** What a text says. Throws if the text is not valid. */
  readonly read: (text: string) => Value;
  /** Where it says so. Throws if the text is written in a way that cannot be outlined. */
  readonly outline: (text: string) => Branch;
  /** How to merge texts that cannot be merged by key; by line if it is absent. */
  readonly method?: Method;
}

/**
 * Merges by line, and if that does not give what a merge of the data gives, by key. So a result has what either side changed,
 * it is valid, and it is the text of the user except where the templates changed it; everything else is a conflict.
 */
export function mergeKeyed(texts: TextVersions, labels: Labels, format: Format): MergedFile {
  const byLine = mergeText(texts, labels);
  const otherwise = format.method && mergeText(texts, labels, format.method);
  const said = attempt(() => versionsOf(texts, format.read));
  // The file of the user is broken, or no table: then nothing is known about it.
  if (said === undefined) return withReason(otherwise ?? byLine);

  const { merged, conflicts } = mergeBranch(said);
  if (conflicts.length === 0) {
    const expected = canonical(merged);
    const isRight = (text: string) => attempt(() => canonical(format.read(text))) === expected;
    if (byLine.conflicts.length === 0 && isRight(byLine.text)) return byLine;
    const byKey = attempt(() => mergeOutlines(texts, format.outline));
    if (byKey !== undefined && isRight(byKey)) return { text: byKey, conflicts: [] };
  }
  if (otherwise?.conflicts.length === 0) return otherwise;
  const marked = byLine.conflicts.length > 0 ? byLine : markDifferences(texts.ours, texts.theirs, labels);
  return { ...marked, reason: conflicts.length > 0 ? keyReason(conflicts) : SAME_LINES };
}

/** What has been merged by line, which a person has to look at if there are conflicts. */
export function withReason(byLine: MergedText): MergedFile {
  return byLine.conflicts.length === 0 ? byLine : { ...byLine, reason: SAME_LINES };
}

/** Merges by key; undefined if there are conflicts, or a comment that one of the sides added would be lost. */
function mergeOutlines(texts: TextVersions, outline: Format['outline']): string | undefined {
  // An entry that is added at the end has to begin a line.
  const closed = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);
  const versions = versionsOf(texts, (text) => outline(closed(text)));
  const { merged, conflicts } = mergeBranch(versions);
  if (conflicts.length > 0) return undefined;
  const [before, after] = [new Set(commentsOf(versions.base)), new Set(commentsOf(merged))];
  const comments = [...commentsOf(versions.ours), ...commentsOf(versions.theirs)];
  if (comments.some((comment) => !before.has(comment) && !after.has(comment))) return undefined;
  const text = print(merged);
  return texts.ours.endsWith('\n') ? text : text.replace(/\n$/, '');
}

/** The three versions as branches. Throws if one is none, or they are of different kinds. */
function versionsOf(texts: TextVersions, read: (text: string) => Value): Record<keyof TextVersions, Branch> {
  const [base, ours, theirs] = [read(texts.base), read(texts.ours), read(texts.theirs)];
  if (typeof base === 'string' || typeof ours === 'string' || typeof theirs === 'string') throw new Error('no branch');
  if (base.kind !== ours.kind || ours.kind !== theirs.kind) throw new Error('different kinds');
  return { base, ours, theirs };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

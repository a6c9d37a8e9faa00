import type { Labels } from './markers.ts';
import { type MergedText, mergeText, type TextVersions } from './merge-text.ts';

/** A merged text; with a reason, if a person has to decide. */
export interface MergedFile extends MergedText {
  readonly reason?: string;
}

/** Merges a text with what is known about the format of its file. */
export async function mergeByFormat(_path: string, texts: TextVersions, labels: Labels): Promise<MergedFile> {
  const merged = mergeText(texts, labels);
  return merged.conflicts === 0 ? merged : { ...merged, reason: 'You and the templates changed the same lines.' };
}

import { formatOf } from './formats/formats.ts';
import { PROSE, RECIPES } from './insertions.ts';
import { mergeLockfile } from './lockfile.ts';
import type { Labels } from './markers.ts';
import { type MergedFile, mergeKeyed, withReason } from './merge-keyed.ts';
import { mergeText, type TextVersions } from './merge-text.ts';
import { mergeRust } from './rust.ts';

/** Merges a text with what is known about the format of its file. */
export async function mergeByFormat(path: string, texts: TextVersions, labels: Labels): Promise<MergedFile> {
  if (path.endsWith('Cargo.lock')) return mergeLockfile(texts);
  if (path.endsWith('.rs')) return mergeRust(texts, labels);
  if (path.endsWith('.md')) return withReason(mergeText(texts, labels, PROSE));
  if (/(?:^|\/)justfile$/.test(path)) return withReason(mergeText(texts, labels, RECIPES));
  const format = await formatOf(path);
  return format === undefined ? withReason(mergeText(texts, labels)) : mergeKeyed(texts, labels, format);
}

import type { FileState } from '../model/files.ts';
import type { FileVersions, Outcome } from '../model/merge.ts';
import { bytesOf, textOf } from './file-content.ts';

/**
 * Merges as if the user's file had `\n` wherever it has `\r\n`, and gives the result `\r\n` again. An editor, or Git on Windows, may
 * have changed the ending of each line, which is no edit. A file that has both endings is merged as it is.
 */
export async function ignoringLineEndings(
  versions: FileVersions,
  merge: (versions: FileVersions) => Promise<Outcome>,
): Promise<Outcome> {
  const { base, ours, theirs } = versions;
  const text = ours && textOf(ours);
  if (ours === undefined || text === undefined || !/\n/.test(text) || /(?<!\r)\n/.test(text)) return merge(versions);

  const outcome = await merge({ base: base && plain(base), ours: plain(ours), theirs: theirs && plain(theirs) });
  if ('result' in outcome) return { ...outcome, result: withReturns(outcome.result) };
  if ('marked' in outcome) return { ...outcome, marked: withReturns(outcome.marked) };
  return outcome;
}

function plain(file: FileState): FileState {
  const text = textOf(file);
  return text === undefined ? file : { ...file, bytes: bytesOf(text.replaceAll('\r\n', '\n')) };
}

function withReturns(file: FileState): FileState {
  const text = textOf(file);
  return text === undefined ? file : { ...file, bytes: bytesOf(text.replaceAll('\n', '\r\n')) };
}

import type { FileClass, FileState } from '../model/files.ts';
import type { FileConflict, FileVersions, Outcome } from '../model/merge.ts';
import { areSame, bytesOf, haveSameBytes, textOf } from './file-content.ts';
import { ignoringLineEndings } from './line-endings.ts';
import type { Labels } from './markers.ts';
import { mergeByFormat } from './merge-by-format.ts';
import { markDifferences } from './merge-text.ts';

/** A file to merge: its path decides on the format, its class on what counts as a conflict. */
export interface FileToMerge {
  readonly path: string;
  readonly class: FileClass;
  readonly labels: Labels;
}

/** Decides what becomes of one file. What the user changed stays, and what the templates changed comes in, or it is a conflict. */
export function mergeFile(file: FileToMerge, versions: FileVersions): Promise<Outcome> {
  return ignoringLineEndings(versions, async ({ base, ours, theirs }) => {
    if (areSame(ours, theirs)) return { action: 'none' };
    if (theirs === undefined) return withoutTheirs(file, base, ours);
    if (ours === undefined) return withoutOurs(base, theirs);
    if (areSame(base, theirs)) return { action: 'none' };
    if (areSame(base, ours)) return { action: 'change', result: theirs };
    if (base === undefined) {
      return conflict(file, { ours, theirs }, 'You and the templates both have a new file of this name.');
    }
    switch (file.class) {
      case 'seed':
        return { action: 'none', notice: 'You edited it, so its new version is not used.' };
      case 'managed':
        return conflict(
          file,
          { ours, theirs },
          'You edited a file that create-api manages, and there is a new version.',
        );
      case 'merge':
        return mergeEdits(file, { base, ours, theirs });
    }
  });
}

function withoutTheirs(file: FileToMerge, base: FileState | undefined, ours: FileState | undefined): Outcome {
  // Without a base it never came from the templates.
  if (ours === undefined || base === undefined) return { action: 'none' };
  if (areSame(base, ours)) return { action: 'delete' };
  if (file.class === 'seed')
    return { action: 'none', notice: 'You edited it, so it stays, although it is not needed any more.' };
  const reason = 'You edited it, but the templates no longer have it: delete it, or keep it as your own.';
  return { action: 'conflict', reason, lines: [], marked: ours };
}

function withoutOurs(base: FileState | undefined, theirs: FileState): Outcome {
  if (base === undefined) return { action: 'create', result: theirs };
  const what = areSame(base, theirs) ? 'it is not created again' : 'its new version is not created';
  return { action: 'none', notice: `You deleted it, so ${what}.` };
}

interface Changed {
  readonly ours: FileState;
  readonly theirs: FileState;
}

/** Merges a file that exists in three versions, each different from the others. */
async function mergeEdits(file: FileToMerge, versions: Changed & { readonly base: FileState }): Promise<Outcome> {
  const { base, ours, theirs } = versions;
  if ([base, ours, theirs].some(({ mode }) => mode === 'link')) {
    return conflict(file, versions, 'You and the templates changed where this link points, or what replaces it.');
  }
  const mode = base.mode === ours.mode ? theirs.mode : ours.mode;
  const merge = (result: Pick<FileState, 'bytes'>): Outcome => ({
    action: 'merge',
    result: { bytes: result.bytes, mode },
  });
  // One side may have changed the mode only.
  if (haveSameBytes(base, ours)) return merge(theirs);
  if (haveSameBytes(base, theirs) || haveSameBytes(ours, theirs)) return merge(ours);

  const [baseText, oursText, theirsText] = [textOf(base), textOf(ours), textOf(theirs)];
  if (baseText === undefined || oursText === undefined || theirsText === undefined) {
    return conflict(file, versions, 'You and the templates changed this file, and it is not a text.');
  }
  const texts = { base: baseText, ours: oursText, theirs: theirsText };
  const { text, conflicts, reason } = await mergeByFormat(file.path, texts, file.labels);
  const bytes = bytesOf(text);
  if (reason === undefined) return merge({ bytes });
  return { action: 'conflict', reason, lines: conflicts, marked: { bytes, mode } };
}

/** A conflict about the file as a whole. If it is a text, it is marked wherever its two versions differ. */
function conflict(file: FileToMerge, { ours, theirs }: Changed, reason: string): FileConflict {
  const [oursText, theirsText] = [textOf(ours), textOf(theirs)];
  if (oursText === undefined || theirsText === undefined)
    return { action: 'conflict', reason, lines: [], marked: ours };
  const { text, conflicts } = markDifferences(oursText, theirsText, file.labels);
  return { action: 'conflict', reason, lines: conflicts, marked: { bytes: bytesOf(text), mode: ours.mode } };
}

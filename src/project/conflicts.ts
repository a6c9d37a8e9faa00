import type { Problem } from '../model/errors.ts';
import type { OnConflict } from '../model/files.ts';
import type { Survey } from './survey.ts';

/** The conflicts that prevent writing the project to the folder `root`: a problem for each kind, with its paths. */
export function conflictsIn(root: string, survey: Survey, onConflict: OnConflict): readonly Problem[] {
  const { blocked, collisions, unrelated } = survey;
  const problems: Problem[] = [];
  if (blocked.length > 0) problems.push(pathsBlocked(root, blocked, 'move it away, or choose another directory'));
  if (onConflict !== 'fail') return problems;
  if (collisions.length > 0) {
    problems.push({
      code: 'conflict',
      message: `${root} already has ${collisions.length === 1 ? 'one' : collisions.length} of the project's files${besides(unrelated)}`,
      paths: collisions,
      hint: 'choose another directory; or --on-conflict overwrite to replace them, --on-conflict skip to keep them',
    });
  }
  if (unrelated.length > 0 && collisions.length === 0) {
    problems.push({
      code: 'not-empty',
      message: `${root} is not empty`,
      paths: unrelated,
      hint: 'choose another directory; or --on-conflict skip to create the project beside them',
    });
  }
  return problems;
}

/** The problem that nothing can be written at `paths`. */
export function pathsBlocked(root: string, paths: readonly string[], hint: string): Problem {
  const message = `in ${root} a link, or a file or folder of the wrong kind, is in the way`;
  return { code: 'path-blocked', message, paths, hint };
}

const SHOWN_BESIDES = 3;

/** Names files that are no conflict, but that a person may not expect in the folder. */
function besides(unrelated: readonly string[]): string {
  if (unrelated.length === 0) return '';
  const rest = unrelated.length - SHOWN_BESIDES;
  const shown = [...unrelated.slice(0, SHOWN_BESIDES), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  return `; it also holds ${shown}, which ${unrelated.length === 1 ? 'is' : 'are'} never touched`;
}

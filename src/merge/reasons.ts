import type { KeyConflict } from './merge-outline.ts';

export const SAME_LINES = 'You and the templates changed the same lines.';

/** At most so many keys are named. */
const NAMED = 3;

/** Says what a person has to decide, as sentences. */
export function keyReason(conflicts: readonly KeyConflict[]): string {
  const sentences = [...new Set(conflicts.map(sentenceOf))];
  const others = sentences.length - NAMED;
  return [
    ...sentences.slice(0, NAMED),
    ...(others > 0 ? [`${others} more ${others === 1 ? 'value is' : 'values are'} in conflict.`] : []),
  ].join(' ');
}

function sentenceOf({ path, what }: KeyConflict): string {
  const name = path.length === 0 ? 'the file' : `\`${path.join('.')}\``;
  switch (what) {
    case 'changed':
      return `You and the templates changed ${name}.`;
    case 'removed by you':
      return `You removed ${name}, which the templates changed.`;
    case 'removed by the templates':
      return `You changed ${name}, which the templates removed.`;
    case 'reordered':
      return `You and the templates changed the order of ${name}, or added to it in the same place.`;
  }
}

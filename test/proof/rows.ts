import type { Combination } from '../../src/model/axes.ts';
import { groupBy } from '../support/group-by.ts';

/** A row of docs/matrix.md: a combination, and which middleware and features are enabled. */
export interface ProofRow extends Combination {
  readonly extras: 'default' | 'all';
}

/**
 * The rows of docs/matrix.md: every supported combination of framework, layer and database with the other options at their
 * defaults; then every framework with each other authentication and all options enabled. (The covering array of the build
 * tier pairs every choice with every other.)
 */
export function rowsOf(offered: readonly Combination[]): readonly ProofRow[] {
  const plain = grouped(offered, ['framework', 'dbLayer', 'database']).flatMap((group) => group.slice(0, 1));
  const signedIn = offered.filter(({ auth, database }) => auth !== offered[0]?.auth && database !== null);
  // Along the diagonals of the table of layers and databases: each row differs in both from the one before it.
  const step = new Set(signedIn.map(({ database }) => database)).size + 1;
  const together = grouped(signedIn, ['framework', 'auth']).flatMap((group, index) => {
    const at = (index * step) % group.length;
    return group.slice(at, at + 1);
  });
  return [
    ...plain.map((combination) => ({ ...combination, extras: 'default' as const })),
    ...together.map((combination) => ({ ...combination, extras: 'all' as const })),
  ];
}

/** Groups of combinations that are equal on some axes. */
function grouped(combinations: readonly Combination[], axes: readonly (keyof Combination)[]) {
  return [...groupBy(combinations, (combination) => axes.map((axis) => combination[axis]).join(' ')).values()];
}

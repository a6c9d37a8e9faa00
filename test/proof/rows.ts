import type { Combination } from '../../src/plan/legality.ts';

/** How many of the extras a proven project has on, beside the same with none. */
export type Amount = 'default' | 'all';

/** A row of docs/matrix.md. */
export interface Row extends Combination {
  readonly extras: Amount;
}

/**
 * What docs/matrix.md has a row for: every framework, layer and database that go together, as a person gets them who
 * chooses nothing else; then every authentication in every framework with every extra on, layers and databases by turns.
 * (The covering array of the build tier pairs each choice with every other.)
 */
export function rowsOf(offered: readonly Combination[]): readonly Row[] {
  const structures = grouped(offered, ({ framework, dbLayer, database }) => [framework, dbLayer, database]);
  const authenticated = grouped(offered, ({ framework, auth }) => [framework, auth]);
  return [
    ...structures.map(([first]) => ({ ...(first as Combination), extras: 'default' as const })),
    ...authenticated.map((group, index) => {
      // Four further each time: another layer and another database.
      const combination = group[(4 * index) % group.length] as Combination;
      return { ...combination, extras: 'all' as const };
    }),
  ];
}

function grouped(
  offered: readonly Combination[],
  by: (combination: Combination) => readonly unknown[],
): readonly (readonly Combination[])[] {
  const groups = new Map<string, Combination[]>();
  for (const combination of offered) {
    const key = JSON.stringify(by(combination));
    groups.set(key, [...(groups.get(key) ?? []), combination]);
  }
  return [...groups.values()];
}

import type { Combination } from '../../src/plan/legality.ts';

/**
 * What docs/matrix.md has a row for: every framework, layer and database that go together, each with one of the
 * authentications that go with them, by turns. (The covering array of the build tier pairs each authentication with
 * every other choice.)
 */
export function structuresOf(offered: readonly Combination[]): readonly Combination[] {
  const groups = new Map<string, Combination[]>();
  for (const combination of offered) {
    const key = JSON.stringify({ ...combination, auth: null });
    groups.set(key, [...(groups.get(key) ?? []), combination]);
  }
  return [...groups.values()].map((alternatives, index) => {
    // One further after each round: databases come in the same order in every layer.
    const turn = index + Math.floor(index / alternatives.length);
    return alternatives[turn % alternatives.length] as Combination;
  });
}

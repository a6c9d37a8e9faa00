import type { Combination } from '../../src/plan/legality.ts';

/**
 * What docs/matrix.md has a row for: every framework, layer and database that go together, as a person gets them who
 * chooses nothing else. (The covering array of the build tier pairs every other choice with each of them.)
 */
export function rowsOf(offered: readonly Combination[]): readonly Combination[] {
  const structures = new Map<string, Combination>();
  for (const combination of offered) {
    const key = JSON.stringify({ ...combination, auth: null });
    if (!structures.has(key)) structures.set(key, combination);
  }
  return [...structures.values()];
}

import fc from 'fast-check';

/**
 * Checks a property with `runs` cases of a new seed, which a failure prints, and again with every seed that once found a
 * counterexample: add it to `seeds` with the fix.
 */
export async function holds<Values>(
  property: fc.IRawProperty<Values>,
  { runs, seeds = [] }: { readonly runs: number; readonly seeds?: readonly number[] },
): Promise<void> {
  for (const seed of seeds) await fc.assert(property, { numRuns: runs, seed });
  await fc.assert(property, { numRuns: runs });
}

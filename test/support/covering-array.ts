/** A row gives every factor one of its values. */
export type Row = Readonly<Record<string, string>>;

/**
 * The fewest rows a greedy search finds in which every pair of values of two factors appears that appears in any of
 * `candidates`: pairwise coverage of the legal combinations (Kuhn, NIST SP 800-142). Same input, same rows.
 */
export function coveringArray(candidates: readonly Row[]): readonly Row[] {
  const pairs = candidates.map(pairsOf);
  const missing = new Set(pairs.flat());
  const rows: Row[] = [];
  while (missing.size > 0) {
    const gains = pairs.map((own) => own.filter((pair) => missing.has(pair)).length);
    const best = gains.indexOf(Math.max(...gains));
    const row = candidates[best];
    if (row === undefined) throw new Error('no candidate adds a missing pair');
    rows.push(row);
    for (const pair of pairs[best] ?? []) missing.delete(pair);
  }
  return rows;
}

/** Every pair of two factors' values in a row. */
export function pairsOf(row: Row): readonly string[] {
  const values = Object.entries(row).map(([factor, value]) => `${factor}=${value}`);
  return values.flatMap((first, index) => values.slice(index + 1).map((second) => `${first} & ${second}`));
}

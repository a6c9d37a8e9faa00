// Medians, and ratios of what was measured side by side.

/** The middle of some numbers; of an even count, the mean of the two in the middle. */
export function median(numbers) {
  if (numbers.length === 0) throw new Error('the median of no numbers is undefined');
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The least of some sorted numbers that this share of them does not exceed. */
export function percentile(sorted, share) {
  return sorted[Math.ceil(share * sorted.length) - 1];
}

/** The median of some numbers, and the least and the greatest of them. */
export function summary(numbers) {
  return { median: median(numbers), least: Math.min(...numbers), greatest: Math.max(...numbers) };
}

/**
 * The summary of the ratios of two programs, each measured once a round: rounds are compared with themselves, so what
 * slows the machine down for a while hits both. `null` marks a round that was not measured, and is left out.
 */
export function ratios(numerators, denominators) {
  const pairs = numerators.map((numerator, round) => [numerator, denominators[round] ?? null]);
  const measured = pairs.filter(([numerator, denominator]) => numerator !== null && denominator !== null);
  if (measured.length === 0) return null;
  return summary(measured.map(([numerator, denominator]) => numerator / denominator));
}

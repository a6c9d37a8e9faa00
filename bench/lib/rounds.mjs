// The order of what is measured in rounds.

/**
 * The items in the order of a round: each round starts elsewhere, so that none is always the first or the last. Rounds
 * count from 1.
 */
export function orderOf(items, round, rounds) {
  const first = Math.floor(((round - 1) * items.length) / rounds);
  return [...items.slice(first), ...items.slice(0, first)];
}

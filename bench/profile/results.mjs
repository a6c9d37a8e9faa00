// What follows from the profiles of `bench:profile`.

/** The share of the instructions of ours below which a difference is small. */
export const SMALL = 0.01;
/** The part that sums up small differences. */
export const OTHERS = 'others';

/**
 * By route, the instructions of a request, `bare` and `ours`: of the whole (`total`) and of its `parts`, those first
 * that ours adds most to, and at the end all with small differences.
 */
export function comparisonOf(ours, bare) {
  return Object.fromEntries(Object.keys(ours).map((route) => [route, compare(ours[route], bare[route])]));
}

function compare(ours, bare) {
  const names = [...new Set([...Object.keys(ours), ...Object.keys(bare)])];
  const all = names.map((part) => ({ part, bare: bare[part] ?? 0, ours: ours[part] ?? 0 }));
  const total = sumOf(all);
  const isNamed = (part) => Math.abs(part.ours - part.bare) >= SMALL * total.ours;
  const named = all.filter(isNamed).sort((a, b) => b.ours - b.bare - (a.ours - a.bare));
  const others = sumOf(all.filter((part) => !isNamed(part)));
  return { total, parts: [...named, { part: OTHERS, ...others }] };
}

function sumOf(parts) {
  const sum = (of) => parts.reduce((total, part) => total + part[of], 0);
  return { bare: sum('bare'), ours: sum('ours') };
}

/** A row gives every factor one of its values. */
export type Row = Readonly<Record<string, string>>;

/** What rows are made of: one of the bases, and each of the switches `on` or `off`. */
export interface Factors {
  /** The supported combinations of the factors that depend on each other. */
  readonly bases: readonly Row[];
  readonly switches: readonly string[];
  /** Pairs that no row may have, as `pairsOf` writes them: of a switch that is on, with a base's value or another. */
  readonly illegal?: ReadonlySet<string>;
}

/** The factors with every value as a number, which makes the search a hundred times faster than with their names. */
interface Numbered {
  readonly bases: readonly (readonly number[])[];
  readonly switches: readonly { readonly on: number; readonly off: number }[];
  /** Whether a row may have both values. */
  readonly isLegal: (a: number, b: number) => boolean;
  /** One number for both values, in whichever order. */
  readonly pair: (a: number, b: number) => number;
  readonly rowOf: (values: readonly number[]) => Row;
}

/** How many arrays are made; the smallest is taken. */
const ATTEMPTS = 10;

/** After how many attempts that add nothing the missing pairs count as unreachable. */
const PATIENCE = 100;

/**
 * Few rows in which every legal pair of two factors' values appears (pairwise coverage: Kuhn, NIST SP 800-142), by a
 * greedy search that sets a value at a time (AETG: Cohen et al., IEEE TSE 23.7, 1997). Same input, same rows.
 */
export function coveringArray(factors: Factors): readonly Row[] {
  const numbered = withNumbers(factors);
  const random = minimalStandard();
  const arrays = Array.from({ length: ATTEMPTS }, () => greedyArray(numbered, random));
  return arrays.reduce((best, rows) => (rows.length < best.length ? rows : best)).map(numbered.rowOf);
}

/** Every pair of two factors' values in a row. */
export function pairsOf(row: Row): readonly string[] {
  return pairsAmong(valuesOf(row)).map(([first, second]) => `${first} & ${second}`);
}

function valuesOf(row: Row): readonly string[] {
  return Object.entries(row).map(([factor, value]) => `${factor}=${value}`);
}

function pairsAmong<T>(values: readonly T[]): readonly (readonly [T, T])[] {
  return values.flatMap((first, index) => values.slice(index + 1).map((second) => [first, second] as const));
}

function withNumbers({ bases, switches, illegal = new Set() }: Factors): Numbered {
  const names = [...new Set(bases.flatMap(valuesOf)), ...switches.flatMap((name) => [`${name}=on`, `${name}=off`])];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numberOf = (name: string) => numbers.get(name) ?? Number.NaN;
  const pair = (a: number, b: number) => Math.min(a, b) * names.length + Math.max(a, b);
  const forbidden = new Set(
    [...illegal].map((names) => pair(...(names.split(' & ').map(numberOf) as [number, number]))),
  );
  return {
    bases: bases.map((base) => valuesOf(base).map(numberOf)),
    switches: switches.map((name) => ({ on: numberOf(`${name}=on`), off: numberOf(`${name}=off`) })),
    isLegal: (a, b) => !forbidden.has(pair(a, b)),
    pair,
    rowOf: (values) => Object.fromEntries(values.map((value) => names[value]?.split('=') as [string, string])),
  };
}

function greedyArray(numbered: Numbered, random: () => number): readonly (readonly number[])[] {
  const missing = legalPairs(numbered);
  const rows: (readonly number[])[] = [];
  let barren = 0;
  while (missing.size > 0) {
    const { row, gain } = bestRow(numbered, missing, random);
    barren = gain === 0 ? barren + 1 : 0;
    if (barren > PATIENCE) throw new Error(`no row has one of ${missing.size} pairs`);
    if (gain === 0) continue;
    rows.push(row);
    for (const [a, b] of pairsAmong(row)) missing.delete(numbered.pair(a, b));
  }
  return rows;
}

/** Every pair that a base has, or may have with one or two switches. */
function legalPairs({ bases, switches, isLegal, pair }: Numbered): Set<number> {
  const pairs = bases.flatMap((base) => {
    const settings = switches.map(({ on, off }) => (base.every((value) => isLegal(value, on)) ? [on, off] : [off]));
    const withOne = settings.flatMap((values) => base.flatMap((own) => values.map((value) => [own, value] as const)));
    const withTwo = pairsAmong(settings).flatMap(([first, second]) =>
      first.flatMap((a) => second.filter((b) => isLegal(a, b)).map((b) => [a, b] as const)),
    );
    return [...pairsAmong(base), ...withOne, ...withTwo];
  });
  return new Set(pairs.map(([a, b]) => pair(a, b)));
}

/** The row with the most missing pairs of those that each base gives with the switches set in random order. */
function bestRow(numbered: Numbered, missing: ReadonlySet<number>, random: () => number) {
  const rows = numbered.bases.map((base) => complete(base, numbered, missing, random));
  return rows.reduce((best, candidate) => (candidate.gain > best.gain ? candidate : best));
}

/** Sets each switch to the value that adds more missing pairs to those already set; ties are broken at random. */
function complete(base: readonly number[], numbered: Numbered, missing: ReadonlySet<number>, random: () => number) {
  const { switches, isLegal, pair } = numbered;
  const row = [...base];
  const gainOf = (value: number) => row.filter((other) => missing.has(pair(other, value))).length;
  let gain = pairsAmong(base).filter(([a, b]) => missing.has(pair(a, b))).length;
  for (const { on, off } of shuffled(switches, random)) {
    const preference = gainOf(on) - gainOf(off) + (random() - 0.5);
    const value = preference > 0 && row.every((other) => isLegal(other, on)) ? on : off;
    gain += gainOf(value);
    row.push(value);
  }
  return { row: [...base, ...row.slice(base.length).sort((a, b) => a - b)], gain };
}

/** Fisher and Yates's shuffle. */
function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}

/** Park and Miller's minimal standard generator: the same numbers below 1 on every run. */
function minimalStandard(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

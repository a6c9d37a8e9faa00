import type { Answers } from '../../src/model/answers.ts';
import type { AxisId } from '../../src/model/catalog.ts';
import { legalCombinations } from '../../src/plan/legality.ts';
import { coveringArray, type Row } from './covering-array.ts';
import { answersFor, catalog } from './projects.ts';

const LISTS = ['middleware', 'features'] as const satisfies readonly AxisId[];

/**
 * The projects that are really built: every pair of a framework, layer, database, authentication, and each middleware
 * and feature on or off appears in one of them.
 */
export function buildSelections(): readonly Answers[] {
  return coveringArray(candidates()).map(answersOf);
}

/** Every combination with every on/off pattern of the list options; patterns are thinned where there are too many to hold. */
function candidates(): readonly Row[] {
  const options = LISTS.flatMap((axis) => catalog.parts[axis].map((part) => `${axis}:${part.id}`));
  const patterns = onOffPatterns(options.length);
  return legalCombinations(catalog).flatMap((combination) =>
    patterns.map((pattern) => ({
      ...Object.fromEntries(Object.entries(combination).map(([axis, id]) => [axis, id ?? ''])),
      ...Object.fromEntries(options.map((option, index) => [option, pattern[index] ? 'on' : 'off'])),
    })),
  );
}

/** All patterns of up to 10 switches; of more, a fixed pseudo-random thousand beside all on and all off. */
function onOffPatterns(length: number): readonly (readonly boolean[])[] {
  const bits = (number: number) => Array.from({ length }, (_, index) => ((number >>> index) & 1) === 1);
  if (length <= 10) return Array.from({ length: 2 ** length }, (_, number) => bits(number));
  let state = 1;
  // Park and Miller's minimal standard generator: the same patterns on every run.
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return [bits(0), bits(-1), ...Array.from({ length: 1000 }, () => bits(next()))];
}

function answersOf(row: Row): Answers {
  const on = (axis: string) =>
    catalog.parts[axis as (typeof LISTS)[number]].filter((part) => row[`${axis}:${part.id}`] === 'on');
  const { framework = '', dbLayer = '', database = '', auth = '' } = row;
  return answersFor(
    { framework, dbLayer, database: database === '' ? null : database, auth },
    { middleware: on('middleware').map((part) => part.id), features: on('features').map((part) => part.id) },
  );
}

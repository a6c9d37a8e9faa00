import type { Answers } from '../../src/model/answers.ts';
import type { AxisId, Catalog } from '../../src/model/catalog.ts';
import { legalCombinations, whyNot } from '../../src/plan/legality.ts';
import { coveringArray, type Factors, type Row } from './covering-array.ts';
import { answersFor, catalog } from './projects.ts';

const LISTS = ['middleware', 'features'] as const satisfies readonly AxisId[];
const SINGLES = ['framework', 'dbLayer', 'database', 'auth'] as const satisfies readonly AxisId[];

/**
 * The projects that are really built: every pair of a framework, layer, database, authentication, and each middleware
 * and feature on or off appears in one of them.
 */
export function buildSelections(): readonly Answers[] {
  return coveringArray(factorsOf(catalog)).map(answersOf);
}

/** A base for each legal combination, a switch for each middleware and feature. */
export function factorsOf(catalog: Catalog): Factors {
  const options = LISTS.flatMap((axis) => catalog.parts[axis].map((part) => ({ axis, id: part.id, ids: [part.id] })));
  const singles = SINGLES.flatMap((axis) => catalog.parts[axis].map((part) => ({ axis, id: part.id, ids: part.id })));
  const values = [
    ...singles.map((single) => ({ ...single, value: `${single.axis}=${single.id}` })),
    ...options.map((option) => ({ ...option, value: `${option.axis}:${option.id}=on` })),
  ];
  const illegal = values.flatMap((first) =>
    options
      .filter(({ axis, id }) => axis !== first.axis && whyNot({ [first.axis]: first.ids }, axis, id, catalog) !== null)
      .map(({ axis, id }) => `${first.value} & ${axis}:${id}=on`),
  );
  return {
    bases: legalCombinations(catalog).map((combination) =>
      Object.fromEntries(SINGLES.map((axis) => [axis, combination[axis] ?? ''])),
    ),
    switches: options.map(({ axis, id }) => `${axis}:${id}`),
    illegal: new Set(illegal),
  };
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

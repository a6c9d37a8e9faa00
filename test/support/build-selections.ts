import type { Answers } from '../../src/model/answers.ts';
import type { AxisId } from '../../src/model/axes.ts';
import { absentPart, type Catalog, type Part } from '../../src/model/catalog.ts';
import { incompatibilityReason, problemsOf, supportedCombinations } from '../../src/plan/compatibility.ts';
import { coveringArray, type Factors, type Row } from './covering-array.ts';
import { answersFor, catalog } from './projects.ts';

const LISTS = ['middleware', 'features'] as const satisfies readonly AxisId[];
const SINGLES = ['framework', 'dbLayer', 'database', 'auth'] as const satisfies readonly AxisId[];

/**
 * The projects of the build tier. Every pair of choices (framework, layer, database, authentication, each middleware and
 * feature on or off) appears in one of them, and so does every cell `without-…` with every framework, layer and database.
 */
export function buildSelections(): readonly Answers[] {
  const selections = coveringArray(factorsOf(catalog)).map(answersOf);
  for (const { part, absent } of wants()) {
    const holds = (answers: Answers) => idsOf(answers).includes(part.id) && !idsOf(answers).includes(absent);
    const candidates = supportedCombinations(catalog)
      .map((combination) => answersFor(combination, { middleware: [], features: [], [part.axis]: choiceOf(part) }))
      .filter((answers) => holds(answers) && problemsOf(answers, catalog).length === 0);
    for (;;) {
      const built = new Set(selections.filter(holds).flatMap(structureOf));
      const isNew = (id: string) => !built.has(id);
      const counts = candidates.map((answers) => structureOf(answers).filter(isNew).length);
      const best = candidates[counts.indexOf(Math.max(...counts))];
      if (best === undefined || !structureOf(best).some(isNew)) break;
      selections.push(best);
    }
  }
  return selections;
}

/** The parts with a cell that is used if another part is not chosen. */
function wants(): readonly { readonly part: Part; readonly absent: string }[] {
  const parts = Object.values(catalog.parts).flat();
  return parts.flatMap((part) =>
    Object.keys(part.cells).flatMap((name) => {
      const absent = absentPart(name);
      return absent === null ? [] : [{ part, absent }];
    }),
  );
}

/** The answer on an axis that chooses this part and no other. */
function choiceOf({ axis, id }: Part): string | readonly string[] {
  return LISTS.some((list) => list === axis) ? [id] : id;
}

function structureOf({ framework, dbLayer, database }: Answers): readonly string[] {
  return [framework, dbLayer, database].flatMap((id) => id ?? []);
}

function idsOf(answers: Answers): readonly string[] {
  return [...structureOf(answers), answers.auth, ...answers.middleware, ...answers.features];
}

/** A base for each supported combination, a switch for each middleware and feature. */
export function factorsOf(catalog: Catalog): Factors {
  const options = LISTS.flatMap((axis) => catalog.parts[axis].map((part) => ({ axis, id: part.id, ids: [part.id] })));
  const singles = SINGLES.flatMap((axis) => catalog.parts[axis].map((part) => ({ axis, id: part.id, ids: part.id })));
  const values = [
    ...singles.map((single) => ({ ...single, value: `${single.axis}=${single.id}` })),
    ...options.map((option) => ({ ...option, value: `${option.axis}:${option.id}=on` })),
  ];
  const illegal = values.flatMap((first) =>
    options
      .filter(
        ({ axis, id }) =>
          axis !== first.axis && incompatibilityReason({ [first.axis]: first.ids }, axis, id, catalog) !== null,
      )
      .map(({ axis, id }) => `${first.value} & ${axis}:${id}=on`),
  );
  return {
    bases: supportedCombinations(catalog).map((combination) =>
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

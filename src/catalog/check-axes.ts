import type { Axis } from '../model/axes.ts';
import { type Catalog, partsIn } from '../model/catalog.ts';
import type { PackProblem } from '../model/errors.ts';

const FILE = 'pack.json';

/** What is wrong in a declaration of axes by itself, before anything is read from their folders. */
export function problemsOfAxes(axes: readonly Axis[]): readonly PackProblem[] {
  return axes.flatMap(({ id, folder, multiple, structural, dependsOn }, index) => {
    const earlier = axes.slice(0, index);
    const inFront = earlier.map((axis) => axis.id);
    return [
      ...(earlier.some((axis) => axis.folder === folder)
        ? [problem(id, 'folder', 'is the folder of another axis')]
        : []),
      ...(multiple && structural ? [problem(id, 'structural', 'is true', 'an axis with a single choice')] : []),
      ...(dependsOn === undefined || inFront.some((axis) => axis === dependsOn)
        ? []
        : [problem(id, 'dependsOn', `is ${dependsOn}`, inFront.join(', ') || 'no axis, as it is the first')]),
    ];
  });
}

/** A problem for each name of an axis or of its parts that is not one. */
export function problemsOfAxisNames(catalog: Catalog): readonly PackProblem[] {
  const ids = catalog.axes.map(({ id }) => id);
  return [
    ...catalog.axes.flatMap(({ id, example }) => {
      const known = catalog.parts[id].map((part) => part.id);
      return example === undefined || known.includes(example)
        ? []
        : [problem(id, 'example', `is ${example}`, known.join(', '))];
    }),
    ...partsIn(catalog).flatMap(({ axis, folder, excludesAxes }) => {
      const dependent = catalog.axes.filter(({ dependsOn }) => dependsOn === axis).map(({ id }) => id);
      return unknownAxes(`${folder}/part.json`, 'excludesAxes', excludesAxes, dependent);
    }),
    ...[
      catalog.base,
      ...catalog.additions,
      ...Object.values(catalog.any),
      ...partsIn(catalog).flatMap((part) => [...part.inherited, part]),
    ].flatMap(({ folder, needsCell }) => unknownAxes(`${folder}/part.json`, 'needsCell', needsCell, ids)),
  ];
}

function unknownAxes(
  file: string,
  key: string,
  names: readonly string[],
  known: readonly string[],
): readonly PackProblem[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      ...{ code: 'unknown-name', file, key, message: `${file}: ${key} has the unknown name ${name}` },
      allowed: known.join(', ') || 'no axis: none says that it dependsOn this one',
    }));
}

function problem(axis: string, name: string, what: string, allowed?: string): PackProblem {
  const key = `axes.${axis}.${name}`;
  return { code: 'unclear-axis', file: FILE, key, message: `${FILE}: ${key} ${what}`, ...(allowed && { allowed }) };
}

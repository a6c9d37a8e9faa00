import { AXES, absentPart, type Catalog, type Contribution, type Part } from '../model/catalog.ts';
import type { PackProblem } from '../model/errors.ts';

/** A name in a pack that has to be one of the known names. */
interface Reference {
  readonly file: string;
  readonly key: string;
  readonly name: string;
  readonly known: readonly string[];
  /** The known names in words, if there are many. */
  readonly allowed?: string;
}

/** A problem for each name in a pack that names nothing: no part, folder of `shared/`, crate, slot or file. */
export function problemsOfNames(catalog: Catalog): readonly PackProblem[] {
  const parts = AXES.flatMap((axis) => catalog.parts[axis]);
  const roots = [catalog.base, ...Object.values(catalog.any), ...parts.flatMap((part) => [...part.inherited, part])];
  const contributions = [...roots, ...Object.values(catalog.shared)].flatMap(withCells);
  const references = [
    ...roots.flatMap(({ folder, uses }) =>
      uses.map((name) => ({ file: manifestIn(folder), key: 'uses', name, known: Object.keys(catalog.shared) })),
    ),
    ...parts.flatMap(({ folder, unsupported }) =>
      keysOf(unsupported, { file: manifestIn(folder), key: 'unsupported', known: parts.map(({ id }) => id) }),
    ),
    ...contributions.flatMap((contribution) => referencesOf(contribution, catalog)),
    ...Object.entries(catalog.placement).flatMap(([rule, files]) =>
      keysOf(files, {
        ...{ file: 'pack.json', key: `placement.${rule}`, allowed: 'files of the parts' },
        known: contributions.flatMap(({ files }) => files.map(({ path }) => path)),
      }),
    ),
  ].filter(({ name, known }) => !known.includes(name));
  const names = cellNames(parts);
  const problems = [
    ...references.map(unknownName),
    ...contributions.flatMap((contribution) => misnamedCells(contribution, names)),
  ];
  // What a part brings is also in the parts that extend it.
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function withCells(contribution: Contribution): readonly Contribution[] {
  return [contribution, ...Object.values(contribution.cells).flatMap(withCells)];
}

function manifestIn(folder: string): string {
  return `${folder}/part.json`;
}

function keysOf(record: object, reference: Omit<Reference, 'name'>): readonly Reference[] {
  return Object.keys(record).map((name) => ({ ...reference, name }));
}

function referencesOf({ folder, crates, slots }: Contribution, catalog: Catalog): readonly Reference[] {
  const known = Object.keys(catalog.crateVersions);
  return [
    ...keysOf(crates, { file: manifestIn(folder), key: 'crates', known, allowed: 'crates in versions.json' }),
    ...slots.map(({ slot, template }) => ({
      ...{ file: template, key: 'slot', name: slot, known: catalog.slots, allowed: 'slots in pack.json' },
    })),
  ];
}

function unknownName({ file, key, name, known, allowed = known.join(', ') }: Reference): PackProblem {
  return { code: 'unknown-name', file, key, message: `${file}: ${key} has the unknown name ${name}`, allowed };
}

/** The names of each cell for a part: `id` and `axis.id`, in as many places as there are parts with that name. */
function cellNames(parts: readonly Part[]): readonly string[] {
  const qualified = new Set(
    parts.flatMap(({ axis, id, ancestors }) => [id, ...ancestors].map((name) => `${axis}.${name}`)),
  );
  return [...qualified].flatMap((name) => [name, name.slice(name.indexOf('.') + 1)]);
}

/** A cell must name exactly one part, as `id` or `axis.id`. */
function misnamedCells({ folder, cells }: Contribution, names: readonly string[]): readonly PackProblem[] {
  return Object.keys(cells).flatMap((cell) => {
    const part = absentPart(cell) ?? cell;
    const count = names.filter((name) => name === part).length;
    const file = `${folder}/${cell}`;
    const message = `${file}: a cell must be named after one part, but ${count} are called ${part}`;
    const allowed = names.filter((name) => (count === 0 ? !name.includes('.') : name.endsWith(`.${part}`))).join(', ');
    return count === 1 ? [] : [{ code: 'misnamed-cell', file, message, allowed }];
  });
}

import {
  absentPart,
  type Catalog,
  type CommonContribution,
  type Contribution,
  contributionsIn,
  type Part,
  partsIn,
} from '../model/catalog.ts';
import type { PackProblem } from '../model/errors.ts';
import { ID, ID_ALLOWED } from '../model/manifest.ts';
import { TRAITS } from '../model/resource.ts';
import { problemsOfAxisNames } from './check-axes.ts';
import { problemsOfClasses } from './check-classes.ts';

/** A name in a pack that has to be one of the known names. */
interface Reference {
  readonly file: string;
  readonly key: string;
  readonly name: string;
  readonly known: readonly string[];
  /** The known names, in words if there are many. */
  readonly allowed: string;
}

/** A problem for each name in a pack that names nothing: no part, folder of `shared/`, crate, slot or file. */
export function problemsOfNames(catalog: Catalog): readonly PackProblem[] {
  const parts = partsIn(catalog);
  const roots = [catalog.base, ...Object.values(catalog.any), ...parts.flatMap((part) => [...part.inherited, part])];
  const sharing = [...roots, ...Object.values(catalog.fields), ...catalog.additions];
  const contributions = contributionsIn(catalog);
  const folders = [...roots, ...Object.values(catalog.shared), ...catalog.additions].map(({ folder }) => folder);
  const owners = [...new Set(folders)];
  const names = cellNames(parts);
  const ids = parts.map(({ id }) => id);
  const problems = [
    ...problemsOfAxisNames(catalog),
    ...[
      ...namesInPack(catalog, contributions),
      ...sharing.flatMap(({ folder, uses }) => references(folder, 'uses', uses, Object.keys(catalog.shared))),
      ...parts.flatMap(({ folder, unsupported, hints }) => [
        ...references(folder, 'unsupported', Object.keys(unsupported), ids),
        ...references(folder, 'hints', Object.keys(hints), ids),
      ]),
      ...contributions.flatMap((contribution) => namesIn(contribution, catalog, owners)),
    ]
      .filter(({ name, known }) => !known.includes(name))
      .map(unknownName),
    ...contributions.flatMap((contribution) => misnamedCells(contribution, names)),
    ...problemsOfClasses(catalog, contributions),
    ...unusedShared(catalog, sharing),
    ...parts.filter((part) => !ID.test(part.id)).map(misnamedPart),
  ];
  // What a part brings is also in the parts that extend it.
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function unusedShared({ shared }: Catalog, sharing: readonly CommonContribution[]): readonly PackProblem[] {
  const used = new Set(sharing.flatMap(({ uses }) => uses));
  return Object.entries(shared)
    .filter(([name]) => !used.has(name))
    .map(([, { folder }]) => ({ code: 'unused-part', file: folder, message: `${folder}: no part uses it` }));
}

function namesInPack(
  { axes, callers, placement, optionalSlots, resources, seedSlots, slots }: Catalog,
  contributions: readonly Contribution[],
): readonly Reference[] {
  const file = 'pack.json';
  const paths = contributions.flatMap(({ files }) => files.map(({ path }) => path));
  return [
    ...(callers === null
      ? []
      : [
          { file, key: 'callers.axis', name: callers.axis, known: axes.map(({ id }) => id), allowed: 'the axes' },
          {
            ...{ file, key: 'callers.resource', name: callers.resource, allowed: 'the resources' },
            known: resources.map(({ singular }) => singular),
          },
        ]),
    ...optionalSlots.map((name) => ({ file, key: 'optionalSlots', name, known: slots, allowed: 'the slots' })),
    ...Object.keys(seedSlots).map((name) => ({ file, key: 'seedSlots', name, known: slots, allowed: 'the slots' })),
    ...Object.entries(placement).flatMap(([rule, files]) =>
      Object.keys(files).map((name) => ({
        ...{ file, key: `placement.${rule}`, name, known: paths, allowed: 'files of the parts' },
      })),
    ),
  ];
}

function namesIn(
  { folder, crates, slots, resourceSlots, replaces, overrides }: Contribution,
  { crateVersions, ...catalog }: Catalog,
  owners: readonly string[],
): readonly Reference[] {
  return [
    ...references(folder, 'crates', Object.keys(crates), Object.keys(crateVersions), 'crates in versions.json'),
    ...references(folder, 'replaces', Object.values(replaces), owners),
    ...references(folder, 'overrides', Object.values(overrides), owners),
    ...slotNames('slots', slots, catalog.slots),
    ...slotNames('resourceSlots', resourceSlots, catalog.resourceSlots),
  ];
}

function slotNames(key: string, fragments: Contribution['slots'], known: readonly string[]): readonly Reference[] {
  return fragments.map(({ slot, template }) => ({
    ...{ file: template.replace(/#.*/, ''), key, name: slot, known },
    allowed: `${key} in pack.json`,
  }));
}

function references(
  folder: string,
  key: string,
  names: readonly string[],
  known: readonly string[],
  allowed = known.join(', '),
): readonly Reference[] {
  return names.map((name) => ({ file: `${folder}/part.json`, key, name, known, allowed }));
}

function unknownName({ file, key, name, allowed }: Reference): PackProblem {
  return { code: 'unknown-name', file, key, message: `${file}: ${key} has the unknown name ${name}`, allowed };
}

function misnamedPart({ folder, id }: Part): PackProblem {
  const message = `${folder}: ${id} cannot be the id of a part`;
  return { code: 'misnamed-part', file: folder, message, allowed: ID_ALLOWED };
}

/** The names of each cell for a part or field: `id` and `axis.id`, in as many places as there are parts with that name. */
function cellNames(parts: readonly Part[]): readonly string[] {
  const qualified = new Set([
    ...parts.flatMap(({ axis, id, ancestors }) => [id, ...ancestors].map((name) => `${axis}.${name}`)),
    ...TRAITS.map((trait) => `field.${trait}`),
  ]);
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

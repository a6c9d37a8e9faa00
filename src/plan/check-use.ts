import { type Catalog, contributionsIn } from '../model/catalog.ts';
import { type PackProblem, problemIn } from '../model/errors.ts';
import type { PackReads } from '../model/templates.ts';
import { CHANGE_KEYS, FIXED_KEY, MOVED_BY_KEY, type TypeTable, typeKey } from '../model/type-table.ts';

/** Problems with names that a pack declares and nothing uses, or the other way round, whatever is chosen. */
export function problemsOfUse(
  catalog: Catalog,
  reads: PackReads,
  tables: Readonly<Record<string, TypeTable>>,
): readonly PackProblem[] {
  return [
    ...problemsOfSlots(catalog, reads, 'slots'),
    ...problemsOfSlots(catalog, reads, 'resourceSlots'),
    ...unreadVars(catalog, reads),
    ...unreadTypes(reads, tables),
    ...problemsOfDefaults(catalog),
  ];
}

function problemsOfSlots(catalog: Catalog, reads: PackReads, kind: 'slots' | 'resourceSlots'): readonly PackProblem[] {
  const declared = catalog[kind];
  const filled = new Set(
    contributionsIn(catalog).flatMap((contribution) => contribution[kind].map(({ slot }) => slot)),
  );
  const read = new Set(Object.values(reads).flatMap((names) => names[kind]));
  const inPack = (slot: string, what: string): PackProblem => ({
    ...{ code: 'unused-slot', file: 'pack.json', key: kind, message: `pack.json: ${kind}: ${what} ${slot}` },
  });
  return [
    ...declared.filter((slot) => !filled.has(slot)).map((slot) => inPack(slot, 'no part fills')),
    ...declared.filter((slot) => !read.has(slot)).map((slot) => inPack(slot, 'no file reads')),
  ];
}

/** Templates that read a slot that the pack does not declare, so that they cannot be rendered. */
export function undeclaredSlots(catalog: Catalog, reads: PackReads): readonly PackProblem[] {
  return (['slots', 'resourceSlots'] as const).flatMap((kind) =>
    Object.entries(reads).flatMap(([key, names]) =>
      names[kind]
        .filter((slot) => !catalog[kind].includes(slot))
        .map((slot) => ({
          ...problemIn(key, 'unknown-name', `${kind}.${slot} is not declared`),
          allowed: `${kind} in pack.json`,
        })),
    ),
  );
}

function unreadVars(catalog: Catalog, reads: PackReads): readonly PackProblem[] {
  const read = new Set(Object.values(reads).flatMap(({ vars }) => vars));
  const unread = contributionsIn(catalog).flatMap(({ folder, vars }) =>
    Object.keys(vars)
      .filter((name) => !read.has(name))
      .map((name) => ({ file: `${folder}/part.json`, key: `vars.${name}` })),
  );
  const distinct = new Map(unread.map((place) => [place.file + place.key, place]));
  return [...distinct.values()].map(({ file, key }) => ({
    ...{ code: 'unread-var', file, key, message: `${file}: ${key} is read by no template` },
  }));
}

/** Keys of type tables, by file, that no template and no other text reads, and that no change of a table needs. */
function unreadTypes(reads: PackReads, tables: Readonly<Record<string, TypeTable>>): readonly PackProblem[] {
  const read = new Set([
    ...Object.values(reads).flatMap(({ types }) => types),
    ...CHANGE_KEYS,
    FIXED_KEY,
    MOVED_BY_KEY,
  ]);
  return Object.entries(tables).flatMap(([file, table]) => {
    const names = new Set(Object.values(table).flatMap((texts) => Object.keys(texts).map((key) => typeKey(key).name)));
    return [...names]
      .filter((name) => !read.has(name))
      .map((key) => ({ code: 'unread-type', file, key, message: `${file}: ${key} is read by no template` }));
  });
}

/** An axis with a single choice has exactly one default. */
function problemsOfDefaults(catalog: Catalog): readonly PackProblem[] {
  const single = catalog.axes.filter(({ multiple }) => !multiple);
  return single.flatMap(({ id: axis }): readonly PackProblem[] => {
    const [first, ...others] = catalog.parts[axis].filter((part) => part.default).map(({ folder }) => folder);
    const problem = { code: 'unclear-default', key: 'default' };
    if (first === undefined)
      return [{ ...problem, file: 'pack.json', message: `pack.json: no ${axis} is the default` }];
    return others.map((folder) => {
      const file = `${folder}/part.json`;
      return { ...problem, file, message: `${file}: default is true, but ${first} is the default ${axis}` };
    });
  });
}

import { type Catalog, contributionsIn } from '../model/catalog.ts';
import { type PackProblem, problemIn } from '../model/errors.ts';
import type { PackReads } from '../model/templates.ts';

/** Problems with names that a pack declares and nothing uses, or the other way round, whatever is chosen. */
export function problemsOfUse(catalog: Catalog, reads: PackReads): readonly PackProblem[] {
  return [...problemsOfSlots(catalog, reads), ...unreadVars(catalog, reads), ...problemsOfDefaults(catalog)];
}

function problemsOfSlots(catalog: Catalog, reads: PackReads): readonly PackProblem[] {
  const filled = new Set(contributionsIn(catalog).flatMap(({ slots }) => slots.map(({ slot }) => slot)));
  const read = new Set(Object.values(reads).flatMap(({ slots }) => slots));
  const inPack = (slot: string, what: string): PackProblem => ({
    ...{ code: 'unused-slot', file: 'pack.json', key: 'slots', message: `pack.json: slots: ${what} ${slot}` },
  });
  return [
    ...catalog.slots.filter((slot) => !filled.has(slot)).map((slot) => inPack(slot, 'no part fills')),
    ...catalog.slots.filter((slot) => !read.has(slot)).map((slot) => inPack(slot, 'no file reads')),
  ];
}

/** Templates that read a slot that the pack does not declare, so that they cannot be rendered. */
export function undeclaredSlots(catalog: Catalog, reads: PackReads): readonly PackProblem[] {
  return Object.entries(reads).flatMap(([key, { slots }]) =>
    slots
      .filter((slot) => !catalog.slots.includes(slot))
      .map((slot) => ({
        ...problemIn(key, 'unknown-name', `slots.${slot} is not declared`),
        allowed: 'slots in pack.json',
      })),
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

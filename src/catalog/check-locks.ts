import { type Catalog, partsIn } from '../model/catalog.ts';
import type { PackProblem } from '../model/errors.ts';
import { TRAITS } from '../model/resource.ts';
import type { LockConditions } from '../model/templates.ts';

/** A problem for each option in the table of a lock, by its file, that names no part and no fields. */
export function problemsOfLockTables(
  tables: Readonly<Record<string, LockConditions>>,
  catalog: Catalog,
): readonly PackProblem[] {
  const known = new Set<string>([...partsIn(catalog).map(({ id }) => id), ...TRAITS.map((trait) => `field.${trait}`)]);
  return Object.entries(tables).flatMap(([file, table]) =>
    Object.entries(table).flatMap(([name, dependencies]) =>
      Object.entries(dependencies).flatMap(([dependency, choices]) => {
        const key = `["${name}"]["${dependency}"]`;
        const unknown = choices.flatMap((choice) => choice.split('+')).filter((id) => !known.has(id));
        return [...new Set(unknown)].map((id) => ({
          ...{ code: 'unknown-name', file, key, message: `${file}: ${key} has the unknown name ${id}` },
          allowed: 'ids of parts, and fields in the form field.decimal',
        }));
      }),
    ),
  );
}

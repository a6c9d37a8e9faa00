import { loadCatalog } from '../../catalog/builtin.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Rules } from '../../options/resolve.ts';
import { type AxisOption, axisOptions, createOptions, type Option } from '../../options/schema.ts';
import { isApplicable, problemsOf, whyNot } from '../../plan/legality.ts';
import { checkName, suggestName } from '../../project/name.ts';

/** What the catalog means for a command: its options and rules. */
export interface Desk {
  readonly catalog: Catalog;
  readonly options: readonly Option[];
  readonly axes: readonly AxisOption[];
  readonly rules: Rules;
  suggestName(text: string): string;
}

/** Loads the catalog, but no template. */
export async function openDesk(): Promise<Desk> {
  const catalog = await loadCatalog();
  const crates = Object.keys(catalog.crateVersions);
  return {
    catalog,
    options: createOptions(catalog),
    axes: axisOptions(catalog),
    rules: {
      checkName: (name) => checkName(name, crates),
      whyNot: (chosen, axis, id) => whyNot(chosen, axis, id, catalog),
      isApplicable: (chosen, axis) => isApplicable(chosen, axis, catalog),
      problemsOf: (chosen) => problemsOf(chosen, catalog),
    },
    suggestName: (text) => suggestName(text, crates),
  };
}

import { loadCatalog } from '../../catalog/builtin.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Rules } from '../../options/resolve.ts';
import { type AxisOption, axisOptions, createOptions, type Option } from '../../options/schema.ts';
import { incompatibilityReason, isApplicable, problemsOf } from '../../plan/compatibility.ts';
import { checkName, suggestName } from '../../project/name.ts';

/** The options and rules of `create`, made from the catalog. */
export interface CreateOptions {
  readonly catalog: Catalog;
  readonly all: readonly Option[];
  readonly axes: readonly AxisOption[];
  readonly rules: Rules;
  suggestName(text: string): string;
}

/** Loads the catalog, but no template. */
export async function loadCreateOptions(): Promise<CreateOptions> {
  const catalog = await loadCatalog();
  const crates = Object.keys(catalog.crateVersions);
  return {
    catalog,
    all: createOptions(catalog),
    axes: axisOptions(catalog),
    rules: {
      checkName: (name) => checkName(name, crates),
      incompatibilityReason: (chosen, axis, id) => incompatibilityReason(chosen, axis, id, catalog),
      isApplicable: (chosen, axis) => isApplicable(chosen, axis, catalog),
      problemsOf: (chosen) => problemsOf(chosen, catalog),
    },
    suggestName: (text) => suggestName(text, crates),
  };
}

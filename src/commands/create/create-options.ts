import { type BuiltCatalog, loadCatalog, loadTemplates } from '../../catalog/builtin.ts';
import type { Plan } from '../../model/plan.ts';
import type { Resource } from '../../model/resource.ts';
import type { Templates } from '../../model/templates.ts';
import type { Enforced } from '../../options/policy.ts';
import type { Rules } from '../../options/resolve.ts';
import { type AxisOption, axisOptions, createOptions, type Option } from '../../options/schema.ts';
import { problemsOfResources } from '../../plan/check-resources.ts';
import { hintOf, incompatibilityReason, isApplicable, problemsOf } from '../../plan/compatibility.ts';
import { checkName, suggestName } from '../../project/name.ts';
import type { OpenPack } from '../packs/pinned.ts';

/** The options and rules of `create`, made from the catalog. */
export interface CreateOptions {
  readonly catalog: BuiltCatalog;
  /** The teams' packs that are in it, in order. */
  readonly packs: readonly OpenPack[];
  readonly all: readonly Option[];
  readonly axes: readonly AxisOption[];
  /** With what the policies in force rule out. */
  readonly rules: Rules;
  /** The policies in force. */
  readonly enforced: Enforced;
  suggestName(text: string): string;
  /** Loads what a project is rendered from. */
  templatesOf(plan: Plan): Templates;
}

/** Loads the catalog of the built pack in a folder, but no template. */
export function loadCreateOptions(pack: string): CreateOptions {
  const catalog = loadCatalog(pack);
  return optionsOf(catalog, [], (plan) => loadTemplates(pack, plan, catalog));
}

/** The options of a catalog that `packs` have been added to. */
export function optionsOf(
  catalog: BuiltCatalog,
  packs: readonly OpenPack[],
  templatesOf: CreateOptions['templatesOf'],
): CreateOptions {
  const crates = [...Object.keys(catalog.crateVersions), ...catalog.crateNames];
  const withRequired = (resources: readonly Resource[]) => [
    ...catalog.teamResources.filter(({ singular }) => !resources.some((each) => each.singular === singular)),
    ...resources,
  ];
  return {
    catalog,
    packs,
    all: createOptions(catalog),
    axes: axisOptions(catalog),
    enforced: { policies: [], today: '' },
    rules: {
      checkName: (name) => checkName(name, crates),
      incompatibilityReason: (chosen, axis, id) => incompatibilityReason(chosen, axis, id, catalog),
      hintOf: (chosen, axis, id) => hintOf(chosen, axis, id, catalog),
      demandedIds: () => [],
      lockReason: () => null,
      isApplicable: (chosen, axis) => isApplicable(chosen, axis, catalog),
      problemsOf: (chosen) => problemsOf(chosen, catalog),
      withRequired,
      problemsOfResources: (resources, chosen) => problemsOfResources(withRequired(resources), chosen, catalog),
    },
    suggestName: (text) => suggestName(text, crates),
    templatesOf,
  };
}

import { join } from 'node:path';
import { loadCatalog, loadTemplates } from '../../src/catalog/builtin.ts';
import type { Answers } from '../../src/model/answers.ts';
import type { AxisId, Combination } from '../../src/model/axes.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { FileSet } from '../../src/model/files.ts';
import type { Plan } from '../../src/model/plan.ts';
import { traitsOf } from '../../src/model/resource.ts';
import type { Templates } from '../../src/model/templates.ts';
import { incompatibilityReason, supportedCombinations } from '../../src/plan/compatibility.ts';
import { plan } from '../../src/plan/plan.ts';
import { render } from '../../src/render/render.ts';
import { earlierPaymentOf, paymentOf, SPECIMEN } from './build-resources.ts';

/** The folder that `scripts/build-pack.mjs` writes to. */
export const BUILT_PACK = join(import.meta.dirname, '../../build/pack');

export const catalog = loadCatalog(BUILT_PACK);

/** How many choices of the list axes are enabled. */
export const EXTRAS = ['none', 'default', 'all'] as const;
export type Extras = (typeof EXTRAS)[number];

/** Ids of a list axis for an amount of extras. */
export function extrasOf(axis: AxisId, extras: Extras, from: Catalog = catalog): readonly string[] {
  const parts = from.parts[axis];
  return parts.filter((part) => extras === 'all' || (extras === 'default' && part.default)).map((part) => part.id);
}

/** Every id of a list axis that is compatible with a combination. */
export function supportedExtras(axis: AxisId, combination: Combination): readonly string[] {
  return extrasOf(axis, 'all').filter((id) => incompatibilityReason(combination, axis, id, catalog) === null);
}

/** Answers for a combination, with defaults for everything that is not given. */
export function answersFor(combination: Combination, changes: Partial<Answers> = {}): Answers {
  return {
    name: 'my-service',
    description: 'An HTTP API',
    middleware: extrasOf('middleware', 'default'),
    features: extrasOf('features', 'default'),
    resources: [],
    ...combination,
    ...changes,
  };
}

/** Every supported combination of the structural options with none, the default and all of the extras. */
export function everySelection(): readonly { readonly title: string; readonly answers: Answers }[] {
  return supportedCombinations(catalog).flatMap((combination) =>
    EXTRAS.map((extras) => ({
      title: `${Object.values(combination).filter(Boolean).join(' × ')}, ${extras} of the extras`,
      answers: answersFor(combination, {
        middleware: extrasOf('middleware', extras),
        features: extrasOf('features', extras),
      }),
    })),
  );
}

/** Every supported combination with all extras, a payment that was changed, and a resource with every kind of field. */
export function selectionsWithResources(): readonly { readonly title: string; readonly answers: Answers }[] {
  return supportedCombinations(catalog).map((combination) => ({
    title: `resources, ${Object.values(combination).filter(Boolean).join(' × ')}, all of the extras`,
    answers: answersFor(combination, {
      middleware: extrasOf('middleware', 'all'),
      features: extrasOf('features', 'all'),
      resources: [earlierPaymentOf(combination.auth), SPECIMEN, paymentOf(combination.auth)],
    }),
  }));
}

export function renderProject(answers: Answers): FileSet {
  const planned = plan(answers, catalog);
  return render(planned, templatesOf(planned));
}

const loaded = new Map<string, Templates>();

/** What a plan is rendered from, loaded once for all projects of the same parts and kinds of fields. */
function templatesOf(planned: Plan): Templates {
  const id = [...planned.parts.map(({ folder }) => folder), ...traitsOf(planned.resources)].join();
  const templates = loaded.get(id) ?? loadTemplates(BUILT_PACK, planned, catalog);
  loaded.set(id, templates);
  return templates;
}

/** The files of a project that the compiler reads. */
export function compiledFiles(answers: Answers): FileSet {
  return renderProject(answers).filter(({ path }) => /\.rs$|^Cargo\.(?:toml|lock)$/.test(path));
}

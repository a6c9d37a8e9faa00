import type { Axis } from '../model/axes.ts';
import type { Part } from '../model/catalog.ts';
import type { EnvGroup } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import type { ChosenPart, ConfigGroup, PlacedProject, RenderContext } from '../model/templates.ts';
import { pascal, snake } from '../model/words.ts';
import { dependencyLine } from './cargo-manifest.ts';
import { type HistoryContexts, historyContexts } from './history.ts';
import { projectNames } from './names.ts';
import type { TypeLookup } from './type-table.ts';

/** Stands for an axis that does not apply, e.g. the database of a project without a layer. */
const NOTHING: ChosenPart = { id: 'none', module: 'none', label: 'None', hint: '' };

/** The contexts of a plan. */
export interface PlanContexts extends Omit<HistoryContexts, 'resources'> {
  /** That of every template, without the slots, which are rendered with it first. */
  readonly context: Omit<RenderContext, 'slots'>;
}

/** The contexts of the templates of a plan. */
export function contextsOf(plan: Plan, lookUp: TypeLookup): PlanContexts {
  const { resources, ...history } = historyContexts(plan.steps, lookUp);
  const chosen = ({ id, multiple }: Axis) => {
    const parts = plan.parts.filter(({ axis }) => axis === id).map(chosenPart);
    return multiple ? parts : (parts[0] ?? NOTHING);
  };
  const groups = plan.groups.map(configGroup);
  const lines = (table: string) => plan.crates.filter((crate) => crate.table === table).map(dependencyLine);
  const context = {
    project: {
      ...projectNames(plan.answers.name),
      description: plan.answers.description,
      ...placed(plan),
    },
    chosen: Object.fromEntries(plan.axes.map((axis) => [axis.id, chosen(axis)])) as RenderContext['chosen'],
    crates: { dependencies: lines('dependencies'), devDependencies: lines('dev-dependencies') },
    groups,
    secrets: groups.flatMap((group) => group.variables).filter((variable) => variable.secret),
    resources,
    changes: [...history.changes.values()],
    vars: plan.vars,
    versions: { crates: plan.crateVersions, tools: plan.toolVersions },
  };
  return { context, ...history };
}

/** The project's place, in the forms that files need. */
function placed({ answers, placement }: Plan): PlacedProject {
  const { workspace, inWorkspace, inRepository } = placement;
  const cargoRoot = inRepository.slice(0, Math.max(0, inRepository.length - inWorkspace.length)).replace(/\/$/, '');
  const workflow = `.github/workflows/${answers.name}.yml`;
  return {
    apart: workspace === 'apart',
    member: workspace === 'join',
    inRepository,
    workflow: inRepository === '' ? 'CI' : answers.name,
    cargoRoot,
    watched: cargoRoot === '' ? [] : [[`${cargoRoot}/**`, workflow]],
    fromWorkspace: inWorkspace === '' ? '' : `/${inWorkspace}`,
    workspaceFolder: inWorkspace === '' ? '.' : inWorkspace.replace(/[^/]+/g, '..'),
    toWorkspace: inWorkspace === '' ? '' : inWorkspace.replace(/[^/]+/g, '..').replace(/^/, '/'),
    memberPrefix: inWorkspace === '' ? '' : `${inWorkspace}/`,
  };
}

function chosenPart(part: Part): ChosenPart {
  return { id: part.id, module: snake(part.id), label: part.label, hint: part.hint };
}

function configGroup(group: EnvGroup): ConfigGroup {
  return {
    name: group.name,
    struct: `${pascal(group.name)}Config`,
    doc: group.doc,
    variables: group.variables.map((variable) => ({
      ...variable,
      default: variable.default ?? null,
      example: variable.example ?? null,
      secret: variable.secret ?? false,
    })),
  };
}

import type { Answers } from '../model/answers.ts';
import type { AxisId } from '../model/axes.ts';
import { absentPart, type Catalog, type CommonContribution, type Contribution, type Part } from '../model/catalog.ts';
import { type Resource, type Trait, traitsOf } from '../model/resource.ts';

/** The ids that are chosen on an axis; empty if it is open or does not apply. */
function chosenIds(answers: Partial<Answers>, axis: AxisId): readonly string[] {
  const answer = answers[axis];
  if (answer === undefined || answer === null) return [];
  return typeof answer === 'string' ? [answer] : answer;
}

/** The chosen parts in the order of their contributions: base first, then by axis. Throws on an unknown id. */
export function chosenParts(answers: Partial<Answers>, catalog: Catalog): readonly Part[] {
  const parts = [catalog.base];
  for (const { id: axis } of catalog.axes) {
    const ids = chosenIds(answers, axis);
    const unknown = ids.find((id) => !catalog.parts[axis].some((part) => part.id === id));
    if (unknown !== undefined) throw new Error(`no ${axis} "${unknown}" in the catalog`);
    const chosen = catalog.parts[axis].filter((part) => ids.includes(part.id));
    parts.push(...chosen.sort((a, b) => a.position - b.position));
  }
  return parts;
}

/** The names of cells that apply to a part: of its ancestors first, then its own; each as `id` and as `axis.id`. */
function cellNames({ axis, ancestors, id }: Part): readonly string[] {
  return [...ancestors, id].flatMap((name) => [name, `${axis}.${name}`]);
}

/** The names of cells for fields of a kind or with a modifier. */
function traitNames(trait: Trait): readonly string[] {
  return [trait, `field.${trait}`];
}

/** The cells of a contribution for `part`, those for its ancestors first. */
export function cellsFor(part: Part, contribution: Contribution): readonly Contribution[] {
  return cellNames(part).flatMap((name) => contribution.cells[name] ?? []);
}

/** The cells of a contribution for parts whose names are not among these. */
function cellsWithout(names: ReadonlySet<string>, contribution: Contribution): readonly Contribution[] {
  return Object.entries(contribution.cells).flatMap(([name, cell]) => {
    const absent = absentPart(name);
    return absent === null || names.has(absent) ? [] : [cell];
  });
}

/** The contributions of a part but those that it uses, whatever else is chosen: common to its axis, inherited, its own. */
export function ownContributions(part: Part, catalog: Catalog): readonly CommonContribution[] {
  const common = part.axis === 'base' || part.optsOut ? undefined : catalog.any[part.axis];
  return [...(common === undefined ? [] : [common]), ...part.inherited, part];
}

/** The contributions of a part, whatever else is chosen: those that it uses, then its own. */
function contributionsOfPart(part: Part, catalog: Catalog): readonly Contribution[] {
  const own = ownContributions(part, catalog);
  return [
    ...usedBy(
      own.flatMap(({ uses }) => uses),
      catalog,
    ),
    ...own,
  ];
}

function withUsed(contribution: CommonContribution, catalog: Catalog): readonly Contribution[] {
  return [...usedBy(contribution.uses, catalog), contribution];
}

function usedBy(names: readonly string[], catalog: Catalog): readonly Contribution[] {
  return names.flatMap((name) => catalog.shared[name] ?? []);
}

/**
 * Every contribution of the chosen parts in order, each followed by its matching cells. What is common to an axis comes
 * before its first chosen part, what the fields of the resources need after the parts, and what teams' packs add at the end.
 */
export function contributionsOf(
  parts: readonly Part[],
  resources: readonly Resource[],
  catalog: Catalog,
): readonly Contribution[] {
  const traits = traitsOf(resources);
  const names = new Set([...parts.flatMap(cellNames), ...traits.flatMap(traitNames)]);
  const ranks = new Map([...names].map((name, rank) => [name, rank]));
  const rank = (name: string) => ranks.get(name) ?? 0;
  const withCells = (contribution: Contribution): readonly Contribution[] => {
    const cells = Object.entries(contribution.cells);
    if (cells.length === 0) return [contribution];
    const named = cells
      .filter(([name]) => names.has(name))
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([, cell]) => cell);
    return [contribution, ...[...named, ...cellsWithout(names, contribution)].flatMap(withCells)];
  };
  const ofFields = traits.flatMap((trait) => catalog.fields[trait] ?? []).flatMap((field) => withUsed(field, catalog));
  const ofParts = parts.flatMap((part) => contributionsOfPart(part, catalog));
  const added = catalog.additions.flatMap((addition) => withUsed(addition, catalog));
  return [...new Set([...ofParts, ...ofFields, ...added])].flatMap(withCells);
}

import type { Answers } from '../model/answers.ts';
import { AXES, type AxisId, absentPart, type Catalog, type Contribution, type Part } from '../model/catalog.ts';

/** The ids that are chosen on an axis; an axis that is not answered, or has no meaning, has none. */
function chosenIds(answers: Partial<Answers>, axis: AxisId): readonly string[] {
  const answer = answers[axis];
  if (answer === undefined || answer === null) return [];
  return typeof answer === 'string' ? [answer] : answer;
}

/** The chosen parts, base first, then by axis and in the catalog's order. Throws on an id that the catalog does not have. */
export function chosenParts(answers: Partial<Answers>, catalog: Catalog): readonly Part[] {
  const parts = [catalog.base];
  for (const axis of AXES) {
    const ids = chosenIds(answers, axis);
    const unknown = ids.find((id) => !catalog.parts[axis].some((part) => part.id === id));
    if (unknown !== undefined) throw new Error(`no ${axis} "${unknown}" in the catalog`);
    parts.push(...catalog.parts[axis].filter((part) => ids.includes(part.id)));
  }
  return parts;
}

/** What a cell for a part may be named: after what it extends first, then after itself; `axis.id` where several axes have that id. */
function cellNames({ axis, ancestors, id }: Part): readonly string[] {
  return [...ancestors, id].flatMap((name) => [name, `${axis}.${name}`]);
}

/** What a contribution adds beside `part`, what it adds beside the parts that this one extends first. */
export function cellsFor(part: Part, contribution: Contribution): readonly Contribution[] {
  return cellNames(part).flatMap((name) => contribution.cells[name] ?? []);
}

/** What a contribution adds for want of a part that is not among these. */
function cellsWithout(parts: readonly Part[], contribution: Contribution): readonly Contribution[] {
  const chosen = new Set(parts.flatMap(cellNames));
  return Object.entries(contribution.cells).flatMap(([name, cell]) => {
    const absent = absentPart(name);
    return absent === null || chosen.has(absent) ? [] : [cell];
  });
}

/** What a part brings whatever it stands beside: what is common to its axis, what it takes over, its own. */
export function contributionsOfPart(part: Part, catalog: Catalog): readonly Contribution[] {
  const common = part.axis === 'base' || part.optsOut ? undefined : catalog.any[part.axis];
  return [...(common === undefined ? [] : [common]), ...part.inherited, part];
}

/**
 * Every contribution of the chosen parts in order, each one's matching cells right behind it; what is common to an axis
 * stands before its first chosen part.
 */
export function contributionsOf(parts: readonly Part[], catalog: Catalog): readonly Contribution[] {
  const withCells = (contribution: Contribution): readonly Contribution[] => [
    contribution,
    ...parts.flatMap((part) => cellsFor(part, contribution)).flatMap(withCells),
    ...cellsWithout(parts, contribution).flatMap(withCells),
  ];
  return [...new Set(parts.flatMap((part) => contributionsOfPart(part, catalog)))].flatMap(withCells);
}

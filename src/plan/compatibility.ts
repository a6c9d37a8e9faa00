import type { Answers } from '../model/answers.ts';
import { type AxisId, type Combination, flagOf } from '../model/axes.ts';
import type { Catalog, Part } from '../model/catalog.ts';
import type { Problem } from '../model/errors.ts';
import { cellsFor, chosenParts, ownContributions } from './contributions.ts';

/** Why two parts are incompatible; `null` if they are not. */
function pairReason(a: Part, b: Part, catalog: Catalog): string | null {
  return oneSidedReason(a, b, catalog) ?? oneSidedReason(b, a, catalog);
}

function oneSidedReason(part: Part, other: Part, catalog: Catalog): string | null {
  const declared = part.unsupported[other.id];
  if (declared !== undefined) return declared;
  const { axis } = other;
  if (axis === 'base') return null;
  if (part.excludesAxes.includes(axis)) return `${part.label} (${part.id}) uses no ${axis}`;
  const needing = ownContributions(part, catalog).filter((contribution) => contribution.needsCell.includes(axis));
  if (needing.some((contribution) => cellsFor(other, contribution).length === 0)) {
    return `${part.label} is not built for ${other.label} yet`;
  }
  return null;
}

/**
 * Why `id` cannot be chosen on `axis` together with the choices on the other axes; `null` if it can.
 * Throws on an id that the catalog does not have, which is a bug in the caller.
 */
export function incompatibilityReason(
  chosen: Partial<Answers>,
  axis: AxisId,
  id: string,
  catalog: Catalog,
): string | null {
  const candidate = catalog.parts[axis].find((part) => part.id === id);
  if (candidate === undefined) throw new Error(`no ${axis} "${id}" in the catalog`);
  for (const part of chosenParts(chosen, catalog)) {
    if (part.axis === axis) continue;
    const reason = pairReason(candidate, part, catalog);
    if (reason !== null) return reason;
  }
  return null;
}

/** The hint that the choices on the other axes give `id` on `axis`; `null` if they give it none. */
export function hintOf(chosen: Partial<Answers>, axis: AxisId, id: string, catalog: Catalog): string | null {
  const others = chosenParts(chosen, catalog).filter((part) => part.axis !== axis);
  return others.flatMap(({ hints }) => hints[id] ?? [])[0] ?? null;
}

/** A problem for each pair of chosen parts that is incompatible; throws on unknown ids. */
export function problemsOf(chosen: Partial<Answers>, catalog: Catalog): readonly Problem[] {
  const parts = chosenParts(chosen, catalog);
  return parts.flatMap((part, index) =>
    parts.slice(index + 1).flatMap((other): Problem[] => {
      const reason = pairReason(part, other, catalog);
      if (reason === null) return [];
      const message = `${givenAs(part)} and ${givenAs(other)} cannot be combined: ${reason}`;
      return [{ code: 'unsupported-combination', message, ...remedy(part, other) }];
    }),
  );
}

function givenAs({ axis, id }: Part): string {
  return axis === 'base' ? id : `${flagOf(axis)} ${id}`;
}

/** What to change where one of the parts rules out the other's whole axis. */
function remedy(part: Part, other: Part): Pick<Problem, 'hint'> {
  if (part.axis === 'base' || other.axis === 'base') return {};
  if (part.excludesAxes.includes(other.axis)) {
    return { hint: `leave out ${flagOf(other.axis)}, or choose another ${flagOf(part.axis)}` };
  }
  return other.excludesAxes.includes(part.axis) ? remedy(other, part) : {};
}

/** Whether an axis applies to the choices, e.g. the database does not without a layer that uses one. */
export function isApplicable(chosen: Partial<Answers>, axis: AxisId, catalog: Catalog): boolean {
  return !chosenParts(chosen, catalog).some((part) => part.excludesAxes.includes(axis));
}

/** Every supported combination, in the catalog's order. */
export function supportedCombinations(catalog: Catalog): readonly Combination[] {
  let partial: readonly Partial<Answers>[] = [{}];
  for (const { id: axis } of catalog.axes.filter(({ multiple }) => !multiple)) {
    partial = partial.flatMap((chosen) =>
      isApplicable(chosen, axis, catalog)
        ? catalog.parts[axis]
            .filter((part) => incompatibilityReason(chosen, axis, part.id, catalog) === null)
            .map((part) => ({ ...chosen, [axis]: part.id }))
        : [{ ...chosen, [axis]: null }],
    );
  }
  return partial as readonly Combination[];
}

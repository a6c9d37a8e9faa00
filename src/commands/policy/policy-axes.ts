import type { PolicyAxis } from '../../model/policy-schema.ts';
import type { AxisOption } from '../../options/schema.ts';

/** The axes of a pack, as the schema of policies needs them. */
export function policyAxes(axes: readonly AxisOption[]): readonly PolicyAxis[] {
  return axes.map(({ key, kind, choices }) => ({ key, kind, ids: choices.map(({ id }) => id) }));
}

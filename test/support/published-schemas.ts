import * as z from 'zod/mini';
import { policyAxes } from '../../src/commands/policy/policy-axes.ts';
import type { Offer } from '../../src/model/catalog.ts';
import { policySchema } from '../../src/model/policy-schema.ts';
import { presetSchema } from '../../src/options/preset-schema.ts';
import { axisOptions, type Option } from '../../src/options/schema.ts';

/** The JSON Schema of policies, for what a pack offers and what a team's packs may add. */
export function publishedPolicySchema(offer: Offer): object {
  return withOtherIds(policies(offer));
}

/** The JSON Schema of presets, for the same. */
export function publishedPresetSchema(offer: Offer, options: readonly Option[]): object {
  return withOtherIds(presetSchema(options, policies(offer)));
}

function policies(offer: Offer): object {
  const schema = z.toJSONSchema(policySchema(policyAxes(axisOptions(offer))), { io: 'input', reused: 'ref' });
  return {
    ...schema,
    description: 'What a team demands of its services: .create-api-policy.json, or CREATE_API_POLICY',
  };
}

/** An id of a team's pack, which no published schema can know; in lists of a preset perhaps with a sign. */
const OTHER_ID = { type: 'string', pattern: '^[+-]?[a-z][a-z0-9]*(-[a-z0-9]+)*$' };

/** Allows other ids wherever a schema lists some: editors still offer those. */
function withOtherIds(schema: object): object {
  const { enum: ids, ...others } = schema as { readonly enum?: readonly string[] };
  const opened = Object.fromEntries(
    Object.entries(others).map(([key, value]) => [key, isObject(value) ? withOtherIds(value) : value]),
  );
  return ids === undefined ? opened : { ...opened, anyOf: [{ enum: ids }, OTHER_ID] };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import * as z from 'zod/mini';
import { policyAxes } from '../../src/commands/policy/policy-axes.ts';
import type { Offer } from '../../src/model/catalog.ts';
import { policySchema } from '../../src/model/policy-schema.ts';
import { axisOptions } from '../../src/options/schema.ts';

/** The JSON Schema of policies for what a pack offers. */
export function publishedPolicySchema(offer: Offer): object {
  const schema = z.toJSONSchema(policySchema(policyAxes(axisOptions(offer))), { io: 'input', reused: 'ref' });
  return {
    ...schema,
    description: 'What a team demands of its services: .create-api-policy.json, or CREATE_API_POLICY',
  };
}

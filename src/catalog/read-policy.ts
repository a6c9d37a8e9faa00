/** Reads policies: from files, presets and locks. Anything may be in them. */
import type { Problem } from '../model/errors.ts';
import { type Policy, rulesOf } from '../model/policy.ts';
import { type PolicyAxis, policySchema } from '../model/policy-schema.ts';
import { parseResource } from '../model/resource-syntax.ts';
import { parseManifest } from './parse-manifest.ts';

/** Reads the text of a policy; `file` is its name in messages. With a problem, the policy is incomplete. */
export function readPolicy(
  text: string,
  file: string,
  axes: readonly PolicyAxis[],
): { readonly policy: Policy; readonly problems: readonly Problem[] } {
  const { manifest, problems } = parseManifest(policySchema(axes), text, file);
  const { $schema: _, ...policy } = manifest as unknown as Policy & { readonly $schema?: string };
  const found = problems.map(({ code, message, allowed }): Problem => {
    const problem = { code: code === 'invalid-json' ? code : 'invalid-policy', message };
    return allowed === undefined ? problem : { ...problem, allowed };
  });
  // What is wrong with its form makes rules absent.
  return {
    policy,
    problems: found.length > 0 ? found : [...problemsOfResources(policy, file), ...problemsOfWaivers(policy, file)],
  };
}

function problemsOfResources({ require }: Policy, file: string): readonly Problem[] {
  return (require['resources'] ?? []).flatMap((text, index) =>
    parseResource(text).problems.map((problem) => ({
      ...problem,
      message: `${file}: require.resources[${index}]: ${problem.message}`,
    })),
  );
}

function problemsOfWaivers(policy: Policy, file: string): readonly Problem[] {
  const rules = rulesOf(policy);
  return policy.waivers.flatMap(({ rule }, index): readonly Problem[] => {
    if (rules.includes(rule)) return [];
    const message = `${file}: waivers[${index}].rule is ${JSON.stringify(rule)}, which is no rule of this policy`;
    return [{ code: 'invalid-policy', message, allowed: rules.join(', ') || 'none: the policy has no rules' }];
  });
}

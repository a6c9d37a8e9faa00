import { join } from 'node:path';
import { ancestorsOf, entryAt } from '../../project/paths.ts';

/** The file that is looked for in the folder of a project and above. */
export const POLICY_FILE = '.create-api-policy.json';

/** The variable that names a policy instead. */
export const POLICY_VARIABLE = 'CREATE_API_POLICY';

/** Where the policy for a project in `folder` is: the source in the variable, otherwise the nearest file; `null` if there is none. */
export function policyPlace(
  folder: string,
  env: NodeJS.ProcessEnv,
): { readonly source: string } | { readonly file: string } | null {
  const source = env[POLICY_VARIABLE];
  if (source) return { source };
  const file = ancestorsOf(folder)
    .map((above) => join(above, POLICY_FILE))
    .find((each) => entryAt(each) !== null);
  return file === undefined ? null : { file };
}

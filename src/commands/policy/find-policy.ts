/** Finds the policy that a person or machine has set, besides those in presets and in the lock of a project. */
import { basename, join, relative, resolve, sep } from 'node:path';
import { readPolicy } from '../../catalog/read-policy.ts';
import type { Problem } from '../../model/errors.ts';
import type { SourcedPolicy } from '../../model/policy.ts';
import { parseSource, printSource } from '../../model/source.ts';
import type { AxisOption } from '../../options/schema.ts';
import { ancestorsOf, entryAt } from '../../project/paths.ts';
import { readFetchedFile, readTeamFile } from '../../project/team-file.ts';
import type { Context } from '../context.ts';
import { policyAxes } from './policy-axes.ts';
import { POLICY_VARIABLE, policyPlace } from './policy-place.ts';

/** The file of a policy in a package or repository that does not say another. */
const DEFAULT_FILE = 'policy.json';

/** A policy that was found, with what is wrong in it. */
export interface FoundPolicy {
  readonly found: SourcedPolicy | null;
  readonly problems: readonly Problem[];
}

const NONE: FoundPolicy = { found: null, problems: [] };

/**
 * Finds the policy for a project in `folder`: that of the variable, otherwise the nearest file. Its source is the path from the folder, or
 * where it was fetched from. Throws an `ExpectedError` if it cannot be fetched.
 */
export async function findPolicy(
  folder: string,
  context: Pick<Context, 'cwd' | 'env' | 'signal'>,
  axes: readonly AxisOption[],
): Promise<FoundPolicy> {
  const place = policyPlace(folder, context.env);
  if (place === null) return NONE;
  return 'source' in place ? namedPolicy(place.source, folder, context, axes) : policyAt(place.file, folder, axes);
}

async function namedPolicy(
  named: string,
  folder: string,
  { cwd, env, signal }: Pick<Context, 'cwd' | 'env' | 'signal'>,
  axes: readonly AxisOption[],
): Promise<FoundPolicy> {
  const parsed = parseSource(named);
  if ('problem' in parsed)
    return { found: null, problems: [{ ...parsed.problem, message: `${POLICY_VARIABLE}: ${parsed.problem.message}` }] };
  const { source } = parsed;
  if (source.kind === 'path') return policyAt(resolve(cwd, source.path), folder, axes);
  const { fetchSource } = await import('../../sources/fetch-source.ts');
  const path = source.path || DEFAULT_FILE;
  const { files } = await fetchSource({ ...source, path: '' }, { cwd, env, signal });
  const name = printSource({ ...source, path });
  const file = files.get(path);
  if (file === undefined) {
    const problem = {
      code: 'cannot-read-policy',
      message: `${POLICY_VARIABLE}: there is no ${path} in ${printSource(source)}`,
    };
    return { found: null, problems: [problem] };
  }
  return parsedPolicy(readFetchedFile(file.bytes, name, 'policy'), name, name, axes);
}

function policyAt(path: string, folder: string, axes: readonly AxisOption[]): Promise<FoundPolicy> {
  // A path of this machine means nothing to others, but one inside the repository does.
  const repository = ancestorsOf(folder).find((above) => entryAt(join(above, '.git')) !== null);
  const isInRepository = repository !== undefined && path.startsWith(repository + sep);
  const source = isInRepository ? relative(folder, path).split(sep).join('/') : basename(path);
  return parsedPolicy(readTeamFile(path, 'policy'), path, source, axes);
}

async function parsedPolicy(
  read: ReturnType<typeof readTeamFile>,
  name: string,
  source: string,
  axes: readonly AxisOption[],
): Promise<FoundPolicy> {
  if ('problem' in read) return { found: null, problems: [read.problem] };
  const { policy, problems } = readPolicy(read.text, name, policyAxes(axes));
  return { found: { source, policy, ...(name !== source && { shown: name }) }, problems };
}

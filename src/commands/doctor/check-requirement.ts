import type { Check } from '../../model/check.ts';
import { isOlder } from '../../model/version.ts';
import type { Requirement } from './requirements.ts';

/** Runs a command; resolves to its output, or to `null` if it is missing or failed. */
export type Probe = (program: string, args: readonly string[]) => Promise<string | null>;

/** Checks one requirement. */
export async function checkRequirement(need: Requirement, probe: Probe): Promise<Check> {
  const { id, needed, why, atLeast = null, fix } = need;
  const [program, ...args] = need.command;
  const printed = (await probe(program, args))?.split('\n', 1)[0]?.trim() || null;
  const version = printed === null ? null : (/\d+\.\d+(?:\.\d+)?/.exec(printed)?.[0] ?? printed);
  const found = atLeast === null ? printed : version;
  const status = found === null ? 'missing' : atLeast !== null && isOlder(found, atLeast) ? 'old' : 'ok';
  return { id, status, needed, why, found, atLeast, fix: status === 'ok' ? null : fix };
}

/** The oldest Node that create-api runs on, as in package.json. */
const NODE = '20.19';

/** Checks the version of Node that runs create-api. */
export function checkNode(version: string): Check {
  const isOld = isOlder(version, NODE);
  return {
    id: 'node',
    status: isOld ? 'old' : 'ok',
    needed: true,
    why: 'runs create-api',
    found: version,
    atLeast: NODE,
    fix: isOld ? 'install Node from https://nodejs.org' : null,
  };
}

import type { PackProblem } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Templates } from '../model/templates.ts';
import { directCrates, type LockConditions, type LockedPackage, parseLock } from './cargo-lock.ts';

/**
 * Returns a function that compares the lock of a project with its crates, as cargo does with `--locked`. Locks that cannot be
 * parsed, which fail to be rendered, are left out.
 */
export function lockCheck(templates: Templates): (plan: Plan) => readonly PackProblem[] {
  const parsed = new Map<string, readonly LockedPackage[]>();
  return ({ lock, parts, crates }) => {
    if (lock === null) return [];
    const packages = parsed.get(lock) ?? packagesIn(`${templates[`${lock}.lock`]}`);
    parsed.set(lock, packages);
    if (packages.length === 0) return [];
    const conditions: LockConditions = JSON.parse(`${templates[`${lock}.json`]}`);
    const ids = parts.map(({ id }) => id);
    const locked = directCrates(packages, conditions, ids);
    const needed = crates.map(({ name }) => name);
    const missing = needed.filter((name) => !locked.includes(name));
    const needless = locked.filter((name) => !needed.includes(name));
    return [
      ...missing.map((name) => stale(lock, `lacks ${name}, which the project needs`)),
      ...needless.map((name) => stale(lock, `has ${name}, which the project does not need`)),
    ];
  };
}

function packagesIn(text: string): readonly LockedPackage[] {
  try {
    return parseLock(text);
  } catch {
    return [];
  }
}

function stale(key: string, what: string): PackProblem {
  const file = `${key}.lock`;
  const allowed =
    'the crates of the chosen parts; a part that extends another and needs other crates has its own locks';
  return { code: 'stale-lock', file, message: `${file}: the lock ${what}`, allowed };
}

import type { PackProblem } from '../model/errors.ts';
import { lockOptions, type Plan } from '../model/plan.ts';
import type { Templates } from '../model/templates.ts';
import { directCrates } from './cargo-lock.ts';

/** Returns a function that compares the lock of a project with its crates, as cargo does with `--locked`. */
export function lockCheck(templates: Templates): (plan: Plan) => readonly PackProblem[] {
  return (plan) => {
    const { lock, crates } = plan;
    const found = templates.locks[`${lock}`];
    if (lock === null || found === undefined) return [];
    const locked = directCrates(found, lockOptions(plan));
    const needed = crates.map(({ name }) => name);
    const missing = needed.filter((name) => !locked.includes(name));
    const needless = locked.filter((name) => !needed.includes(name));
    return [
      ...missing.map((name) => stale(lock, `lacks ${name}, which the project needs`)),
      ...needless.map((name) => stale(lock, `has ${name}, which the project does not need`)),
    ];
  };
}

function stale(key: string, what: string): PackProblem {
  const file = `${key}.lock`;
  const allowed =
    'the crates of the chosen parts; a part that extends another and needs other crates has its own locks';
  return { code: 'stale-lock', file, message: `${file}: the lock ${what}`, allowed };
}

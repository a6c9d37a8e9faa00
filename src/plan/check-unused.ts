import { type Catalog, contributionsIn } from '../model/catalog.ts';
import { type PackProblem, problemIn } from '../model/errors.ts';
import { type Plan, templateKeys } from '../model/plan.ts';

/** Notes which templates and locks the projects of a pack have. */
export class UseOfPack {
  readonly #templates = new Set<string>();
  readonly #locks = new Set<string | null>();

  add(plan: Plan): void {
    for (const key of templateKeys(plan)) this.#templates.add(key);
    this.#locks.add(plan.lock);
  }

  /** A problem for each template and lock that no project has had. */
  problems(catalog: Catalog): readonly PackProblem[] {
    const keys = contributionsIn(catalog).flatMap(({ files, slots, resourceFiles, resourceSlots, types }) => [
      ...[...files, ...slots, ...resourceFiles, ...resourceSlots].map(({ template }) => template),
      ...(types === null ? [] : [types]),
    ]);
    const unused = [...new Set(keys)].filter((key) => !this.#templates.has(key));
    const locks = catalog.locks.filter((key) => !this.#locks.has(key)).map((key) => `${key}.lock`);
    return [...unused, ...locks].map((key) =>
      problemIn(key, 'unused-template', 'no project that can be created has it'),
    );
  }
}

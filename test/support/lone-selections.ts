import type { Answers } from '../../src/model/answers.ts';
import type { Combination } from '../../src/model/axes.ts';
import type { Part } from '../../src/model/catalog.ts';
import { incompatibilityReason, supportedCombinations } from '../../src/plan/compatibility.ts';
import { answersFor, catalog, supportedExtras } from './projects.ts';

/** A project with one option, or with all of them. */
export interface LoneSelection {
  /** The framework and what is enabled. */
  readonly title: string;
  readonly answers: Answers;
}

const OPTION_AXES = ['auth', 'middleware', 'features'] as const;

/**
 * Every option alone, and all of them with each authentication, on every framework; without a database wherever the
 * option goes without.
 */
export function loneSelections(): readonly LoneSelection[] {
  const options = OPTION_AXES.flatMap((axis) => catalog.parts[axis]).filter((option) => !option.optsOut);
  return catalog.parts.framework.flatMap(({ id: framework }) =>
    options.flatMap((option) =>
      leastWith(framework, option).flatMap((combination) => {
        const bare = answersFor(combination, { middleware: [], features: [] });
        const alone = { title: `${framework} with ${option.id} alone`, answers: bare };
        if (option.axis !== 'auth') return [{ ...alone, answers: { ...bare, [option.axis]: [option.id] } }];
        const middleware = supportedExtras('middleware', combination);
        const features = supportedExtras('features', combination);
        return [alone, { title: `${framework} with ${option.id} and all`, answers: { ...bare, middleware, features } }];
      }),
    ),
  );
}

/** The combination with the fewest other choices in which a framework has an option; none where they do not go together. */
function leastWith(framework: string, { axis, id }: Part): readonly Combination[] {
  const auth = axis === 'auth' ? id : catalog.parts.auth.find((part) => part.optsOut)?.id;
  const fitting = supportedCombinations(catalog).filter(
    (combination) =>
      combination.framework === framework &&
      combination.auth === auth &&
      (axis === 'base' || incompatibilityReason(combination, axis, id, catalog) === null),
  );
  return [...fitting.filter(({ database }) => database === null), ...fitting].slice(0, 1);
}

import type { Catalog, Contribution } from '../model/catalog.ts';
import type { PackProblem } from '../model/errors.ts';
import { matcherOf } from '../model/path-pattern.ts';

const FILE = 'pack.json';

/** A problem for each pattern in `classes` that matches no file of the parts, or one that another class has. */
export function problemsOfClasses(
  { classes: { managed, seed } }: Pick<Catalog, 'classes'>,
  contributions: readonly Contribution[],
): readonly PackProblem[] {
  const brought = contributions.flatMap(({ files }) => files.map(({ path }) => path));
  const moves = contributions.flatMap((contribution) => Object.entries(contribution.moves));
  const moved = moves.flatMap(([from, to]) =>
    brought.filter((path) => path.startsWith(`${from}/`)).map((path) => to + path.slice(from.length)),
  );
  const paths = [...brought, ...moved];
  const isManaged = matcherOf(managed);
  return Object.entries({ managed, seed }).flatMap(([name, patterns]) =>
    patterns.flatMap((pattern, index) => {
      const key = `classes.${name}[${index}]`;
      const found = paths.filter(matcherOf([pattern]));
      if (found.length === 0) return problem('unmatched-pattern', key, `${pattern} matches no file of a part`);
      const both = name === 'seed' ? found.find(isManaged) : undefined;
      return both === undefined ? [] : problem('ambiguous-class', key, `${both} is among the managed files too`);
    }),
  );
}

function problem(code: string, key: string, what: string): readonly PackProblem[] {
  return [{ code, file: FILE, key, message: `${FILE}: ${key}: ${what}` }];
}

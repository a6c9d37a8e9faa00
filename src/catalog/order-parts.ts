import type { Part } from '../model/catalog.ts';
import type { PackProblem } from '../model/errors.ts';

type Ordering = Pick<Part, 'id' | 'folder' | 'before' | 'after'>;

/** `earlier` comes before `later`, as a manifest says under a key. */
interface Rule {
  readonly earlier: string;
  readonly later: string;
  readonly file: string;
  readonly key: 'before' | 'after';
}

/**
 * Orders the parts of an axis by their `before` and `after`; what those leave open stays in the given order. Rules with an
 * unknown name, and those that contradict the others, are problems and left out.
 */
export function orderParts<P extends Ordering>(
  parts: readonly P[],
): { readonly ordered: readonly P[]; readonly problems: readonly PackProblem[] } {
  const rules = parts.flatMap(rulesOf);
  const ids = parts.map(({ id }) => id);
  const problems = rules.flatMap((rule) => unknownName(rule, ids));
  const ordered = new Set<P>();
  const place = (part: P, waiting: readonly string[]): void => {
    const path = [part.id, ...waiting];
    for (const rule of rules.filter(({ later }) => later === part.id)) {
      const earlier = parts.find(({ id }) => id === rule.earlier);
      if (path.includes(rule.earlier)) problems.push(contradiction(rule, path));
      else if (earlier !== undefined && !ordered.has(earlier)) place(earlier, path);
    }
    ordered.add(part);
  };
  for (const part of parts) if (!ordered.has(part)) place(part, []);
  return { ordered: [...ordered], problems };
}

function rulesOf({ id, folder, before, after }: Ordering): readonly Rule[] {
  const file = `${folder}/part.json`;
  return [
    ...before.map((later) => ({ earlier: id, later, file, key: 'before' }) as const),
    ...after.map((earlier) => ({ earlier, later: id, file, key: 'after' }) as const),
  ];
}

function unknownName({ earlier, later, file, key }: Rule, ids: readonly string[]): readonly PackProblem[] {
  const name = key === 'before' ? later : earlier;
  if (ids.includes(name)) return [];
  const message = `${file}: ${key} has the unknown name ${name}`;
  return [{ code: 'unknown-name', file, key, message, allowed: ids.join(', ') }];
}

/** `path` has the parts that come before each other, the last ones first. */
function contradiction({ earlier, file, key }: Rule, path: readonly string[]): PackProblem {
  const circle = [earlier, ...path.slice(0, path.indexOf(earlier) + 1)].join(' before ');
  return { code: 'contradicting-order', file, key, message: `${file}: ${key} makes a circle: ${circle}` };
}

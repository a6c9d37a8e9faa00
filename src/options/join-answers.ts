/** What two branches that both changed a project want of it together. */
import type { Answers } from '../model/answers.ts';
import type { AxisId } from '../model/axes.ts';
import type { Problem } from '../model/errors.ts';
import { printField } from '../model/field-syntax.ts';
import { columnOf, type Field, type Resource } from '../model/resource.ts';
import { currentResources } from '../model/resource-history.ts';
import { printResource } from '../model/resource-syntax.ts';
import type { AxisOption } from './schema.ts';

/** A value in the common ancestor of two branches, and in each of them. */
export interface Sides<Value> {
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
}

/** The value that both have, or the one of the side that changed it; `null` if both changed it differently. */
export function decide<Value>({ base, ours, theirs }: Sides<Value>): { readonly value: Value } | null {
  const [before, one, other] = [base, ours, theirs].map((value) => JSON.stringify(value));
  if (one === other || other === before) return { value: ours };
  return one === before ? { value: theirs } : null;
}

/**
 * Joins the answers of two branches: what either added or removed, in lists, and what either chose otherwise. The history of resources
 * has what is new in one branch after what is new in the other, which is `first` and keeps the versions of its migrations.
 * With a problem, which a person has to decide about, the answers are incomplete.
 */
export function joinAnswers(
  sides: Sides<Answers>,
  first: 'ours' | 'theirs',
  axes: readonly AxisOption[],
): { readonly answers: Answers; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const of = <Key extends keyof Answers>(key: Key): Sides<Answers[Key]> => ({
    base: sides.base[key],
    ours: sides.ours[key],
    theirs: sides.theirs[key],
  });
  const scalar = <Key extends keyof Answers>(key: Key): Answers[Key] => {
    const decided = decide(of(key));
    if (decided === null) problems.push(differentChoices(key, of(key)));
    return decided === null ? sides.ours[key] : decided.value;
  };
  const choices = axes.map(({ key, kind, choices }): [AxisId, Answers[AxisId]] => {
    if (kind === 'choice') return [key, scalar(key)];
    return [key, joinSets(of(key) as Sides<readonly string[]>, (ids) => inOrder(ids, choices))];
  });
  const { history, problems: ofHistory } = joinHistories(of('resources'), first);
  return {
    answers: {
      ...sides.ours,
      ...Object.fromEntries(choices),
      name: scalar('name'),
      description: scalar('description'),
      resources: history,
    },
    problems: [...problems, ...ofHistory],
  };
}

function inOrder(ids: ReadonlySet<string>, choices: readonly { readonly id: string }[]): readonly string[] {
  return choices.map(({ id }) => id).filter((id) => ids.has(id));
}

/** What both have, and what either added. */
function joinSets({ base, ours, theirs }: Sides<readonly string[]>, sorted: (ids: Set<string>) => readonly string[]) {
  const isIn = (id: string) => ours.includes(id) && theirs.includes(id);
  return sorted(new Set([...ours, ...theirs].filter((id) => isIn(id) || !base.includes(id))));
}

/** Joins the histories of two branches, each of which only added to it. */
function joinHistories(
  { base, ours, theirs }: Sides<readonly Resource[]>,
  first: 'ours' | 'theirs',
): { readonly history: readonly Resource[]; readonly problems: readonly Problem[] } {
  const ordered = first === 'ours' ? [ours, theirs] : [theirs, ours];
  // A rebase has put what the common ancestor has behind what is new in the other branch.
  const other = ordered.findLast((history) => beginsWith(history, base));
  const one = other === ordered[1] ? ordered[0] : ordered[1];
  if (other === undefined || one === undefined) return { history: ours, problems: [otherHistory()] };
  const history = [...one];
  const problems: Problem[] = [];
  const before = [...base];
  for (const resource of other.slice(base.length)) {
    const joined = joinResource({
      base: latest(before, resource),
      ours: latest(history, resource),
      theirs: resource,
    });
    before.push(resource);
    if ('problem' in joined) problems.push(joined.problem);
    else if (!same(latest(history, resource), joined.resource)) history.push(joined.resource);
  }
  return { history, problems };
}

function beginsWith(history: readonly Resource[], start: readonly Resource[]): boolean {
  return start.every((resource, index) => same(history[index], resource));
}

function same(a: Resource | undefined, b: Resource): boolean {
  return a !== undefined && printResource(a) === printResource(b);
}

function latest(history: readonly Resource[], { singular }: Resource): Resource | undefined {
  return currentResources(history).find((each) => each.singular === singular);
}

/** What a resource becomes if `theirs` is what one branch made of `base`, and `ours` is what it is in the other. */
function joinResource({
  base,
  ours,
  theirs,
}: {
  readonly base: Resource | undefined;
  readonly ours: Resource | undefined;
  readonly theirs: Resource;
}): { readonly resource: Resource } | { readonly problem: Problem } {
  if (base === undefined && ours === undefined) return { resource: theirs };
  if (same(ours, theirs)) return { resource: theirs };
  if (base === undefined || ours === undefined) return { problem: differentResource(theirs.plural, ours, theirs) };
  const [inBase, inTheirs] = [base, theirs].map(byColumn) as [ByColumn, ByColumn];
  const inOurs = byColumn(ours);
  const fields: Field[] = [];
  for (const column of new Set([...inOurs.keys(), ...inTheirs.keys()])) {
    const sides = { base: inBase.get(column), ours: inOurs.get(column), theirs: inTheirs.get(column) };
    const decided = decide(sides);
    if (decided === null) return { problem: differentResource(theirs.plural, sides.ours, sides.theirs) };
    if (decided.value !== undefined) fields.push(decided.value);
  }
  return { resource: { ...ours, fields } };
}

type ByColumn = ReadonlyMap<string, Field>;

function byColumn({ fields }: Resource): ByColumn {
  return new Map(fields.map((field) => [columnOf(field), field]));
}

const INSTEAD =
  'undo one of the two before the merge: git merge --abort (or git rebase --abort), change and commit it, and merge again';

function differentChoices(key: string, { ours, theirs }: Sides<unknown>): Problem {
  const message = `answers.${key} is ${JSON.stringify(ours)} on one branch and ${JSON.stringify(theirs)} on the other`;
  return { code: 'different-answers', message, hint: INSTEAD };
}

function differentResource(plural: string, ours: Resource | Field | undefined, theirs: Resource | Field | undefined) {
  const printed = (what: Resource | Field | undefined) =>
    what === undefined ? 'nothing' : `"${'fields' in what ? printResource(what) : printField(what)}"`;
  const message = `both branches changed ${plural}: ${printed(ours)} on one, ${printed(theirs)} on the other`;
  return { code: 'different-answers', message, hint: INSTEAD };
}

function otherHistory(): Problem {
  const message = 'neither branch only added to the resources of their common ancestor';
  return { code: 'different-answers', message, hint: INSTEAD };
}

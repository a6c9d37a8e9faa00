import type { Answers } from '../model/answers.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Problem } from '../model/errors.ts';
import { printField } from '../model/field-syntax.ts';
import { columnOf, type Field, type Resource } from '../model/resource.ts';
import { currentResources, fieldChanges, stepsOf } from '../model/resource-history.ts';
import { printResource } from '../model/resource-syntax.ts';
import { problemsOfFields, problemsOfResources } from './check-resources.ts';

/** So many that the migrations of a project fit into a day, a minute apart. */
const MAX_STEPS = 1000;

/** A problem for each thing that is wrong with the resources of a project as they are now, or with a step that led there. */
export function problemsOfHistory(
  history: readonly Resource[],
  chosen: Partial<Answers>,
  catalog: Catalog,
): readonly Problem[] {
  if (history.length > MAX_STEPS) return [tooManySteps(history.length)];
  const current = currentResources(history);
  const superseded = history.filter((resource) => !current.includes(resource));
  return [
    ...problemsOfResources(current, chosen, catalog),
    ...superseded.flatMap((resource) => problemsOfFields(resource, current, catalog)),
    ...stepsOf(history).flatMap(({ before, resource }) => (before === null ? [] : problemsOfChange(before, resource))),
  ];
}

function tooManySteps(count: number): Problem {
  const message = `resources were added and changed ${count} times`;
  return { code: 'too-many-resources', message, allowed: `at most ${MAX_STEPS} times` };
}

/** A problem for each change of a resource that cannot be made safely while its table has rows. */
export function problemsOfChange(before: Resource, now: Resource): readonly Problem[] {
  const { singular, plural } = before;
  if (printResource(before) === printResource(now)) {
    return [problem(`${singular} would not change`, { hint: 'change a field, or leave it out' })];
  }
  const { added, kept } = fieldChanges(before, now);
  const ofPlural = {
    allowed: `${singular}/${plural}`,
    hint: 'the plural is the name of the table and of the routes',
  };
  return [
    ...(plural === now.plural ? [] : [problem(`the plural of ${singular} is ${plural}, and stays so`, ofPlural)]),
    ...added.filter(({ optional }) => !optional).map((field) => requiredField(field, singular)),
    ...kept.flatMap(({ before: earlier, now: field }) => problemOfField(earlier, field, singular) ?? []),
  ];
}

/** The problem of a field that stays, but becomes what its rows may not be; `null` if there is none. */
function problemOfField(before: Field, now: Field, singular: string): Problem | null {
  const field = `the field ${now.name} of ${singular}`;
  const other = {
    allowed: printField(before),
    hint: `add a field with another name as you want it (optional), copy the values, and leave out ${before.name} later`,
  };
  const lost = lostValues(before, now);
  if (lost.length > 0) {
    const allowed = `enum(${valuesOf(before).join('|')}), and more`;
    const hint = 'keep what rows may have, and refuse it in the service for new ones';
    return problem(`${field} would lose ${lost.join(' and ')}, which rows may have`, { allowed, hint });
  }
  if (lengthOf(now) < lengthOf(before)) {
    const allowed = `string(${lengthOf(before)}) or longer`;
    return problem(`${field} would become shorter than values that rows may have`, { ...other, allowed });
  }
  if (typeOf(before) !== typeOf(now)) {
    return problem(`${field} cannot become ${printField(now)}: its rows have values of another type`, other);
  }
  if (before.cascade !== now.cascade) {
    const hint = 'change its foreign key, and what the service says about it, in a migration of your own';
    return problem(`${field} would change what is deleted with a row`, { allowed: printField(before), hint });
  }
  if (before.optional && !now.optional) {
    const hint = `fill it in every row, then require it in a migration and the types of your own`;
    return problem(`${field} would become required, but rows may lack it`, { allowed: printField(before), hint });
  }
  return null;
}

function requiredField(field: Field, singular: string): Problem {
  // An owner is never optional.
  const optional = { ...field, owner: false, optional: true };
  return problem(`the new field ${field.name} of ${singular} is required, but rows that are there already lack it`, {
    allowed: `an optional one: ${printField(optional)}`,
    hint: 'fill it in every row, then require it in a migration and the types of your own',
  });
}

function problem(message: string, rest: Pick<Problem, 'allowed' | 'hint'>): Problem {
  return { code: 'unsafe-change', message, ...rest };
}

/** What the type of a field is, apart from a length and values, which may grow. */
function typeOf({ type }: Field): string {
  switch (type.kind) {
    case 'decimal':
      return `${type.kind} ${type.precision} ${type.scale}`;
    case 'ref':
      return `${type.kind} ${type.resource}`;
    default:
      return type.kind;
  }
}

function lengthOf({ type }: Field): number {
  return type.kind === 'string' ? type.length : 0;
}

function valuesOf({ type }: Field): readonly string[] {
  return type.kind === 'enum' ? type.values : [];
}

/** The values that an enum had and lacks now; none if it is something else now. */
function lostValues(before: Field, now: Field): readonly string[] {
  return now.type.kind === 'enum' ? valuesOf(before).filter((value) => !valuesOf(now).includes(value)) : [];
}

/** What a change of a resource does, in words. */
export interface ChangeEffect {
  readonly text: string;
  readonly losesData: boolean;
}

/** Describes what a change of a resource does to its table, and to what the service accepts. */
export function effectsOfChange(before: Resource, now: Resource): readonly ChangeEffect[] {
  const { dropped, added, kept } = fieldChanges(before, now);
  const effect = (text: string, losesData = false): ChangeEffect => ({ text, losesData });
  const table = now.plural;
  return [
    ...dropped.map((field) => effect(`drops the column ${columnOf(field)} of ${table} with its data`, true)),
    ...(dropped.length > 0 && added.length > 0
      ? [effect('does not rename: a column with another name is a new one, without the values of the dropped one')]
      : []),
    ...added.map((field) => effect(`adds the column ${columnOf(field)} to ${table}: ${printField(field)}`)),
    ...kept
      .filter((field) => printField(field.before) !== printField(field.now))
      .map((field) => effect(`changes ${printField(field.before)} to ${printField(field.now)}${cautionOf(field)}`)),
  ];
}

function cautionOf({ before, now }: { readonly before: Field; readonly now: Field }): string {
  return now.unique && !before.unique ? '; the migration fails while rows have the same value' : '';
}

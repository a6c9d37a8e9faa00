/**
 * The history of a project's resources: each as it was given, in that order. One that is given again with other fields is changed,
 * so the last form of each is what it is now, and every entry stands for one migration.
 */
import { columnOf, type Field, type Resource } from './resource.ts';

/** An entry of a history: a resource that is created, or changed. */
export interface HistoryStep<Each extends Resource = Resource> {
  readonly resource: Each;
  /** What it was; `null` if it is created. */
  readonly before: Each | null;
  /** Its place in the history, from 0. */
  readonly position: number;
}

/** The steps of a history, in order. */
export function stepsOf<Each extends Resource>(history: readonly Each[]): readonly HistoryStep<Each>[] {
  const latest = new Map<string, Each>();
  return history.map((resource, position) => {
    const before = latest.get(resource.singular) ?? null;
    latest.set(resource.singular, resource);
    return { resource, before, position };
  });
}

/** The resources as they are now, in the order of creation. */
export function currentResources<Each extends Resource>(history: readonly Each[]): readonly Each[] {
  // A map keeps the place of a key that is set again.
  return [...new Map(history.map((resource) => [resource.singular, resource])).values()];
}

/** What differs between the fields of a resource before and now, by column. */
export interface FieldChanges {
  readonly dropped: readonly Field[];
  readonly added: readonly Field[];
  /** The others, whether they differ or not. */
  readonly kept: readonly { readonly before: Field; readonly now: Field }[];
}

/** Compares the fields of a resource before and now. */
export function fieldChanges(before: Resource, now: Resource): FieldChanges {
  const [earlier, later] = [before, now].map(({ fields }) => new Map(fields.map((field) => [columnOf(field), field])));
  const without = (fields: readonly Field[], others: ReadonlyMap<string, Field> | undefined) =>
    fields.filter((field) => !others?.has(columnOf(field)));
  return {
    dropped: without(before.fields, later),
    added: without(now.fields, earlier),
    kept: now.fields.flatMap((field) => {
      const previous = earlier?.get(columnOf(field));
      return previous === undefined ? [] : [{ before: previous, now: field }];
    }),
  };
}

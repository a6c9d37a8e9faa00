import { columnOf, migrationTime, type PackResource } from '../model/resource.ts';
import { currentResources, type HistoryStep } from '../model/resource-history.ts';
import type { ChangeContext, FieldContext, ResourceContext } from '../model/templates.ts';
import {
  columnsAfter,
  guardedColumns,
  impossibleOf,
  type Operation,
  operationsBetween,
  statementsOf,
} from './changes.ts';
import { fieldContexts, namesByResource, OTHER_FUNCTIONS, resourceContexts, type Table, TIMES } from './resources.ts';
import type { TypeLookup } from './type-table.ts';

/** What templates may read about resources and what has changed them. */
export interface HistoryContexts {
  /** In the order of creation. */
  readonly resources: readonly ResourceContext[];
  /** By the place of the step: a resource as its creation left it, if it is another one now. */
  readonly created: ReadonlyMap<number, ResourceContext>;
  /** By the place of the step; those that change no table are left out. */
  readonly changes: ReadonlyMap<number, ChangeContext>;
  readonly impossible: readonly ImpossibleChange[];
  /** By the place of the step, the columns that must not be used by what the owner added to the database. */
  readonly guarded: ReadonlyMap<number, { readonly table: string; readonly columns: readonly string[] }>;
}

/** A change of a field that the database, or the layer, cannot make, because its table was created with it. */
export interface ImpossibleChange extends Operation {
  readonly plural: string;
}

/** What templates may read about resources, by the steps of their history. Throws a `PackError` if a text of a type table is wrong. */
export function historyContexts(steps: readonly HistoryStep<PackResource>[], lookUp: TypeLookup): HistoryContexts {
  const current = currentResources(steps.map(({ resource }) => resource));
  const names = namesByResource(current);
  const fieldsOf = (resource: PackResource) => fieldContexts(resource, names, new Set(OTHER_FUNCTIONS), lookUp);
  const changes = new Map<number, ChangeContext>();
  const tables = new Map<string, Table>();
  const impossible: ImpossibleChange[] = [];
  const guarded = new Map<number, { table: string; columns: readonly string[] }>();
  const firstFields = new Map<string, readonly FieldContext[]>();
  for (const { resource, before, position } of steps) {
    const [own, table] = [names.get(resource.singular), tables.get(resource.singular)];
    if (own === undefined || before === null || table === undefined) {
      tables.set(resource.singular, { created: position, columns: [...resource.fields.map(columnOf), TIMES] });
      if (!current.includes(resource)) firstFields.set(resource.singular, fieldsOf(resource));
      continue;
    }
    const [earlier, now] = [fieldsOf(before), fieldsOf(resource)];
    const operations = operationsBetween(earlier, now);
    tables.set(resource.singular, { ...table, columns: columnsAfter(table.columns, operations) });
    const first = firstFields.get(resource.singular) ?? [];
    impossible.push(...impossibleOf(operations, first).map((each) => ({ ...each, plural: own.plural })));
    const columns = guardedColumns(operations);
    if (columns.length > 0) guarded.set(position, { table: own.plural, columns });
    // One that is dropped, and added again, is another column.
    const left = now.map(({ name }) => name);
    firstFields.set(
      resource.singular,
      first.filter(({ name }) => left.includes(name)),
    );
    const [up, down] = [statementsOf(operations), statementsOf(operationsBetween(now, earlier))];
    if (up.length > 0) changes.set(position, { ...own, migration: migrationTime(position), up, down });
  }
  const changed = steps.filter(({ resource, before }) => before === null && !current.includes(resource));
  return {
    resources: resourceContexts(current, tables, lookUp),
    created: new Map(
      changed.flatMap(({ resource, position }) => {
        const then = current.map((other) => (other.singular === resource.singular ? resource : other));
        const contexts = resourceContexts(then, tables, lookUp);
        return contexts.filter(({ singular }) => singular === resource.singular).map((each) => [position, each]);
      }),
    ),
    changes,
    impossible,
    guarded,
  };
}

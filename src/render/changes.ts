import type { FieldContext } from '../model/templates.ts';
import { type ChangeKey, FIXED_KEY, MOVED_BY_KEY } from '../model/type-table.ts';

/** A change of the column of a field, by the key of its statements. */
export interface Operation {
  readonly key: ChangeKey;
  readonly field: FieldContext;
}

/** The operations that turn the table of one list of fields into that of another. An index or key is there before another one goes. */
export function operationsBetween(before: readonly FieldContext[], now: readonly FieldContext[]): readonly Operation[] {
  const earlier = new Map(before.map((field) => [field.name, field]));
  const names = new Set(now.map(({ name }) => name));
  const operations = (key: ChangeKey, fields: readonly FieldContext[]) => fields.map((field) => ({ key, field }));
  const kept = (isMeant: (before: FieldContext, now: FieldContext) => boolean) =>
    now.filter((field) => {
      const previous = earlier.get(field.name);
      return previous !== undefined && isMeant(previous, field);
    });
  const turned = (isOn: (field: FieldContext) => boolean, to: boolean) =>
    kept((previous, field) => isOn(previous) !== isOn(field) && isOn(field) === to);
  const [isUnique, isIndexed] = [(field: FieldContext) => field.is_unique, (field: FieldContext) => field.is_indexed];
  return [
    ...operations(
      'drop_column',
      before.filter(({ name }) => !names.has(name)),
    ),
    ...operations('add_unique', turned(isUnique, true)),
    ...operations('add_index', turned(isIndexed, true)),
    ...operations('drop_unique', turned(isUnique, false)),
    ...operations('drop_index', turned(isIndexed, false)),
    ...operations(
      'set_null',
      kept((previous, field) => previous.is_optional !== field.is_optional),
    ),
    ...operations(
      'set_values',
      kept((previous, field) => previous.length !== field.length || valuesOf(previous) !== valuesOf(field)),
    ),
    ...operations(
      'add_column',
      now.filter(({ name }) => !earlier.has(name)),
    ),
  ];
}

/** The values of an enum, whatever their order. */
function valuesOf({ values }: FieldContext): string {
  return values
    .map(({ value }) => value)
    .sort()
    .join();
}

/** The statements of operations, a line each. A column that is described anew for several reasons is described once. */
export function statementsOf(operations: readonly Operation[]): readonly string[] {
  const statements: string[] = [];
  for (const { key, field } of operations) {
    const lines = linesOf(field, key);
    const isThere = `\n${statements.join('\n')}\n`.includes(`\n${lines.join('\n')}\n`);
    if (!isThere) statements.push(...lines);
  }
  return statements;
}

/** The operations that are impossible for fields as their table was created with them. */
export function impossibleOf(operations: readonly Operation[], created: readonly FieldContext[]): readonly Operation[] {
  return operations.filter(({ key, field }) => {
    const first = created.find(({ name }) => name === field.name);
    return first !== undefined && keysIn(first, FIXED_KEY).includes(key) && linesOf(field, key).length > 0;
  });
}

/** The names of the columns that operations drop or make anew, in a database that does so only where nothing else uses a column. */
export function guardedColumns(operations: readonly Operation[]): readonly string[] {
  const names = operations.flatMap(({ key, field }) => {
    const moves = keysIn(field, MOVED_BY_KEY);
    // A database that can change a column in place also drops what is built on it.
    const isGuarded = key === 'drop_column' ? moves.length > 0 : moves.includes(key);
    return isGuarded ? [field.name] : [];
  });
  return [...new Set(names)];
}

/** The names of a table's columns after operations; a column that is made anew is the last one. */
export function columnsAfter(columns: readonly string[], operations: readonly Operation[]): readonly string[] {
  return operations.reduce((names, { key, field: { name, ...field } }) => {
    const others = names.filter((other) => other !== name);
    if (key === 'drop_column') return others;
    return key === 'add_column' || keysIn(field, MOVED_BY_KEY).includes(key) ? [...others, name] : names;
  }, columns);
}

function keysIn(field: Pick<FieldContext, 'type'>, key: string): readonly string[] {
  return linesOf(field, key).flatMap((keys) => keys.split(' '));
}

function linesOf({ type }: Pick<FieldContext, 'type'>, key: string): readonly string[] {
  return [type[key] ?? []].flat().filter((line) => line !== '');
}

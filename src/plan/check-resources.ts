import type { Answers } from '../model/answers.ts';
import { type Catalog, contributionsIn, pathFor } from '../model/catalog.ts';
import type { Problem } from '../model/errors.ts';
import { columnOf, type Field, type Resource } from '../model/resource.ts';
import { RUST_KEYWORDS } from '../model/rust-keywords.ts';
import { isSafePath } from '../model/safe-path.ts';
import { pascal } from '../model/words.ts';
import { chosenParts } from './contributions.ts';
import { SQL_WORDS } from './sql-words.ts';

/** Columns of every table. */
const OWN_COLUMNS = ['id', 'created_at', 'updated_at'];

/** What is wrong with a name, as the rest of a sentence. */
type Reason = string | null;

/**
 * A problem for each name of the resources `added` that means something else in the service, and for each reference that leads
 * nowhere. `chosen` are the other answers as far as they are known.
 */
export function problemsOfResources(
  added: readonly Resource[],
  chosen: Partial<Answers>,
  catalog: Catalog,
): readonly Problem[] {
  const all = [...catalog.resources, ...added];
  const files = new ModuleNames(catalog);
  const ofNames = added.map((resource, index) =>
    problemsOfName(resource, all.slice(0, catalog.resources.length + index), files, catalog),
  );
  const wellNamed = added.filter((_, index) => ofNames[index]?.length === 0);
  return [
    ...added.flatMap((resource, index) => [
      ...(ofNames[index] ?? []),
      ...resource.fields.flatMap((field, position) =>
        problemsOfField(field, resource, resource.fields.slice(0, position)),
      ),
      ...problemsOfRefs(resource, all, chosen, catalog),
    ]),
    ...problemsBetween(wellNamed, catalog),
  ];
}

function problemsOfName(
  resource: Resource,
  earlier: readonly Resource[],
  modules: ModuleNames,
  { reservedNames }: Catalog,
): readonly Problem[] {
  const { singular, plural } = resource;
  const reasonOf = (name: string): Reason => {
    const other = earlier.find((each) => [each.singular, each.plural].includes(name));
    if (other !== undefined) return `the resource ${other.singular} has that name`;
    if (RUST_KEYWORDS.has(name)) return 'it is a Rust keyword';
    if (reservedNames.includes(name) || modules.isTaken(name, resource))
      return 'the service has something of that name';
    if (!isSafePath(`${name}.rs`)) return 'no file can have that name on Windows';
    return name === plural ? reasonAgainstTable(name) : null;
  };
  return [singular, plural].flatMap((name) => {
    const reason = reasonOf(name);
    if (reason === null) return [];
    const hint = name === singular ? 'choose another name' : `choose another plural: ${singular}/${singular}_list`;
    return [{ code: 'reserved-name', message: `no resource can be called ${name}: ${reason}`, hint }];
  });
}

function reasonAgainstTable(name: string): Reason {
  if (SQL_WORDS.has(name)) return 'it is a reserved word of SQL, so it cannot be a table';
  return /^(?:sqlite|pg)_/.test(name) ? 'tables of the database itself begin so' : null;
}

function problemsOfField(field: Field, { singular, plural }: Resource, earlier: readonly Field[]): readonly Problem[] {
  const name = columnOf(field);
  const reasonOf = (): Reason => {
    if (OWN_COLUMNS.includes(name)) return 'every resource has it already';
    if (RUST_KEYWORDS.has(name)) return 'it is a Rust keyword';
    if (SQL_WORDS.has(name)) return 'it is a reserved word of SQL';
    if (name === plural) return 'its table has that name';
    const other = earlier.find((each) => pascal(columnOf(each)) === pascal(name));
    if (other === undefined) return null;
    return columnOf(other) === name ? 'another field has that name' : `it is too similar to ${columnOf(other)}`;
  };
  const reason = reasonOf();
  if (reason === null) return [];
  const message = `the field ${name} of ${singular} cannot have that name: ${reason}`;
  return [{ code: 'reserved-name', message, hint: `for example ${singular}_${field.name}` }];
}

function problemsOfRefs(
  { singular, fields }: Resource,
  all: readonly Resource[],
  chosen: Partial<Answers>,
  catalog: Catalog,
): readonly Problem[] {
  const names = all.map((resource) => resource.singular);
  const earlier = names.slice(0, names.indexOf(singular));
  const owners = fields.filter(({ owner }) => owner);
  return [
    ...fields.flatMap(({ name, type, optional }): readonly Problem[] => {
      if (type.kind !== 'ref' || earlier.includes(type.resource)) return [];
      const problem = { code: 'invalid-reference', allowed: `ref of ${earlier.join(', ')}` };
      if (type.resource === singular) {
        const message = `the field ${name} of ${singular} refers to ${singular} itself, so there could be no first one`;
        return optional ? [] : [{ code: problem.code, message, hint: `make it optional: ${name}:ref(${singular})?` }];
      }
      const isLater = names.includes(type.resource);
      const what = isLater ? `${type.resource}, which comes after it` : `the unknown resource ${type.resource}`;
      const hint = isLater ? { hint: `give ${type.resource} first` } : {};
      return [{ ...problem, message: `the field ${name} of ${singular} refers to ${what}`, ...hint }];
    }),
    ...owners.flatMap((field) => problemsOfOwner(field, singular, chosen, catalog)),
    ...(owners.length > 1
      ? [
          {
            code: 'invalid-owner',
            message: `${singular} has ${owners.length} owners`,
            allowed: 'one field with :owner',
          },
        ]
      : []),
  ];
}

/** An owner is a caller, so callers have to sign in. */
function problemsOfOwner(
  { name, type }: Field,
  singular: string,
  chosen: Partial<Answers>,
  catalog: Catalog,
): readonly Problem[] {
  const { callers } = catalog;
  const message = `the field ${name} of ${singular} is :owner`;
  if (callers === null) return [{ code: 'invalid-owner', message: `${message}, but nobody signs in` }];
  const problems: Problem[] = [];
  if (type.kind === 'ref' && type.resource !== callers.resource) {
    const allowed = `:owner on a ref(${callers.resource})`;
    problems.push({ code: 'invalid-owner', message: `${message}, but refers to ${type.resource}`, allowed });
  }
  const choice = chosenParts(chosen, catalog).find(({ axis }) => axis === callers.axis);
  if (choice?.optsOut === true) {
    const hint = `choose another ${callers.axis}, or leave out :owner`;
    problems.push({ code: 'invalid-owner', message: `${message}, but nobody signs in with ${choice.id}`, hint });
  }
  return problems;
}

/** Names that are made of others: types, and constraints of columns. */
function problemsBetween(
  added: readonly Resource[],
  { resources, resourceTypes, reservedNames }: Catalog,
): readonly Problem[] {
  const taken = new Map(reservedNames.map((name) => [pascal(name), 'the service']));
  const constraints = new Map<string, string>();
  return [...resources, ...added].flatMap((resource) => {
    const { singular, plural, fields } = resource;
    const own = [...new Set(typesOf(resource, resourceTypes))];
    const clash = own.find((type) => taken.has(type));
    const owner = taken.get(clash ?? '');
    for (const type of own) taken.set(type, singular);
    const columns = fields.map((field) => `${plural}_${columnOf(field)}`);
    const sameColumn = columns.find((column) => constraints.has(column));
    const other = constraints.get(sameColumn ?? '');
    for (const column of columns) constraints.set(column, singular);
    if (!added.includes(resource)) return [];
    return [
      ...(clash === undefined ? [] : [clashing(`the type ${clash}`, singular, owner)]),
      ...(sameColumn === undefined ? [] : [clashing(`constraints called ${sameColumn}_…`, singular, other)]),
    ];
  });
}

function clashing(what: string, singular: string, owner: string | undefined): Problem {
  return {
    code: 'reserved-name',
    message: `${what} would belong to both ${singular} and ${owner}`,
    hint: 'choose another name for the resource or its field',
  };
}

/** The Rust types of a resource. */
function typesOf({ singular, plural, fields }: Resource, patterns: readonly string[]): readonly string[] {
  const [type, plural_type] = [pascal(singular), pascal(plural)];
  return [
    ...patterns.map((pattern) => pattern.replace('[type]', type).replace('[plural_type]', plural_type)),
    ...fields.filter((field) => field.type.kind === 'enum').map(({ name }) => type + pascal(name)),
  ];
}

/** The names that modules beside those of resources have, whatever is chosen. */
class ModuleNames {
  readonly #patterns: readonly string[];
  readonly #paths = new Set<string>();

  constructor(catalog: Catalog) {
    const contributions = contributionsIn(catalog);
    this.#patterns = [...new Set(contributions.flatMap(({ resourceFiles }) => resourceFiles.map(({ path }) => path)))];
    for (const path of contributions.flatMap(({ files }) => files.map((file) => file.path))) {
      const folders = path.split('/').slice(0, -1);
      this.#paths.add(path.replace(/\.\w+$/, ''));
      folders.forEach((_, depth) => {
        this.#paths.add(folders.slice(0, depth + 1).join('/'));
      });
    }
  }

  /** Whether a file of the resource that is named after `name` would be in the place of another module. */
  isTaken(name: string, resource: Resource): boolean {
    const placeholder = name === resource.singular ? '[singular]' : '[plural]';
    return this.#patterns
      .filter((pattern) => pattern.includes(placeholder))
      .some((pattern) => this.#paths.has(pathFor(pattern, resource, 0).replace(/\.\w+$/, '')));
  }
}

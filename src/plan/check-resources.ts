import type { Answers } from '../model/answers.ts';
import { type AxisId, flagOf } from '../model/axes.ts';
import { type Catalog, contributionsIn, pathFor } from '../model/catalog.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import { columnOf, type Field, type Resource } from '../model/resource.ts';
import { RUST_KEYWORDS } from '../model/rust-keywords.ts';
import { isSafePath } from '../model/safe-path.ts';
import { pascal } from '../model/words.ts';
import { chosenParts } from './contributions.ts';
import { SQL_WORDS } from './sql-words.ts';

/** So many that every migration has a minute of a day. */
const MAX_RESOURCES = 100;

/** Columns of every table. */
const OWN_COLUMNS = ['id', 'created_at', 'updated_at'];

/** What Diesel's `table!` defines beside the columns. */
const TABLE_ITEMS = ['all_columns', 'columns', 'dsl', 'star', 'table'];

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
  // The modules of all parts are compared, which takes time.
  if (added.length === 0) return [];
  if (added.length > MAX_RESOURCES) return [tooMany(added.length)];
  const all = [...catalog.resources, ...added];
  const files = new ModuleFiles(catalog);
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

/** A problem for each field of a resource, as it once was, that cannot have its name or reference; `all` are the resources of today. */
export function problemsOfFields(
  resource: Resource,
  all: readonly Resource[],
  { resources }: Pick<Catalog, 'resources'>,
): readonly Problem[] {
  const known = [...resources, ...all];
  const names = known.map(({ singular }) => singular);
  const earlier = names.slice(0, names.indexOf(resource.singular));
  return resource.fields.flatMap((field, position) => [
    ...problemsOfField(field, resource, resource.fields.slice(0, position)),
    ...[problemOfRef(field, resource.singular, known, earlier) ?? []].flat(),
  ]);
}

function tooMany(count: number): Problem {
  const allowed = `at most ${MAX_RESOURCES}`;
  return {
    code: 'too-many-resources',
    message: `${count} resources were given`,
    allowed,
    hint: 'make several services',
  };
}

function problemsOfName(
  resource: Resource,
  earlier: readonly Resource[],
  files: ModuleFiles,
  { reservedNames }: Catalog,
): readonly Problem[] {
  const { singular, plural } = resource;
  const reasonOf = (name: string): Reason => {
    const other = earlier.find((each) => [each.singular, each.plural].includes(name));
    if (other !== undefined) return `the resource ${other.singular} has that name`;
    if (RUST_KEYWORDS.has(name)) return 'it is a Rust keyword';
    if (reservedNames.includes(name)) return 'the code of the service uses that name';
    const file = files.at(name, resource);
    if (file !== null) return `the service may have ${file} for something else`;
    if (!isSafePath(`${name}.rs`)) return 'no file can have that name on Windows';
    return name === plural ? reasonAgainstTable(name) : null;
  };
  return [singular, plural].flatMap((name) => {
    const reason = reasonOf(name);
    if (reason === null) return [];
    const hint =
      name === singular
        ? `say what kind of ${singular.replaceAll('_', ' ')} it is, such as order_${singular}`
        : `choose another plural: ${singular}/${singular}_list`;
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
    if (TABLE_ITEMS.includes(name)) return 'it has a meaning in the schema of Diesel';
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
    ...fields.flatMap((field) => problemOfRef(field, singular, all, earlier) ?? []),
    ...owners.flatMap((field) => problemsOfOwner(field, singular, chosen, catalog)),
    ...(owners.length > 1
      ? [
          {
            code: 'invalid-owner',
            message: `${singular} has ${owners.length} owners`,
            allowed: 'one field with :owner',
            hint: `leave out :owner of ${owners
              .slice(1)
              .map(({ name }) => name)
              .join(', ')}`,
          },
        ]
      : []),
  ];
}

/** What is wrong with a reference from the resource `singular`; `earlier` are the names of those that it may refer to. */
function problemOfRef(
  { name, type, optional }: Field,
  singular: string,
  all: readonly Resource[],
  earlier: readonly string[],
): Problem | null {
  if (type.kind !== 'ref' || earlier.includes(type.resource)) return null;
  const { resource: target } = type;
  const [code, subject] = ['invalid-reference', `the field ${name} of ${singular} refers to`];
  if (target === singular) {
    const message = `${subject} ${singular} itself, so there could be no first one`;
    return optional ? null : { code, message, hint: `make it optional: ${name}:ref(${singular})?` };
  }
  const allowed = `ref of a resource before it: ${earlier.join(', ')}`;
  const later = all.find((resource) => resource.singular === target);
  if (later === undefined) {
    const names = all.map((resource) => resource.singular);
    const meant = didYouMean(target, names) ?? all.find(({ plural }) => plural === target)?.singular;
    const hint =
      meant === undefined
        ? `there has to be one before ${singular}, such as "${target} name:string(100)"`
        : `did you mean ${meant}?`;
    return { code, message: `${subject} the unknown resource ${target}`, allowed, hint };
  }
  const hint = leadsTo(singular, later, all)
    ? `they refer to each other: leave out one reference, and add it in a migration of your own`
    : `give ${target} first`;
  return { code, message: `${subject} ${target}, which comes after it`, allowed, hint };
}

/** Whether a resource refers to the resource `singular`, itself or through others. */
function leadsTo(singular: string, from: Resource, all: readonly Resource[], seen: readonly string[] = []): boolean {
  const targets = from.fields.flatMap(({ type }) => (type.kind === 'ref' ? type.resource : []));
  if (targets.includes(singular)) return true;
  const next = all.filter(
    (each) => targets.includes(each.singular) && ![...seen, from.singular].includes(each.singular),
  );
  return next.some((each) => leadsTo(singular, each, all, [...seen, from.singular]));
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
  if (callers === null) {
    return [{ code: 'invalid-owner', message: `${message}, but nobody signs in`, hint: 'leave out :owner' }];
  }
  const problems: Problem[] = [];
  if (type.kind === 'ref' && type.resource !== callers.resource) {
    const allowed = `:owner on a ref(${callers.resource})`;
    problems.push({ code: 'invalid-owner', message: `${message}, but refers to ${type.resource}`, allowed });
  }
  const choice = chosenParts(chosen, catalog).find(({ axis }) => axis === callers.axis);
  if (choice?.optsOut === true) {
    const others = catalog.parts[callers.axis as AxisId].filter(({ optsOut }) => !optsOut).map(({ id }) => id);
    const hint = `${flagOf(callers.axis)} ${others.join(' or ')}; or leave out :owner`;
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

/** The files that modules beside those of resources have, whatever is chosen. */
class ModuleFiles {
  readonly #patterns: readonly string[];
  /** By their paths without the ending; a folder is a module, too. */
  readonly #files = new Map<string, string>();

  constructor(catalog: Catalog) {
    const contributions = contributionsIn(catalog);
    this.#patterns = [...new Set(contributions.flatMap(({ resourceFiles }) => resourceFiles.map(({ path }) => path)))];
    for (const path of contributions.flatMap(({ files }) => files.map((file) => file.path))) {
      const folders = path.split('/').slice(0, -1);
      folders.forEach((_, depth) => {
        const folder = folders.slice(0, depth + 1).join('/');
        this.#files.set(folder, `${folder}/`);
      });
      this.#files.set(path.replace(/\.\w+$/, ''), path);
    }
  }

  /** The file where the one of the resource that is named after `name` would be; `null` if there is none. */
  at(name: string, resource: Resource): string | null {
    const placeholder = name === resource.singular ? '[singular]' : '[plural]';
    const paths = this.#patterns
      .filter((pattern) => pattern.includes(placeholder))
      .map((pattern) => pathFor(pattern, resource, 0).replace(/\.\w+$/, ''));
    return paths.map((path) => this.#files.get(path)).find((file) => file !== undefined) ?? null;
  }
}

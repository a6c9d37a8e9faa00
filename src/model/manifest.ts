/**
 * The schema of a pack's manifests: their types, their validation and the JSON Schemas in `schemas/` come from it. A title
 * is what an error says is allowed. Only the code that reads packs may load this module, because it loads zod.
 */
import * as z from 'zod/mini';
import { KINDS, MODIFIERS } from './resource.ts';
import { isSafePath } from './safe-path.ts';
import { lineOf } from './unprintable.ts';

/** The version of the pack format that this create-api reads. */
export const FORMAT_VERSION = 1;

const text = z.string().check(z.meta({ title: 'a string' }));
const line = matching(/^\P{Cc}+$/u, 'a line of text');
/** Ids of parts, which are folders, values of flags and keys of objects: some words have a meaning there. */
export const ID =
  /^(?!(?:all|any|constructor|default|files|slots)$|(?:resource|without)-)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
export const ID_ALLOWED =
  'lowercase letters, digits and single hyphens, but not all, any, constructor, default, files, slots, resource-… or without-…';
const id = matching(ID, ID_ALLOWED);
const snakeName = matching(/^[a-z][a-z0-9_]*$/, 'a name in snake_case');
const crateName = matching(/^[A-Za-z][A-Za-z0-9_-]*$/, 'the name of a crate');
const path = z
  .string()
  .check(z.refine(isSafePath), z.meta({ title: 'a path in the project, with /, that every operating system accepts' }));
const pathPattern = z.string().check(
  z.refine((pattern) => isSafePath(pattern.replaceAll('*', 'x'))),
  z.meta({ title: 'a path in the project, in which * stands for any characters but / and ** for any at all' }),
);
const partFolder = matching(
  /^(?:[a-z0-9-]+:)?(?:base|[a-z-]+\/[a-z0-9-]+)$/,
  'the folder of a part, such as frameworks/axum, or acme:base for that of the pack acme',
);
/** Keys of axes are keys of answers and, in kebab-case, flags: some have a meaning there already, or on every object. */
export const RESERVED_KEYS = [
  ...[
    'base',
    'name',
    'description',
    'directory',
    'resource',
    'resources',
    'preset',
    'pack',
    'packs',
    'help',
    'version',
  ],
  ...['install', 'git', 'verify', 'onConflict', 'workspace', 'dryRun', 'yes', 'json'],
  ...[
    'constructor',
    'hasOwnProperty',
    'isPrototypeOf',
    'propertyIsEnumerable',
    'toLocaleString',
    'toString',
    'valueOf',
  ],
];
const axis = matching(
  new RegExp(`^(?!no[A-Z]|(?:${RESERVED_KEYS.join('|')})$)[a-z][A-Za-z]*$`),
  'a name in camelCase, such as dbLayer, that is no other option',
);
const flag = z._default(z.boolean().check(z.meta({ title: 'true or false' })), false);

const crateNeed = z.strictObject({
  features: z.exactOptional(listOf(text)),
  defaultFeatures: z.exactOptional(
    z
      .literal(false)
      .check(z.describe('Cargo\'s "default-features"; disabled only if every part that needs the crate says false')),
  ),
  table: z.exactOptional(
    z
      .enum(['dependencies', 'dev-dependencies'])
      .check(z.describe('Table of Cargo.toml; a crate that is needed in both is listed only in dependencies')),
  ),
});

const envVariable = z
  .strictObject({
    name: matching(/^[A-Z][A-Z0-9_]*$/, 'a name in capitals, such as CORS_ALLOWED_ORIGINS'),
    field: snakeName.check(z.describe("Field of the group's Rust struct")),
    type: line.check(z.describe('Rust type of the field; it implements FromStr')),
    doc: line.check(z.describe('One sentence about what it sets, with the unit')),
    allowed: line.check(z.describe('The allowed values, as the second half of "PORT must be …"')),
    default: z.exactOptional(line.check(z.describe('Required if absent: the service does not start without it'))),
    example: z.exactOptional(
      line.check(z.describe('Value for development in .env.example, which otherwise shows the default, commented out')),
    ),
    secret: z.exactOptional(z.literal(true).check(z.describe('Is never logged and has no default'))),
  })
  .check(
    z.refine((variable) => variable.secret === undefined || variable.default === undefined, { path: ['default'] }),
    z.meta({ title: 'no default, because the variable is secret' }),
  );

const envGroup = z.strictObject({
  name: snakeName.check(z.describe('Field of Config; the struct is named after it')),
  doc: line.check(z.describe("One sentence, the struct's doc comment")),
  variables: listOf(envVariable),
});

const CONTRIBUTION = {
  $schema: z.exactOptional(text),
  crates: byName(crateName, crateNeed, 'Crates that it needs; the versions are in versions.json'),
  env: optionalList(envGroup, 'Environment variables of the generated service'),
  vars: byName(snakeName, text, 'Values for the templates of other parts'),
  replaces: byName(
    path,
    partFolder,
    'Files of earlier parts that it replaces → the folder of the part that brings them',
  ),
  overrides: byName(snakeName, partFolder, 'Values in vars that it changes → the folder of the part that sets them'),
  slots: byName(
    snakeName,
    listOf(line),
    'Slot → templates of one line for a shared file that loops over it; longer ones are files in slots/',
  ),
  resourceSlots: byName(
    snakeName,
    listOf(line),
    'Slot of files of resources → templates of one line, rendered for each; longer ones are files in resource-slots/',
  ),
  moves: byName(path, path, 'Folder → the folder that its files go to instead, whichever part they belong to'),
  renames: byName(path, path, 'Earlier path of a file of the project → its path now'),
};

const SHARING = {
  ...CONTRIBUTION,
  uses: optionalList(id, 'Folders of shared/ that it needs; each is added once, whichever parts need it'),
  needsCell: optionalList(axis, 'Axes on which it has a cell for each supported choice'),
};

const INHERITING = {
  ...SHARING,
  extends: z.exactOptional(id.check(z.describe('Part of the same axis whose contributions and cells it takes over'))),
};

/** A cell, or a folder of `shared/`. */
export const CELL = z.strictObject(CONTRIBUTION);

/**
 * What the parts of an axis have in common, in its folder `any`, what every project has, in `base`, or what fields of a kind or
 * with a modifier need, in a folder of `fields/`.
 */
export const COMMON = z.strictObject(SHARING);

const hint = matching(lineOf(60, '(?<!\\.)'), 'a line of at most 60 characters, without a full stop');

const choice = z.strictObject({
  ...INHERITING,
  abstract: z.exactOptional(z.literal(false)),
  label: matching(lineOf(24), 'a line of at most 24 characters').check(z.describe('Its name for people')),
  hint: hint.check(z.describe('A line that helps to choose')),
  order: z
    .int()
    .check(z.meta({ title: 'a whole number', description: 'Position in prompts and lists, among those of its axis' })),
  before: optionalList(id, 'Parts of its axis that its contributions come before: a layer is outside of later ones'),
  after: optionalList(id, 'Parts of its axis that its contributions come after'),
  default: flag.check(z.describe('Is a default of its axis')),
  optsOut: flag.check(
    z.describe('Chooses nothing on its axis: what all parts of the axis have in common does not apply'),
  ),
  excludesAxes: optionalList(axis, 'Axes that do not apply to it, such as the database without a layer'),
  unsupported: byName(id, line, 'Ids that it does not support, each with the reason that people are shown'),
  hints: byName(id, hint, 'Ids of other axes → their hint where this is chosen'),
});

const abstractPart = z.strictObject({ ...INHERITING, abstract: z.literal(true) });

/** A choice of an axis, or a part that exists only to be extended. */
export const PART = z.discriminatedUnion('abstract', [choice, abstractPart]);

const placement = z.strictObject({
  repositoryRoot: byName(path, path, 'Files that work only at the root of a repository → the path there, with {name}'),
  renamedInMember: byName(path, path, 'Files that have another name in a member of a workspace → that name'),
  leftOutOfMember: byName(path, line, 'Files that do not belong in a member of a workspace → the reason'),
});

const classes = z.strictObject({
  managed: optionalList(pathPattern, 'Files that stay as they are rendered'),
  seed: optionalList(pathPattern, "Files that are written once, and are the user's from then on"),
});

const axisManifest = z.strictObject({
  label: line.check(z.describe('Its name for people, which is the question')),
  folder: matching(
    /^(?!(?:base|fields|locks|shared)$)[a-z]+(?:-[a-z]+)*$/,
    'lowercase letters and single hyphens, but not base, fields, locks or shared',
  ).check(z.describe('Folder with a folder for each choice')),
  multiple: flag.check(z.describe('Any number of choices can be made instead of one')),
  structural: flag.check(z.describe('Each combination of choices on these axes has a lock')),
  dependsOn: z.exactOptional(axis.check(z.describe('Axis in front of it whose choice may rule out this one'))),
  leaves: z.exactOptional(
    line.check(
      z.describe('What a change does not take along, for another choice on this axis or on the one that it depends on'),
    ),
  ),
  example: z.exactOptional(id.check(z.describe('Choice in an example of --help'))),
});

const packResource = z.strictObject({
  resource: line.check(z.describe('Its name and fields, as in user name:string(100) email:email:unique')),
  title: z.exactOptional(line.check(z.describe('What its rows are, with a capital; otherwise its plural name'))),
});

const callers = z.strictObject({
  axis: axis.check(z.describe('Axis on which it is chosen how callers sign in')),
  resource: snakeName.check(z.describe('Singular name of the resource that callers are rows of')),
});

/** `pack.json`. */
export const PACK = z.strictObject({
  $schema: z.exactOptional(text),
  formatVersion: z.literal(FORMAT_VERSION).check(z.describe('Version of the pack format')),
  minCli: matching(/^\d+\.\d+\.\d+$/, 'a version, such as 1.2.0').check(
    z.describe('Oldest create-api that reads the pack'),
  ),
  axes: byName(axis, axisManifest, 'Axes of choice by their keys, in the order of the questions'),
  slots: optionalList(snakeName, 'Slots that shared files loop over'),
  optionalSlots: optionalList(snakeName, 'Slots that may be filled in projects where no file reads them'),
  resources: optionalList(packResource, 'Resources of every project'),
  resourceTypes: optionalList(line, 'Names of the Rust types of a resource, with [type] and [plural_type] for its own'),
  reservedNames: optionalList(
    snakeName,
    'What the service has besides, such as types and tables: no resource can be called so',
  ),
  callers: z.exactOptional(callers),
  resourceSlots: optionalList(snakeName, 'Slots that files of resources loop over'),
  placement: z.prefault(placement, {}),
  crateNames: optionalList(crateName, 'Crates that projects have besides their own, whose names no project can have'),
  classes: z.prefault(classes, {}),
  seedSlots: byName(
    snakeName,
    pathPattern,
    'Slots that have the names of such files: one that a project keeps, though what brought it is removed, stays in the slot',
  ),
});

/** `pack.json` of a team's pack, which is used together with the one that create-api comes with. */
export const TEAM_PACK = z.strictObject({
  $schema: z.exactOptional(text),
  formatVersion: PACK.shape.formatVersion,
  minCli: PACK.shape.minCli,
  name: id.check(z.describe('Its name, by which locks and other packs know it')),
  slots: PACK.shape.slots,
  optionalSlots: PACK.shape.optionalSlots,
  resources: optionalList(line, 'Resources that every project gets, as in payment total:decimal(10,2)'),
  reservedNames: PACK.shape.reservedNames,
  crateNames: PACK.shape.crateNames,
  classes: PACK.shape.classes,
});

/** `versions.json`. */
export const VERSIONS = z.strictObject({
  $schema: z.exactOptional(text),
  crates: byName(crateName, line, 'Crate → caret version requirement'),
  tools: byName(line, line, 'Versions of the toolchain, actions and images'),
});

/** The table next to a lock: package → dependency → the options that bring it, `a+b` for both together. */
export const LOCK_TABLE = z
  .record(text, z.record(text, listOf(text)).check(z.meta({ title: 'an object' })))
  .check(z.meta({ title: 'an object' }));

const typeKey = matching(
  new RegExp(`^[a-z][a-z0-9_]*\\??(?::(?:${MODIFIERS.filter((name) => name !== 'optional').join('|')}))*$`),
  'a name in snake_case, then ? for optional fields, then :min and the like for fields with these modifiers',
);
const typeText = z.union([text, listOf(text)]).check(z.meta({ title: 'a text or a list of lines' }));
const typeTexts = z.record(typeKey, typeText).check(z.meta({ title: 'an object' }));
const forEachKind = Object.fromEntries(KINDS.map((kind) => [kind, z.exactOptional(typeTexts)]));

/** `types.json`: what each kind of field is in Rust, SQL and so on; templates read the texts as `type.<key>` of a field. */
export const TYPES = z.strictObject({
  $schema: z.exactOptional(text),
  any: z.exactOptional(typeTexts.check(z.describe('For the kinds that lack the key'))),
  ...(forEachKind as Record<(typeof KINDS)[number], z.ZodMiniExactOptional<typeof typeTexts>>),
});

/** Every schema that is published, by the name of its file in `schemas/`. */
export const SCHEMAS = {
  ...{ pack: PACK, 'team-pack': TEAM_PACK, versions: VERSIONS },
  ...{ part: PART, common: COMMON, cell: CELL, types: TYPES },
};

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** What a schema accepts, with defaults for absent keys. */
export type Manifest<Schema extends z.ZodMiniType> = DeepReadonly<z.infer<Schema>>;

/** A crate that a part needs. The version is looked up by crate name in `versions.json`. */
export type CrateNeed = Manifest<typeof crateNeed>;
/** An environment variable of the generated service, and the typed field that it is read into. */
export type EnvVariable = Manifest<typeof envVariable>;
/** Environment variables that are read into one struct, which is a field of the service's `Config`. */
export type EnvGroup = Manifest<typeof envGroup>;
/** Files that do not work everywhere, by their paths in a project that stands alone. */
export type PlacementRules = Manifest<typeof placement>;
/** Patterns of the paths of files that are not merged with what is new, by class. */
export type ClassRules = Manifest<typeof classes>;
export type AxisManifest = Manifest<typeof axisManifest>;
/** Who signs in. */
export type Callers = Manifest<typeof callers>;
export type CellManifest = Manifest<typeof CELL>;
export type CommonManifest = Manifest<typeof COMMON>;
export type ChoiceManifest = Manifest<typeof choice>;
export type PartManifest = Manifest<typeof PART>;

function matching(pattern: RegExp, title: string) {
  return z.string().check(z.regex(pattern), z.meta({ title }));
}

function listOf<Item extends z.ZodMiniType>(item: Item) {
  return z.array(item).check(z.meta({ title: 'a list' }));
}

function optionalList<Item extends z.ZodMiniType>(item: Item, description: string) {
  return z._default(listOf(item).check(z.describe(description)), []);
}

function byName<Value extends z.ZodMiniType>(name: z.ZodMiniString, value: Value, description: string) {
  // TypeScript cannot tell that every record may be empty.
  return z._default(z.record(name, value).check(z.meta({ title: 'an object', description })), {} as never);
}

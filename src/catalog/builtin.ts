/**
 * The pack that create-api comes with, as `scripts/build-pack.mjs` writes it: checked and parsed, in lines of JSON for what can be chosen,
 * for what each choice adds, for its texts, and for locks. Only the lines that a plan needs are parsed. Those of a project for which
 * nothing is chosen are in a file that is read as it is. All others are in an archive, where they take half the space, as they have much in
 * common. Lines have the same numbers in both, and each is blank in one of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Contribution, foldersIn, type Offer, packOf, partOf, withCells } from '../model/catalog.ts';
import { type Plan, templateKeys } from '../model/plan.ts';
import type { Standard } from '../model/project-record.ts';
import type { Lock, LockConditions, LockedPackage, Templates } from '../model/templates.ts';

/** A lock of a built pack. Locks share most of their packages. */
interface BuiltLock extends Pick<Lock, 'head'> {
  /** Numbers of packages, from 0. */
  readonly packages: readonly number[];
}

/** A package of built locks. Crates are numbered through `BuiltCrates`, from 0. */
interface BuiltPackage {
  readonly crate: number;
  readonly dependencies: readonly number[];
  /** The conditions of its dependencies. */
  readonly conditions?: LockConditions[string];
}

/** The names and origins of packages: one line has those of the default lock, the next one those that others have besides. */
interface BuiltCrates {
  /** `name version`. */
  readonly names: readonly string[];
  /** For each name the number of its source. */
  readonly sourceOf: readonly number[];
  /** The `source` lines. */
  readonly sources: readonly string[];
  /** The checksums of all names one after another, zero for a package of the project itself; base64, which compresses better. */
  readonly checksums: string;
}

/** Hexadecimal digits of a checksum, a SHA-256. */
const CHECKSUM = 64;
const NO_CHECKSUM = '0'.repeat(CHECKSUM);

/** The catalog of a built pack, with what tells its templates from those of another. */
export interface BuiltCatalog extends Catalog {
  readonly standard: Standard;
  /** The numbers of the lines with the first lock, in the order of `locks`, with the first package, and with the crates. */
  readonly lines: { readonly locks: number; readonly packages: number; readonly crates: number };
}

/** What a contribution adds to a project, apart from what says whether and when it applies. */
type Addition = Omit<Contribution, 'folder'>;

/** A folder's contribution in a built catalog, without what it adds. */
interface BuiltContribution {
  /** The number of the line with that; the lines after it have its texts. */
  readonly line: number;
}

/** Loads the catalog of the built pack in `folder`, without its templates. What a contribution adds is parsed when it is first read. */
export function loadCatalog(folder: string): BuiltCatalog {
  const catalog: BuiltCatalog = parseLine(folder, 0);
  const parsed = new Map<number, Addition>();
  const additionAt = (line: number): Addition => {
    const addition = parsed.get(line) ?? parseContribution(folder, line);
    parsed.set(line, addition);
    return addition;
  };
  const propertyOf = (key: keyof Addition) => ({
    get(this: BuiltContribution) {
      return additionAt(this.line)[key];
    },
    enumerable: true,
  });
  const properties = Object.fromEntries(ADDED.map((key) => [key, propertyOf(key)]));
  for (const contribution of foldersIn(catalog)) Object.defineProperties(contribution, properties);
  return catalog;
}

function parseContribution(pack: string, line: number): Contribution {
  const parsed: Contribution = parseLine(pack, line);
  for (const contribution of withCells(parsed)) {
    Object.assign(contribution, { ...LEFT_OUT, ...contribution });
    const { files, resourceFiles, slots, resourceSlots } = contribution;
    for (const file of [...files, ...resourceFiles]) lengthenKey(file, file.path, contribution);
    for (const fragment of [...slots, ...resourceSlots]) lengthenKey(fragment, fragment.slot, contribution);
  }
  return parsed;
}

/** What a contribution of a built pack has that is not in it: most have little. */
export const LEFT_OUT: Omit<Contribution, 'folder' | 'cells'> = {
  ...{ crates: {}, env: [], vars: {}, replaces: {}, overrides: {}, moves: {}, renames: {} },
  ...{ files: [], slots: [], resourceFiles: [], resourceSlots: [], types: null },
};

/** The keys of what a contribution adds. */
export const ADDED: readonly (keyof Addition)[] = [...(Object.keys(LEFT_OUT) as (keyof typeof LEFT_OUT)[]), 'cells'];

/** Completes the key of a template that has only what its folder and `name` do not say: `/files/*.hbs`. */
function lengthenKey(entry: { readonly template: string }, name: string, { folder }: Contribution): void {
  const { template } = entry;
  if (template.startsWith('/')) Object.assign(entry, { template: folder + template.replace('*', () => name) });
}

/** Loads what the catalog of the built pack in `folder` offers. */
export function loadOffer(folder: string): Offer {
  return readJson(folder, 'offer');
}

/** Loads the files of a team's pack to start from: texts by their paths. */
export function loadStarter(folder: string): Readonly<Record<string, string>> {
  return readJson(folder, 'starter');
}

/** Loads what `plan` is rendered from: the templates of its parts but those of teams' packs, and its lock. */
export function loadTemplates(folder: string, plan: Plan, catalog: BuiltCatalog): Templates {
  const needed = new Set(templateKeys(plan).filter((key) => packOf(key) === null));
  const parts = new Set([...needed].map(partOf));
  const contributions = foldersIn(catalog).filter((contribution) => parts.delete(contribution.folder));
  return {
    texts: textsOf(folder, contributions, needed),
    locks: plan.lock === null ? {} : { [plan.lock]: loadLock(folder, plan.lock, catalog) },
  };
}

/** Loads the templates of all parts, by their keys. */
export function loadEveryTemplate(folder: string, catalog: Catalog): Templates['texts'] {
  const contributions = new Map(foldersIn(catalog).map((contribution) => [contribution.folder, contribution]));
  return textsOf(folder, [...contributions.values()]);
}

/** Loads the texts of contributions, all or those that are needed. */
function textsOf(
  folder: string,
  contributions: readonly Contribution[],
  needed: ReadonlySet<string> | null = null,
): Templates['texts'] {
  const texts: Record<string, Templates['texts'][string]> = {};
  for (const contribution of contributions) {
    let { line } = contribution as Contribution & BuiltContribution;
    for (const key of keysOf(contribution)) {
      line++;
      if (needed?.has(key) ?? true) texts[key] = parseLine(folder, line);
    }
  }
  return texts;
}

/** The keys of the templates of a folder and of the cells in it, in the order of their lines. */
export function keysOf(contribution: Contribution): readonly string[] {
  const keys = new Set<string>();
  for (const { files, resourceFiles, slots, resourceSlots, types } of withCells(contribution)) {
    for (const { template } of [...files, ...resourceFiles, ...slots, ...resourceSlots]) keys.add(template);
    if (types !== null) keys.add(types);
  }
  return [...keys];
}

function loadLock(folder: string, key: string, { locks, lines }: BuiltCatalog): Lock {
  const { head, packages: numbers } = parseLine<BuiltLock>(folder, lines.locks + locks.indexOf(key));
  const built: readonly BuiltPackage[] = JSON.parse(
    `[${numbers.map((number) => lineOf(folder, lines.packages + number))}]`,
  );
  const common = readCrates(folder, lines.crates);
  const isCommon = built.every(({ crate }) => crate < common.length);
  const crates = isCommon ? common : [...common, ...readCrates(folder, lines.crates + 1)];
  const nameOf = (crate: number) => crates[crate]?.name ?? '';
  const packages = built.map(({ crate, dependencies }): LockedPackage => {
    const [name = '', version = ''] = nameOf(crate).split(' ');
    return { name, version, origin: crates[crate]?.origin ?? '', dependencies: dependencies.map(nameOf) };
  });
  const conditions = built.flatMap(({ crate, conditions }) =>
    conditions === undefined ? [] : [[nameOf(crate), conditions]],
  );
  return { head, packages, conditions: Object.fromEntries(conditions) };
}

/** The names, with versions, and origins of crates, in the order of their numbers. */
function readCrates(folder: string, line: number): readonly { readonly name: string; readonly origin: string }[] {
  const { names, sourceOf, sources, checksums } = parseLine<BuiltCrates>(folder, line);
  const digits = Buffer.from(checksums, 'base64').toString('hex');
  return names.map((name, index) => {
    const checksum = digits.slice(index * CHECKSUM, (index + 1) * CHECKSUM);
    const source = sources[sourceOf[index] ?? 0] ?? '';
    return { name, origin: checksum === NO_CHECKSUM ? source : `${source}checksum = "${checksum}"\n` };
  });
}

function parseLine<Value>(folder: string, number: number): Value {
  return JSON.parse(lineOf(folder, number));
}

function lineOf(folder: string, number: number): string {
  const files = opened.get(folder) ?? open(folder);
  const line = files.byDefault[number];
  if (line !== '') return line ?? '';
  files.others ??= readOthers(folder);
  return files.others[number] ?? '';
}

interface OpenFiles {
  readonly byDefault: readonly string[];
  others?: readonly string[];
}

/** The files of the pack are ASCII, of which Node makes strings fastest with this one. */
const ENCODING = 'latin1';

/** What was read, by the folder of the pack. */
const opened = new Map<string, OpenFiles>();

function open(folder: string): OpenFiles {
  const files = { byDefault: readFileSync(join(folder, 'default.jsonl'), ENCODING).split('\n') };
  opened.set(folder, files);
  return files;
}

function readOthers(folder: string): readonly string[] {
  // Loaded only here: a project with nothing but defaults does without.
  const { brotliDecompressSync } = process.getBuiltinModule('node:zlib');
  return brotliDecompressSync(readFileSync(join(folder, 'others.jsonl.br')))
    .toString(ENCODING)
    .split('\n');
}

function readJson<Value>(folder: string, name: string): Value {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), ENCODING));
}

/**
 * The pack that create-api comes with, as `scripts/build-pack.mjs` writes it: checked and parsed, in files of JSON for what can be
 * chosen, for what that means, and for the texts of each part. Of what has a value on each line, only the lines that a plan needs are
 * parsed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Contribution, foldersIn, type Offer, packOf, partOf, withCells } from '../model/catalog.ts';
import { type Plan, templateKeys } from '../model/plan.ts';
import type { Standard } from '../model/project-record.ts';
import type { Lock, LockConditions, LockedPackage, Templates } from '../model/templates.ts';

/** A lock of a built pack. Locks share most of their packages, so these are in a file for all of them, each on a line. */
interface BuiltLock extends Pick<Lock, 'head'> {
  /** Numbers of those lines, from 0. */
  readonly packages: readonly number[];
}

/** A package of built locks; packages are numbers of `BuiltCrates`. */
interface BuiltPackage {
  readonly crate: number;
  readonly dependencies: readonly number[];
  /** The conditions of its dependencies. */
  readonly conditions?: LockConditions[string];
}

/** The names and origins of all packages of the locks. */
interface BuiltCrates {
  /** `name version`. */
  readonly names: readonly string[];
  /** For each name the number of its source. */
  readonly sourceOf: readonly number[];
  /** The `source` lines. */
  readonly sources: readonly string[];
  /** The checksums of all names one after another, blank for a package of the project itself; base64, which compresses better. */
  readonly checksums: string;
}

/** Length of a checksum: a SHA-256 in base64. */
const CHECKSUM = 44;

/** The catalog of a built pack, with what tells its templates from those of another. */
export interface BuiltCatalog extends Catalog {
  readonly standard: Standard;
}

/** What a contribution adds to a project, apart from what says whether and when it applies. */
type Addition = Omit<Contribution, 'folder'>;

/** A folder's contribution in a built catalog, without what it adds. */
interface BuiltContribution {
  /** The number of the line with that, from 1. */
  readonly line: number;
}

/** Loads the catalog of the built pack in `folder`, without its templates. What a contribution adds is parsed when it is first read. */
export function loadCatalog(folder: string): BuiltCatalog {
  const lines = readLines(folder, 'catalog');
  const catalog: BuiltCatalog = JSON.parse(lines[0] ?? '');
  for (const contribution of foldersIn(catalog)) {
    const { line } = contribution as Contribution & BuiltContribution;
    let parsed: Addition | undefined;
    const addition = (): Addition => (parsed ??= parseContribution(lines[line] ?? ''));
    for (const key of ADDED) Object.defineProperty(contribution, key, { get: () => addition()[key], enumerable: true });
  }
  return catalog;
}

function parseContribution(line: string): Contribution {
  const parsed: Contribution = JSON.parse(line);
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
export function loadTemplates(folder: string, plan: Plan, catalog: Catalog): Templates {
  const needed = new Set(templateKeys(plan).filter((key) => packOf(key) === null));
  const parts = new Set([...needed].map(partOf));
  const contributions = foldersIn(catalog).filter((contribution) => parts.delete(contribution.folder));
  return {
    texts: textsOf(folder, contributions, needed),
    locks: plan.lock === null ? {} : { [plan.lock]: loadLock(folder, plan.lock) },
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
  const entries = contributions.flatMap((contribution) => {
    const keys = keysOf(contribution);
    const lines = keys.length === 0 ? [] : linesOf(folder, contribution.folder);
    const wanted = [...keys.entries()].filter(([, key]) => needed?.has(key) ?? true);
    return wanted.map(([index, key]) => [key, JSON.parse(lines[index] ?? '')] as const);
  });
  return Object.fromEntries(entries);
}

/** The keys of the templates of a folder and of the cells in it, in the order in which its file has their texts. */
export function keysOf(contribution: Contribution): readonly string[] {
  const keys = withCells(contribution).flatMap(({ files, resourceFiles, slots, resourceSlots, types }) => [
    ...[files, resourceFiles, slots, resourceSlots].flat().map(({ template }) => template),
    ...(types === null ? [] : [types]),
  ]);
  return [...new Set(keys)];
}

function loadLock(folder: string, key: string): Lock {
  const { head, packages: numbers } = readJson<BuiltLock>(folder, key);
  const lines = readLines(folder, 'packages');
  const built: readonly BuiltPackage[] = JSON.parse(`[${numbers.map((number) => lines[number])}]`);
  const crates = readJson<BuiltCrates>(folder, 'crates');
  const nameOf = (crate: number) => crates.names[crate] ?? '';
  const packages = built.map(({ crate, dependencies }): LockedPackage => {
    const [name = '', version = ''] = nameOf(crate).split(' ');
    return { name, version, origin: originOf(crate, crates), dependencies: dependencies.map(nameOf) };
  });
  const conditions = built.flatMap(({ crate, conditions }) =>
    conditions === undefined ? [] : [[nameOf(crate), conditions]],
  );
  return { head, packages, conditions: Object.fromEntries(conditions) };
}

function originOf(crate: number, { sourceOf, sources, checksums }: BuiltCrates): string {
  const checksum = checksums.slice(crate * CHECKSUM, (crate + 1) * CHECKSUM).trim();
  const hex = Buffer.from(checksum, 'base64').toString('hex');
  return `${sources[sourceOf[crate] ?? 0]}${hex && `checksum = "${hex}"\n`}`;
}

/** The lines with the texts of a part: in a file of its own if a project has it by default, else in the archive of all others. */
function linesOf(folder: string, part: string): readonly string[] {
  if (existsSync(join(folder, `${part}.jsonl`))) return readLines(folder, part);
  const { starts, lines } = archives.get(folder) ?? readArchive(folder);
  return lines.slice(starts[part]);
}

interface Archive {
  readonly lines: readonly string[];
  /** The number of the first line of each part. */
  readonly starts: Readonly<Record<string, number>>;
}

/** What was read, by the folder of the pack: most projects need several parts of it. */
const archives = new Map<string, Archive>();

function readArchive(folder: string): Archive {
  // Loaded only here: a project with nothing but defaults does without.
  const { brotliDecompressSync } = process.getBuiltinModule('node:zlib');
  const lines = brotliDecompressSync(readFileSync(join(folder, 'others.jsonl.br')))
    .toString()
    .split('\n');
  const archive = { lines, starts: JSON.parse(lines[0] ?? '') };
  archives.set(folder, archive);
  return archive;
}

function readJson<Value>(folder: string, name: string): Value {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

function readLines(folder: string, name: string): readonly string[] {
  return readFileSync(join(folder, `${name}.jsonl`), 'utf8').split('\n');
}

import path from 'node:path';
import type { z } from 'zod/mini';
import type { Axis, AxisId } from '../model/axes.ts';
import {
  type Catalog,
  type CommonContribution,
  type Contribution,
  isPattern,
  type Part,
  type PartFile,
  type SlotFragment,
} from '../model/catalog.ts';
import { PackError, type PackProblem } from '../model/errors.ts';
import {
  CELL,
  type CellManifest,
  type ChoiceManifest,
  COMMON,
  type CommonManifest,
  FORMAT_VERSION,
  LOCK_TABLE,
  type Manifest,
  PACK,
  PART,
  type PartManifest,
  TYPES,
  VERSIONS,
} from '../model/manifest.ts';
import { type PackResource, TRAITS, type Trait } from '../model/resource.ts';
import { parseResource } from '../model/resource-syntax.ts';
import { isSafePath } from '../model/safe-path.ts';
import type { LockConditions, PackSource, PackSources } from '../model/templates.ts';
import { ambiguousKeys, type TypeTable } from '../model/type-table.ts';
import { problemsOfAxes } from './check-axes.ts';
import { problemsOfLockTables } from './check-locks.ts';
import { problemsOfNames } from './check-names.ts';
import { isFundamental, problemsOfRoot, requireCli, requireFormat } from './check-root.ts';
import { orderParts } from './order-parts.ts';
import { readPackFiles } from './pack-files.ts';
import { PackFolder } from './pack-folder.ts';
import { parseManifest } from './parse-manifest.ts';

/** Folders of a contribution that are not cells. */
export const OWN_FOLDERS = ['files', 'slots', 'resource-files', 'resource-slots'];

/** The folder of an axis with what all its parts have in common. */
export const COMMON_FOLDER = 'any';

/** The folder with what parts of different axes have in common. */
export const SHARED = 'shared';

/** The folder with what fields need, by kind and modifier. */
const FIELDS = 'fields';

/** The folder with the Cargo.lock of each structure. */
const LOCKS = 'locks';

export const PACK_FILE = 'pack.json';
export const VERSIONS_FILE = 'versions.json';
export const BASE = 'base';

/** Stand for the required keys of a manifest without them, so that the rest of the pack can be checked. */
const NO_PACK = { formatVersion: FORMAT_VERSION, minCli: '0.0.0' };
const NO_PART = { label: 'Unknown', hint: 'unknown', order: 0 };

/** The ending of files that are rendered; every other file is copied. */
const TEMPLATE_SUFFIX = '.hbs';

export interface Pack {
  readonly catalog: Catalog;
  /** By the key of the template: its path in the pack, or its place in a manifest. */
  readonly sources: PackSources;
  /** Type tables by their paths. */
  readonly tables: Readonly<Record<string, TypeTable>>;
}

/** Reads a pack from its folder for create-api `version`. Throws a `PackError` with every problem. */
export async function readPack(root: string, version: string): Promise<Pack> {
  const { problems, ...pack } = await inspectPack(root, version);
  if (problems.length > 0) throw new PackError(problems);
  return pack;
}

/**
 * Reads a pack from its folder for create-api `version`, with its problems; keys that have one are as if they were absent.
 * Throws a `PackError` if the pack is of another format or for a newer create-api, or its `pack.json` or `versions.json` cannot
 * be read.
 */
export async function inspectPack(
  root: string,
  version: string,
): Promise<Pack & { readonly problems: readonly PackProblem[] }> {
  const problems: PackProblem[] = [];
  const folder = new PackFolder(await readPackFiles(root), problems);
  const reader = new PackReader(folder, problems);
  folder.list([PACK_FILE, VERSIONS_FILE]);
  const pack = reader.manifest(PACK, PACK_FILE, NO_PACK);
  requireFormat(problems);
  requireCli(PACK_FILE, pack.minCli, version);
  const versions = reader.manifest(VERSIONS, VERSIONS_FILE);
  const axes = Object.entries(pack.axes).map(([id, axis]) => ({ id: id as AxisId, ...axis }));
  problems.push(...problemsOfAxes(axes));
  // Everything else is checked against these.
  if (problems.some(isFundamental)) throw new PackError(problems);
  const folders = [BASE, SHARED, FIELDS, LOCKS, ...axes.map((axis) => axis.folder)];
  folder.list(folders);
  const parts = {} as Record<AxisId, readonly Part[]>;
  const any: Partial<Record<AxisId, CommonContribution>> = {};
  for (const axis of axes) {
    parts[axis.id] = reader.axis(axis);
    const common = reader.any(axis);
    if (common !== null) any[axis.id] = common;
  }
  const catalog: Catalog = {
    axes,
    base: reader.base(),
    any,
    shared: reader.shared(),
    fields: reader.fields(),
    additions: [],
    resources: reader.resources(pack.resources),
    teamResources: [],
    resourceTypes: pack.resourceTypes,
    reservedNames: pack.reservedNames,
    callers: pack.callers ?? null,
    parts,
    placement: pack.placement,
    classes: pack.classes,
    seedSlots: pack.seedSlots,
    locks: reader.locks(),
    crateNames: pack.crateNames,
    slots: pack.slots,
    optionalSlots: pack.optionalSlots,
    resourceSlots: pack.resourceSlots,
    crateVersions: versions.crates,
    toolVersions: versions.tools,
  };
  folder.checkUnread();
  problems.push(...problemsOfRoot(folder.otherFolders(folders), folders), ...problemsOfNames(catalog));
  problems.push(...problemsOfLockTables(reader.lockTables, catalog));
  return { catalog, sources: reader.sources, tables: reader.tables, problems };
}

/** Reads the manifests and texts of a pack; what is wrong is added to its problems. */
export class PackReader {
  readonly sources: Record<string, PackSource> = {};
  readonly tables: Record<string, TypeTable> = {};
  readonly lockTables: Record<string, LockConditions> = {};
  readonly #folder: PackFolder;
  readonly #problems: PackProblem[];

  constructor(folder: PackFolder, problems: PackProblem[]) {
    this.#folder = folder;
    this.#problems = problems;
  }

  manifest<Schema extends z.ZodMiniType>(schema: Schema, file: string, required: object = {}): Manifest<Schema> {
    const text = this.#folder.read(file) ?? JSON.stringify(required);
    const { manifest, problems } = parseManifest(schema, text, file, required);
    this.#problems.push(...problems);
    return manifest;
  }

  /** The parts of an axis: those of other packs, which its own may extend, and its own, in the folders `ids`. */
  axis(
    { id: axis, folder }: Axis,
    others: readonly Part[] = [],
    ids = this.#folder.folders(folder).filter((id) => id !== COMMON_FOLDER),
  ): readonly Part[] {
    const manifests = new Map<string, PartManifest>();
    const contributions = new Map<string, CommonContribution>(
      others.flatMap((part) => [
        ...part.inherited.map((inherited, index) => [part.ancestors[index] ?? '', inherited] as const),
        [part.id, part] as const,
      ]),
    );
    for (const id of ids) {
      const manifest = this.manifest(PART, `${folder}/${id}/part.json`, NO_PART);
      manifests.set(id, manifest);
      contributions.set(id, this.#common(`${folder}/${id}`, manifest));
    }
    const parts = [...manifests].flatMap(([id, manifest]) => {
      const ancestors = this.#ancestors(id, folder, manifests, others);
      const inherited = ancestors.flatMap((ancestor) => contributions.get(ancestor) ?? []);
      const contribution = contributions.get(id);
      if (manifest.abstract || contribution === undefined) return [];
      return [{ axis, id, ancestors, inherited, ...contribution, ...choiceOf(manifest) }];
    });
    const extended = new Set(parts.flatMap(({ ancestors }) => ancestors));
    const idle = [...manifests].filter(([id, { abstract }]) => abstract && !extended.has(id));
    this.#problems.push(...idle.map(([id]) => unextended(`${folder}/${id}/part.json`)));
    const all = [...others, ...parts].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
    const { ordered, problems } = orderParts<Omit<Part, 'position'>>(all);
    this.#problems.push(...problems);
    return all.map((part) => ({ ...part, position: ordered.indexOf(part) }));
  }

  /** What the parts of an axis have in common; `null` if they have nothing. */
  any(axis: Axis): CommonContribution | null {
    return this.common(`${axis.folder}/${COMMON_FOLDER}`);
  }

  /** The contribution in a folder that applies without being chosen; `null` if there is nothing. */
  common(folder: string): CommonContribution | null {
    return this.#folder.filesBelow(folder).length > 0 ? this.#commonBelow(folder) : null;
  }

  base(): Part {
    const none = { ancestors: [], inherited: [], before: [], after: [], excludesAxes: [], unsupported: {}, hints: {} };
    const described = { id: BASE, label: 'The base', hint: '', order: 0, position: 0, default: false, optsOut: false };
    return { axis: BASE, ...described, ...none, ...this.#commonBelow(BASE) };
  }

  shared(folder = SHARED): Readonly<Record<string, Contribution>> {
    const shared: Record<string, Contribution> = {};
    for (const name of this.#folder.folders(folder)) shared[name] = this.#cell(`${folder}/${name}`);
    return shared;
  }

  /** The cells in a folder, by their names, without the contribution around them. */
  cells(folder: string): Readonly<Record<string, Contribution>> {
    const cells: Record<string, Contribution> = {};
    for (const id of this.#folder.folders(folder)) {
      if (!OWN_FOLDERS.includes(id)) cells[id] = this.#cell(`${folder}/${id}`);
    }
    return cells;
  }

  /** The keys of the locks, each of which is two files. */
  locks(): readonly string[] {
    const files = this.addSources(LOCKS);
    for (const file of files.filter((name) => name.endsWith('.json'))) {
      const { manifest, problems } = parseManifest(LOCK_TABLE, this.sources[file]?.text ?? '{}', file);
      this.lockTables[file] = manifest;
      if (problems.length > 0) this.sources[file] = { text: JSON.stringify(manifest), isTemplate: false };
      this.#problems.push(...problems);
    }
    return [...new Set(files.map((file) => file.replace(/\.[^.]*$/, '')))];
  }

  fields(): Catalog['fields'] {
    const fields: Partial<Record<Trait, CommonContribution>> = {};
    for (const name of this.#folder.folders(FIELDS)) {
      const trait = TRAITS.find((known) => known === name);
      const file = `${FIELDS}/${name}`;
      const message = `${file}: ${name} is not a kind of field or modifier`;
      if (trait !== undefined) fields[trait] = this.#commonBelow(file);
      else this.#problems.push({ code: 'unknown-folder', file, message, allowed: TRAITS.join(', ') });
    }
    return fields;
  }

  resources(manifests: Manifest<typeof PACK>['resources']): readonly PackResource[] {
    return manifests.flatMap(({ resource: text, title }, index) => {
      const { resource, problems } = parseResource(text);
      const place = { file: PACK_FILE, key: `resources[${index}].resource` };
      const located = (message: string) => `${place.file}: ${place.key}: ${message}`;
      this.#problems.push(...problems.map((problem) => ({ ...problem, ...place, message: located(problem.message) })));
      return resource === null ? [] : [{ ...resource, title: title ?? null }];
    });
  }

  addSources(folder: string): readonly string[] {
    const files = this.#folder.filesBelow(folder);
    for (const file of files) {
      const text = this.#folder.read(file) ?? '';
      this.sources[file] = { text, isTemplate: file.endsWith(TEMPLATE_SUFFIX) };
    }
    return files;
  }

  /** The ids of the parts that a part extends, the most general first. */
  #ancestors(
    id: string,
    folder: string,
    manifests: ReadonlyMap<string, PartManifest>,
    others: readonly Part[],
  ): readonly string[] {
    const ids: string[] = [];
    for (let part = id; ; ) {
      const parent = manifests.get(part)?.extends;
      if (parent === undefined) return ids;
      const file = `${folder}/${part}/part.json`;
      const problem = { code: 'unknown-name', file, key: 'extends', message: `${file}: extends is "${parent}"` };
      const other = others.find((each) => each.id === parent);
      if (other !== undefined) return [...other.ancestors, parent, ...ids];
      if (!manifests.has(parent)) {
        const known = [...others.map((each) => each.id), ...manifests.keys()].filter((known) => known !== id);
        this.#problems.push({ ...problem, allowed: known.join(', ') });
        return ids;
      }
      if (parent === id || ids.includes(parent)) {
        this.#problems.push({ ...problem, message: `${problem.message}, which extends it` });
        return ids;
      }
      ids.unshift(parent);
      part = parent;
    }
  }

  #commonBelow(folder: string): CommonContribution {
    return this.#common(folder, this.#optional(COMMON, folder));
  }

  #common(folder: string, manifest: CommonManifest | PartManifest): CommonContribution {
    const { uses, needsCell } = manifest;
    return { uses, needsCell, ...this.#contribution(folder, manifest) };
  }

  #cell(folder: string): Contribution {
    return this.#contribution(folder, this.#optional(CELL, folder));
  }

  /** The manifest in a folder; it may be missing. */
  #optional<Schema extends z.ZodMiniType>(schema: Schema, folder: string): Manifest<Schema> {
    const file = `${folder}/part.json`;
    return this.#folder.has(file) ? this.manifest(schema, file) : (schema.parse({}) as Manifest<Schema>);
  }

  /** The fragments of a contribution: those in its manifest, then its files. */
  #fragments(
    folder: string,
    { key, files }: { readonly key: 'slots' | 'resourceSlots'; readonly files: string },
    manifest: Pick<CellManifest, 'slots' | 'resourceSlots'>,
  ): readonly SlotFragment[] {
    const inManifest = Object.entries(manifest[key]).flatMap(([slot, lines]) =>
      lines.map((text, index) => {
        const template = `${folder}/part.json#${key}.${slot}[${index}]`;
        this.sources[template] = { text, isTemplate: text.includes('{{') };
        return { slot, template };
      }),
    );
    const inFiles = this.addSources(`${folder}/${files}`).map((template) => ({
      slot: path.posix.basename(withoutSuffix(template)).replace(/\..*$/, ''),
      template,
    }));
    return [...inManifest, ...inFiles];
  }

  /** The files of a contribution in one of its folders. */
  #files(folder: string): readonly PartFile[] {
    const files: PartFile[] = [];
    for (const template of this.addSources(folder)) {
      const file = withoutSuffix(template.slice(`${folder}/`.length));
      const message = `${template}: ${file} cannot be written on every operating system`;
      if (!isSafePath(file)) this.#problems.push({ code: 'unsafe-path', file: template, message });
      files.push({ path: file, template, executable: this.#folder.isExecutable(template) });
    }
    return files;
  }

  /** The key of the type table in a folder; `null` if there is none. */
  #types(folder: string): string | null {
    const file = `${folder}/types.json`;
    if (!this.#folder.has(file)) return null;
    const { $schema, ...table } = this.manifest(TYPES, file);
    for (const [kind, texts] of Object.entries(table)) {
      for (const [a, b] of ambiguousKeys(Object.keys(texts ?? {}))) {
        const message = `${file}: ${kind} has ${a} and ${b}, but no key for fields that both are for`;
        this.#problems.push({ code: 'ambiguous-key', file, key: `${kind}.${a}`, message });
      }
    }
    this.tables[file] = table as TypeTable;
    this.sources[file] = { text: JSON.stringify(table), isTemplate: false };
    return file;
  }

  #contribution(folder: string, manifest: Omit<CellManifest, '$schema'>): Contribution {
    const { crates, env, vars, replaces, overrides, moves, renames } = manifest;
    const resourceFiles = this.#files(`${folder}/resource-files`);
    for (const { path, template } of resourceFiles) {
      const message = `${template}: each resource needs a path of its own`;
      const problem = { code: 'unclear-path', file: template, message, allowed: 'a path with [plural] or [singular]' };
      if (!isPattern(path)) this.#problems.push(problem);
    }
    const added = {
      files: this.#files(`${folder}/files`),
      slots: this.#fragments(folder, { key: 'slots', files: 'slots' }, manifest),
      resourceFiles: resourceFiles.filter(({ path }) => isPattern(path)),
      resourceSlots: this.#fragments(folder, { key: 'resourceSlots', files: 'resource-slots' }, manifest),
      types: this.#types(folder),
    };
    return { folder, crates, env, vars, replaces, overrides, moves, renames, ...added, cells: this.cells(folder) };
  }
}

function unextended(file: string): PackProblem {
  return { code: 'unused-part', file, key: 'abstract', message: `${file}: abstract is true, but no part extends it` };
}

/** The keys of a manifest that describe a choice. */
function choiceOf(manifest: ChoiceManifest) {
  const { label, hint, order, before, after, default: byDefault, optsOut, excludesAxes, unsupported, hints } = manifest;
  return { label, hint, order, before, after, default: byDefault, optsOut, excludesAxes, unsupported, hints };
}

function withoutSuffix(file: string): string {
  return file.endsWith(TEMPLATE_SUFFIX) ? file.slice(0, -TEMPLATE_SUFFIX.length) : file;
}

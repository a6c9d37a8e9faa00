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
import { PackFolder } from './pack-folder.ts';
import { parseManifest } from './parse-manifest.ts';

/** Folders of a contribution that are not cells. */
const OWN_FOLDERS = ['files', 'slots', 'resource-files', 'resource-slots'];

/** The folder of an axis with what all its parts have in common. */
const COMMON_FOLDER = 'any';

/** The folder with what parts of different axes have in common. */
const SHARED = 'shared';

/** The folder with what fields need, by kind and modifier. */
const FIELDS = 'fields';

/** The folder with the Cargo.lock of each structure. */
const LOCKS = 'locks';

const PACK_FILE = 'pack.json';
const VERSIONS_FILE = 'versions.json';
const BASE = 'base';

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
  const folder = new PackFolder(root, problems);
  const reader = new PackReader(folder, problems);
  await folder.list([PACK_FILE, VERSIONS_FILE]);
  const pack = await reader.manifest(PACK, PACK_FILE, NO_PACK);
  requireFormat(problems);
  requireCli(PACK_FILE, pack.minCli, version);
  const versions = await reader.manifest(VERSIONS, VERSIONS_FILE);
  const axes = Object.entries(pack.axes).map(([id, axis]) => ({ id: id as AxisId, ...axis }));
  problems.push(...problemsOfAxes(axes));
  // Everything else is checked against these.
  if (problems.some(isFundamental)) throw new PackError(problems);
  const folders = [BASE, SHARED, FIELDS, LOCKS, ...axes.map((axis) => axis.folder)];
  await folder.list(folders);
  const parts = {} as Record<AxisId, readonly Part[]>;
  const any: Partial<Record<AxisId, CommonContribution>> = {};
  for (const axis of axes) {
    parts[axis.id] = await reader.axis(axis);
    const common = await reader.any(axis);
    if (common !== null) any[axis.id] = common;
  }
  const catalog: Catalog = {
    axes,
    base: await reader.base(),
    any,
    shared: await reader.shared(),
    fields: await reader.fields(),
    resources: reader.resources(pack.resources),
    resourceTypes: pack.resourceTypes,
    reservedNames: pack.reservedNames,
    callers: pack.callers ?? null,
    parts,
    placement: pack.placement,
    classes: pack.classes,
    seedSlots: pack.seedSlots,
    locks: await reader.locks(),
    crateNames: pack.crateNames,
    slots: pack.slots,
    optionalSlots: pack.optionalSlots,
    resourceSlots: pack.resourceSlots,
    crateVersions: versions.crates,
    toolVersions: versions.tools,
  };
  folder.checkUnread();
  problems.push(...(await problemsOfRoot(root, folders)), ...problemsOfNames(catalog));
  problems.push(...problemsOfLockTables(reader.lockTables, catalog));
  return { catalog, sources: reader.sources, tables: reader.tables, problems };
}

class PackReader {
  readonly sources: Record<string, PackSource> = {};
  readonly tables: Record<string, TypeTable> = {};
  readonly lockTables: Record<string, LockConditions> = {};
  readonly #folder: PackFolder;
  readonly #problems: PackProblem[];

  constructor(folder: PackFolder, problems: PackProblem[]) {
    this.#folder = folder;
    this.#problems = problems;
  }

  async manifest<Schema extends z.ZodMiniType>(
    schema: Schema,
    file: string,
    required: object = {},
  ): Promise<Manifest<Schema>> {
    const text = (await this.#folder.read(file)) ?? JSON.stringify(required);
    const { manifest, problems } = parseManifest(schema, text, file, required);
    this.#problems.push(...problems);
    return manifest;
  }

  async axis({ id: axis, folder }: Axis): Promise<readonly Part[]> {
    const ids = this.#folder.folders(folder).filter((id) => id !== COMMON_FOLDER);
    const manifests = new Map<string, PartManifest>();
    const contributions = new Map<string, CommonContribution>();
    for (const id of ids) {
      const manifest = await this.manifest(PART, `${folder}/${id}/part.json`, NO_PART);
      manifests.set(id, manifest);
      contributions.set(id, await this.#common(`${folder}/${id}`, manifest));
    }
    const parts = [...manifests].flatMap(([id, manifest]) => {
      const ancestors = this.#ancestors(id, folder, manifests);
      const inherited = ancestors.flatMap((ancestor) => contributions.get(ancestor) ?? []);
      const contribution = contributions.get(id);
      if (manifest.abstract || contribution === undefined) return [];
      return [{ axis, id, ancestors, inherited, ...contribution, ...choiceOf(manifest) }];
    });
    const extended = new Set(parts.flatMap(({ ancestors }) => ancestors));
    const idle = [...manifests].filter(([id, { abstract }]) => abstract && !extended.has(id));
    this.#problems.push(...idle.map(([id]) => unextended(`${folder}/${id}/part.json`)));
    parts.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
    const { ordered, problems } = orderParts(parts);
    this.#problems.push(...problems);
    return parts.map((part) => ({ ...part, position: ordered.indexOf(part) }));
  }

  /** What the parts of an axis have in common; `null` if they have nothing. */
  async any(axis: Axis): Promise<CommonContribution | null> {
    const folder = `${axis.folder}/${COMMON_FOLDER}`;
    return this.#folder.filesBelow(folder).length > 0 ? this.#commonBelow(folder) : null;
  }

  async base(): Promise<Part> {
    const none = { ancestors: [], inherited: [], before: [], after: [], excludesAxes: [], unsupported: {}, hints: {} };
    const described = { id: BASE, label: 'The base', hint: '', order: 0, position: 0, default: false, optsOut: false };
    return { axis: BASE, ...described, ...none, ...(await this.#commonBelow(BASE)) };
  }

  async shared(): Promise<Readonly<Record<string, Contribution>>> {
    const shared: Record<string, Contribution> = {};
    for (const name of this.#folder.folders(SHARED)) shared[name] = await this.#cell(`${SHARED}/${name}`);
    return shared;
  }

  /** The keys of the locks, each of which is two files. */
  async locks(): Promise<readonly string[]> {
    const files = await this.addSources(LOCKS);
    for (const file of files.filter((name) => name.endsWith('.json'))) {
      const { manifest, problems } = parseManifest(LOCK_TABLE, this.sources[file]?.text ?? '{}', file);
      this.lockTables[file] = manifest;
      if (problems.length > 0) this.sources[file] = { text: JSON.stringify(manifest), isTemplate: false };
      this.#problems.push(...problems);
    }
    return [...new Set(files.map((file) => file.replace(/\.[^.]*$/, '')))];
  }

  async fields(): Promise<Catalog['fields']> {
    const fields: Partial<Record<Trait, CommonContribution>> = {};
    for (const name of this.#folder.folders(FIELDS)) {
      const trait = TRAITS.find((known) => known === name);
      const file = `${FIELDS}/${name}`;
      const message = `${file}: ${name} is not a kind of field or modifier`;
      if (trait !== undefined) fields[trait] = await this.#commonBelow(file);
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

  async addSources(folder: string): Promise<readonly string[]> {
    const files = this.#folder.filesBelow(folder);
    for (const file of files) {
      const text = (await this.#folder.read(file)) ?? '';
      this.sources[file] = { text, isTemplate: file.endsWith(TEMPLATE_SUFFIX) };
    }
    return files;
  }

  /** The ids of the parts that a part extends, the most general first. */
  #ancestors(id: string, folder: string, manifests: ReadonlyMap<string, PartManifest>): readonly string[] {
    const ids: string[] = [];
    for (let part = id; ; ) {
      const parent = manifests.get(part)?.extends;
      if (parent === undefined) return ids;
      const file = `${folder}/${part}/part.json`;
      const problem = { code: 'unknown-name', file, key: 'extends', message: `${file}: extends is "${parent}"` };
      if (!manifests.has(parent)) {
        this.#problems.push({ ...problem, allowed: [...manifests.keys()].filter((known) => known !== id).join(', ') });
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

  async #commonBelow(folder: string): Promise<CommonContribution> {
    return this.#common(folder, await this.#optional(COMMON, folder));
  }

  async #common(folder: string, manifest: CommonManifest | PartManifest): Promise<CommonContribution> {
    const { uses, needsCell } = manifest;
    return { uses, needsCell, ...(await this.#contribution(folder, manifest)) };
  }

  async #cell(folder: string): Promise<Contribution> {
    return this.#contribution(folder, await this.#optional(CELL, folder));
  }

  /** The manifest in a folder; it may be missing. */
  async #optional<Schema extends z.ZodMiniType>(schema: Schema, folder: string): Promise<Manifest<Schema>> {
    const file = `${folder}/part.json`;
    return this.#folder.has(file) ? this.manifest(schema, file) : (schema.parse({}) as Manifest<Schema>);
  }

  /** The fragments of a contribution: those in its manifest, then its files. */
  async #fragments(
    folder: string,
    { key, files }: { readonly key: 'slots' | 'resourceSlots'; readonly files: string },
    manifest: Pick<CellManifest, 'slots' | 'resourceSlots'>,
  ): Promise<readonly SlotFragment[]> {
    const inManifest = Object.entries(manifest[key]).flatMap(([slot, lines]) =>
      lines.map((text, index) => {
        const template = `${folder}/part.json#${key}.${slot}[${index}]`;
        this.sources[template] = { text, isTemplate: text.includes('{{') };
        return { slot, template };
      }),
    );
    const inFiles = (await this.addSources(`${folder}/${files}`)).map((template) => ({
      slot: path.posix.basename(withoutSuffix(template)).replace(/\..*$/, ''),
      template,
    }));
    return [...inManifest, ...inFiles];
  }

  /** The files of a contribution in one of its folders. */
  async #files(folder: string): Promise<readonly PartFile[]> {
    const files: PartFile[] = [];
    for (const template of await this.addSources(folder)) {
      const file = withoutSuffix(template.slice(`${folder}/`.length));
      const message = `${template}: ${file} cannot be written on every operating system`;
      if (!isSafePath(file)) this.#problems.push({ code: 'unsafe-path', file: template, message });
      files.push({ path: file, template, executable: await this.#folder.isExecutable(template) });
    }
    return files;
  }

  /** The key of the type table in a folder; `null` if there is none. */
  async #types(folder: string): Promise<string | null> {
    const file = `${folder}/types.json`;
    if (!this.#folder.has(file)) return null;
    const { $schema, ...table } = await this.manifest(TYPES, file);
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

  async #contribution(folder: string, manifest: Omit<CellManifest, '$schema'>): Promise<Contribution> {
    const { crates, env, vars, replaces, overrides, moves, renames } = manifest;
    const resourceFiles = await this.#files(`${folder}/resource-files`);
    for (const { path, template } of resourceFiles) {
      const message = `${template}: each resource needs a path of its own`;
      const problem = { code: 'unclear-path', file: template, message, allowed: 'a path with [plural] or [singular]' };
      if (!isPattern(path)) this.#problems.push(problem);
    }
    const added = {
      files: await this.#files(`${folder}/files`),
      slots: await this.#fragments(folder, { key: 'slots', files: 'slots' }, manifest),
      resourceFiles: resourceFiles.filter(({ path }) => isPattern(path)),
      resourceSlots: await this.#fragments(folder, { key: 'resourceSlots', files: 'resource-slots' }, manifest),
      types: await this.#types(folder),
    };
    const cells: Record<string, Contribution> = {};
    for (const id of this.#folder.folders(folder)) {
      if (!OWN_FOLDERS.includes(id)) cells[id] = await this.#cell(`${folder}/${id}`);
    }
    return { folder, crates, env, vars, replaces, overrides, moves, renames, ...added, cells };
  }
}

function unextended(file: string): PackProblem {
  return { code: 'unused-part', file, key: 'abstract', message: `${file}: abstract is true, but no part extends it` };
}

/** The keys of a manifest that describe a choice. */
function choiceOf(manifest: ChoiceManifest) {
  const { label, hint, order, before, after, default: isDefault, optsOut, excludesAxes, unsupported, hints } = manifest;
  return { label, hint, order, before, after, default: isDefault, optsOut, excludesAxes, unsupported, hints };
}

function withoutSuffix(file: string): string {
  return file.endsWith(TEMPLATE_SUFFIX) ? file.slice(0, -TEMPLATE_SUFFIX.length) : file;
}

import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  AXES,
  type AxisId,
  absentPart,
  type Catalog,
  type Contribution,
  type Part,
  type PartFile,
} from '../model/catalog.ts';
import {
  parseContribution,
  parseInheritance,
  parsePart,
  parsePlacement,
  parseRecord,
  parseStrings,
} from './manifest.ts';

/** The folder of each axis in a pack. */
const FOLDERS: Readonly<Record<AxisId, string>> = {
  framework: 'frameworks',
  dbLayer: 'db-layers',
  database: 'databases',
  auth: 'auth',
  middleware: 'middleware',
  features: 'features',
};

/** Folders of a contribution that are not cells. */
const OWN_FOLDERS = new Set(['files', 'slots']);

/** The folder of an axis with what all its parts have in common. */
const COMMON = 'any';

/** The folder with what parts of different axes have in common. */
const SHARED = 'shared';

/** The ending of files that are rendered; every other file is copied. */
export const TEMPLATE_SUFFIX = '.hbs';

export interface Pack {
  readonly catalog: Catalog;
  /** Template key (its path in the pack) → source text. */
  readonly sources: Readonly<Record<string, string>>;
}

/**
 * Reads a pack from its folder.
 * Throws an Error that names the file if a manifest is malformed, a cell names no part, or a slot is not declared.
 */
export async function readPack(root: string): Promise<Pack> {
  const reader = new PackReader(root);
  const parts = {} as Record<AxisId, readonly Part[]>;
  const any: Partial<Record<AxisId, Contribution>> = {};
  for (const axis of AXES) {
    parts[axis] = await reader.axis(axis);
    const common = await reader.common(axis);
    if (common !== null) any[axis] = common;
  }
  const base = await reader.part('base', 'base');
  const pack = await reader.json('pack.json');
  const slots = parseStrings(pack, 'slots', 'pack.json');
  const versions = await reader.json('versions.json');
  await reader.addSources('locks');
  const catalog: Catalog = {
    base,
    any,
    shared: await reader.shared(),
    parts,
    placement: parsePlacement(pack, 'pack.json'),
    slots,
    crateVersions: parseRecord(versions, 'crates', 'versions.json'),
    toolVersions: parseRecord(versions, 'tools', 'versions.json'),
  };
  checkNames(catalog);
  return { catalog, sources: reader.sources };
}

class PackReader {
  readonly sources: Record<string, string> = {};
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async axis(axis: AxisId): Promise<readonly Part[]> {
    const folder = FOLDERS[axis];
    const parts: Part[] = [];
    const ids = (await this.#folders(folder)).filter((id) => id !== COMMON);
    for (const id of ids) {
      const { abstract } = parseInheritance(await this.json(`${folder}/${id}/part.json`), `${folder}/${id}/part.json`);
      if (!abstract) parts.push(await this.part(axis, `${folder}/${id}`));
    }
    return parts.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  async common(axis: AxisId): Promise<Contribution | null> {
    const folder = `${FOLDERS[axis]}/${COMMON}`;
    return (await this.#exists(folder)) ? this.#contributionBelow(folder) : null;
  }

  async shared(): Promise<Readonly<Record<string, Contribution>>> {
    const shared: Record<string, Contribution> = {};
    for (const name of await this.#folders(SHARED)) shared[name] = await this.#contributionBelow(`${SHARED}/${name}`);
    return shared;
  }

  async part(axis: AxisId | 'base', folder: string): Promise<Part> {
    const manifest = await this.json(`${folder}/part.json`);
    const contribution = await this.#contribution(folder, manifest);
    const ancestors = await this.#ancestors(folder);
    const inherited: Contribution[] = [];
    for (const id of ancestors) inherited.push(await this.#contributionBelow(path.posix.join(folder, '..', id)));
    return {
      axis,
      id: path.posix.basename(folder),
      ancestors,
      inherited,
      ...parsePart(manifest, `${folder}/part.json`),
      ...contribution,
    };
  }

  /** The ids of the parts that the part in this folder extends, the most general first. */
  async #ancestors(folder: string): Promise<readonly string[]> {
    const ids: string[] = [];
    let file = `${folder}/part.json`;
    for (;;) {
      const parent = parseInheritance(await this.json(file), file).extends;
      if (parent === null) return ids;
      const next = path.posix.join(folder, '..', parent, 'part.json');
      if (!(await this.#exists(next))) throw new Error(`${file}: extends "${parent}", which is not a part of its axis`);
      if (ids.includes(parent) || parent === path.posix.basename(folder)) {
        throw new Error(`${file}: extends "${parent}", which extends it`);
      }
      ids.unshift(parent);
      file = next;
    }
  }

  async json(file: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(path.join(this.#root, file), 'utf8'));
    } catch (error) {
      throw new Error(`${file}: ${(error as Error).message}`);
    }
  }

  async addSources(folder: string): Promise<readonly string[]> {
    const files = await this.#filesBelow(folder);
    for (const file of files) this.sources[file] = await readFile(path.join(this.#root, file), 'utf8');
    return files;
  }

  async #contribution(folder: string, manifest: unknown): Promise<Contribution> {
    const files: PartFile[] = [];
    for (const template of await this.addSources(`${folder}/files`)) {
      const mode = (await stat(path.join(this.#root, template))).mode;
      files.push({
        path: withoutSuffix(template.slice(`${folder}/files/`.length)),
        template,
        executable: (mode & 0o100) !== 0,
      });
    }
    const slots = (await this.addSources(`${folder}/slots`)).map((template) => ({
      slot: path.posix.basename(withoutSuffix(template)).replace(/\..*$/, ''),
      template,
    }));
    const cells: Record<string, Contribution> = {};
    for (const id of await this.#folders(folder)) {
      if (OWN_FOLDERS.has(id)) continue;
      cells[id] = await this.#contributionBelow(`${folder}/${id}`);
    }
    return { ...parseContribution(manifest, `${folder}/part.json`), files, slots, cells };
  }

  /** Reads the contribution in a folder; its manifest is optional. */
  async #contributionBelow(folder: string): Promise<Contribution> {
    const file = `${folder}/part.json`;
    return this.#contribution(folder, (await this.#exists(file)) ? await this.json(file) : {});
  }

  async #exists(file: string): Promise<boolean> {
    return stat(path.join(this.#root, file)).then(
      () => true,
      () => false,
    );
  }

  async #folders(folder: string): Promise<readonly string[]> {
    return (await this.#entries(folder)).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  }

  async #filesBelow(folder: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const entry of await this.#entries(folder)) {
      const file = `${folder}/${entry.name}`;
      if (entry.isDirectory()) found.push(...(await this.#filesBelow(file)));
      else found.push(file);
    }
    return found;
  }

  /** Sorted, so that the catalog does not depend on the file system; a missing folder is empty. */
  async #entries(folder: string) {
    if (!(await this.#exists(folder))) return [];
    const entries = await readdir(path.join(this.#root, folder), { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function withoutSuffix(file: string): string {
  return file.endsWith(TEMPLATE_SUFFIX) ? file.slice(0, -TEMPLATE_SUFFIX.length) : file;
}

/** Checks that every cell names exactly one part, as `id` or `axis.id`, and that every slot is declared. */
function checkNames(catalog: Catalog): void {
  const parts = [catalog.base, ...AXES.flatMap((axis) => catalog.parts[axis])];
  const ids = parts.flatMap((part) => [part.id, ...part.ancestors].map((id) => `${part.axis}.${id}`));
  const names = [...new Set(ids)].flatMap((id) => [id, id.slice(id.indexOf('.') + 1)]);
  const check = (contribution: Contribution, where: string): void => {
    const unknown = contribution.uses.find((name) => !(name in catalog.shared));
    if (unknown !== undefined) throw new Error(`${where}: uses "${unknown}", which is not a folder of ${SHARED}/`);
    for (const { slot, template } of contribution.slots) {
      if (!catalog.slots.includes(slot)) throw new Error(`${template}: pack.json declares no slot "${slot}"`);
    }
    for (const [id, cell] of Object.entries(contribution.cells)) {
      const name = absentPart(id) ?? id;
      const count = names.filter((known) => known === name).length;
      if (count !== 1) throw new Error(`${where}/${id}: a cell must be named after one part, "${name}" names ${count}`);
      check(cell, `${where}/${id}`);
    }
  };
  for (const part of parts) {
    for (const contribution of [...part.inherited, part]) check(contribution, `${part.axis}/${part.id}`);
  }
  for (const [axis, common] of Object.entries(catalog.any)) check(common, `${axis}/${COMMON}`);
  for (const [name, shared] of Object.entries(catalog.shared)) check(shared, `${SHARED}/${name}`);
}

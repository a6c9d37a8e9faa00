/** Reads a team's pack, which adds to the pack that create-api comes with. It comes from elsewhere, so anything may be in it. */
import type { Axis, AxisId } from '../model/axes.ts';
import { type Catalog, type Part, packOf, partsIn, prefixOf } from '../model/catalog.ts';
import { PackError, type PackProblem } from '../model/errors.ts';
import { FORMAT_VERSION, type Manifest, TEAM_PACK, VERSIONS } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import { parseResource } from '../model/resource-syntax.ts';
import { problemsOfNames } from './check-names.ts';
import { problemsOfRoot, requireCli, requireFormat } from './check-root.ts';
import type { PackFiles } from './pack-files.ts';
import { PackFolder } from './pack-folder.ts';
import {
  BASE,
  COMMON_FOLDER,
  OWN_FOLDERS,
  PACK_FILE,
  type Pack,
  PackReader,
  SHARED,
  VERSIONS_FILE,
} from './read-pack.ts';

/** A team's pack together with the packs that it adds to. */
export interface TeamPack extends Pack {
  readonly name: string;
}

const NO_PACK = { formatVersion: FORMAT_VERSION, minCli: '0.0.0', name: 'unnamed' };

/**
 * Reads a pack for create-api `version`, and adds it to `catalog`. `sources` and `tables` are only its own. Keys that
 * have a problem are as if they were absent. Throws a `PackError` if it cannot be read at all.
 */
export function inspectTeamPack<Known extends Catalog>(
  files: PackFiles,
  version: string,
  catalog: Known,
): TeamPack & { readonly catalog: Known; readonly problems: readonly PackProblem[] } {
  const { name } = readTeamManifest(files, version);
  const prefix = prefixOf(name);
  const problems: PackProblem[] = [];
  const folder = new PackFolder(files, problems, prefix);
  const reader = new PackReader(folder, problems);
  const there = (file: string) => `${prefix}${file}`;
  const axes = catalog.axes.map((axis): Axis => ({ ...axis, folder: there(axis.folder) }));
  const roots = rootsOf(catalog);
  folder.list([PACK_FILE, VERSIONS_FILE, ...roots].map(there));
  const pack = reader.manifest(TEAM_PACK, there(PACK_FILE), NO_PACK);
  const versions = folder.has(there(VERSIONS_FILE))
    ? reader.manifest(VERSIONS, there(VERSIONS_FILE))
    : { crates: {}, tools: {} };
  const parts = {} as Record<AxisId, readonly Part[]>;
  for (const axis of axes) parts[axis.id] = axisWith(axis, catalog, { folder, reader, problems });
  const shared = reader.shared(there(SHARED));
  const addition = reader.common(there(BASE));
  folder.checkUnread();
  problems.push(
    ...takenNames(there(VERSIONS_FILE), 'crates', versions.crates, catalog.crateVersions),
    ...takenNames(there(VERSIONS_FILE), 'tools', versions.tools, catalog.toolVersions),
    ...problemsOfRoot(folder.otherFolders(roots), roots).map((problem) => ({ ...problem, file: there(problem.file) })),
    ...Object.entries(shared).flatMap(([id, { folder: own }]) => taken(own, id, catalog.shared[id]?.folder)),
  );
  const merged: Known = {
    ...catalog,
    parts,
    shared: { ...catalog.shared, ...shared },
    additions: [...catalog.additions, ...(addition === null ? [] : [addition])],
    teamResources: [...catalog.teamResources, ...resourcesOf(pack, there(PACK_FILE), problems)],
    reservedNames: union(catalog.reservedNames, pack.reservedNames),
    crateNames: union(catalog.crateNames, pack.crateNames),
    classes: {
      managed: union(catalog.classes.managed, pack.classes.managed),
      seed: union(catalog.classes.seed, pack.classes.seed),
    },
    slots: union(catalog.slots, pack.slots),
    optionalSlots: union(catalog.optionalSlots, pack.optionalSlots),
    crateVersions: { ...versions.crates, ...catalog.crateVersions },
    toolVersions: { ...versions.tools, ...catalog.toolVersions },
  };
  problems.push(...problemsOfNames(merged).map((problem) => inPack(problem, prefix)));
  const { sources, tables } = reader;
  return { name, catalog: merged, sources, tables, problems };
}

/** The files that a team's pack consists of, and not what is beside them, such as its README. */
export function filesOfPack({ files }: PackFiles, catalog: Pick<Catalog, 'axes'>): PackFiles['files'] {
  const names = new Set([PACK_FILE, VERSIONS_FILE, ...rootsOf(catalog)]);
  return new Map([...files].filter(([path]) => names.has(path.split('/', 1)[0] ?? '')));
}

/** The folders at the root of a team's pack. */
function rootsOf({ axes }: Pick<Catalog, 'axes'>): readonly string[] {
  return [BASE, SHARED, ...axes.map(({ folder }) => folder)];
}

/** Whether files are those of a team's pack: one that create-api could come with has axes instead of a name. */
export function isTeamPack({ files }: PackFiles): boolean {
  const text = new TextDecoder().decode(files.get(PACK_FILE)?.bytes);
  return /"name"\s*:/.test(text) && !/"axes"\s*:/.test(text);
}

/** Reads `pack.json` by itself, whose name everything else has in front. Throws a `PackError` if anything is wrong in it. */
export function readTeamManifest(files: PackFiles, version: string): Manifest<typeof TEAM_PACK> {
  const problems: PackProblem[] = [];
  const folder = new PackFolder(files, problems);
  folder.list([PACK_FILE]);
  const manifest = new PackReader(folder, problems).manifest(TEAM_PACK, PACK_FILE, NO_PACK);
  requireFormat(problems);
  requireCli(PACK_FILE, manifest.minCli, version);
  if (problems.length > 0) throw new PackError(problems);
  return manifest;
}

interface Reading {
  readonly folder: PackFolder;
  readonly reader: PackReader;
  readonly problems: PackProblem[];
}

/**
 * The parts of an axis with those of the pack. A folder that is called like a part of another pack has cells for it, whose names
 * that part does not have.
 */
function axisWith(axis: Axis, catalog: Catalog, { folder, reader, problems }: Reading): readonly Part[] {
  const known = catalog.parts[axis.id];
  const ids = folder.folders(axis.folder);
  const owned: string[] = [];
  const completed = new Map<string, Part>();
  for (const id of ids) {
    const own = `${axis.folder}/${id}`;
    const part = known.find((each) => each.id === id);
    if (part === undefined && id !== COMMON_FOLDER) {
      owned.push(id);
      problems.push(...namesake(own, id, catalog));
      continue;
    }
    const others = folder.filesBelow(own).filter((file) => {
      const [first = '', ...rest] = file.slice(own.length + 1).split('/');
      return rest.length === 0 || OWN_FOLDERS.includes(first);
    });
    problems.push(...others.map((file) => notACell(file, part?.folder ?? `${axis.folder}/${COMMON_FOLDER}`, id)));
    if (part === undefined) continue;
    const cells = reader.cells(own);
    problems.push(
      ...Object.entries(cells).flatMap(([cell, { folder: there }]) => taken(there, cell, part.cells[cell]?.folder)),
    );
    completed.set(id, { ...part, cells: { ...cells, ...part.cells } });
  }
  const withCells = known.map((part) => ({
    ...(completed.get(part.id) ?? part),
    inherited: part.inherited.map((from, index) => completed.get(part.ancestors[index] ?? '') ?? from),
  }));
  return reader.axis(axis, withCells, owned);
}

/** A problem if a part of another axis has an id: it is also the name of cells, and of a module. */
function namesake(folder: string, id: string, catalog: Catalog): readonly PackProblem[] {
  return taken(folder, id, partsIn(catalog).find((part) => part.id === id)?.folder);
}

function taken(folder: string, name: string, owner: string | undefined): readonly PackProblem[] {
  if (owner === undefined) return [];
  const message = `${folder}: ${name} is the name of ${owner} already`;
  return [{ code: 'taken-name', file: folder, message, allowed: 'a name that no other pack has' }];
}

function notACell(file: string, part: string, id: string): PackProblem {
  const message = `${file}: a pack can add only cells to ${part}, which another pack brings`;
  const allowed = `base/${id}/, which applies to projects with ${id}`;
  return { code: 'not-a-cell', file, message, allowed };
}

function takenNames(
  file: string,
  key: string,
  versions: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>>,
): readonly PackProblem[] {
  return Object.entries(versions)
    .filter(([name, version]) => Object.hasOwn(known, name) && known[name] !== version)
    .map(([name, version]) => ({
      ...{ code: 'other-version', file, key: `${key}.${name}`, allowed: `${known[name]}` },
      message: `${file}: ${key}.${name} is ${version}, but create-api or another pack has ${known[name]}`,
    }));
}

function resourcesOf(
  { resources }: Manifest<typeof TEAM_PACK>,
  file: string,
  problems: PackProblem[],
): readonly Resource[] {
  return resources.flatMap((text, index) => {
    const { resource, problems: wrong } = parseResource(text);
    const key = `resources[${index}]`;
    problems.push(...wrong.map((each) => ({ ...each, file, key, message: `${file}: ${key}: ${each.message}` })));
    return resource ?? [];
  });
}

/** A problem in `pack.json` is in that of the pack which was read last: the others had none. */
function inPack(problem: PackProblem, prefix: string): PackProblem {
  if (packOf(problem.file) !== null || problem.file !== PACK_FILE) return problem;
  const file = `${prefix}${PACK_FILE}`;
  return { ...problem, file, message: problem.message.replace(PACK_FILE, file) };
}

function union(known: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...known, ...added])];
}

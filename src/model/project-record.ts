/**
 * What a project has about itself in `.create-api/`, committed with it: the lock, which says what it was rendered from, the base,
 * which has every file as it was rendered, and the files of its packs. With them it can be changed later, offline, by another version
 * of create-api.
 */
import { createHash } from 'node:crypto';
import type { Answers, Origins } from './answers.ts';
import type { Axis } from './axes.ts';
import type { FileClass, FileSet, RenderedFile } from './files.ts';
import type { MigrationVersions } from './migrations.ts';
import type { Placement } from './plan.ts';
import type { SourcedPolicy } from './policy.ts';
import { printResource } from './resource-syntax.ts';
import type { SourceFile } from './source.ts';

export const LOCK_FILE = '.create-api/lock.json';
export const BASE_FILE = '.create-api/base.jsonl';
/** Only in projects with packs. */
export const PACKS_FILE = '.create-api/packs.jsonl';

/** The version of the format of these files. Version 1 has no origins and no packs. */
export const RECORD_VERSION = 2;

/** What a project may have at most. */
export const MOST_PACKS = 20;
export const MOST_PRESETS = 50;

/** The templates that a project is rendered from. */
export interface Standard {
  /** The version of create-api. */
  readonly version: string;
  /** Hash of the pack, which is the same for the same templates. */
  readonly integrity: string;
}

/** A team's pack that a project was rendered from. */
export interface PinnedPack {
  readonly name: string;
  /** Where it is: a folder, relative to the project if possible, a package or a commit. */
  readonly source: string;
  /** Hash of its files. */
  readonly integrity: string;
}

/** A team's pack with its files, by their paths in it. */
export interface PackContent {
  readonly name: string;
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** A preset that answers came from: its source, and the hash of its content then. */
export interface RecordedPreset {
  readonly source: string;
  readonly integrity: string;
}

/** What a project was rendered from. */
export interface ProjectLock {
  readonly standard: Standard;
  /** In the order in which they apply. */
  readonly packs: readonly PinnedPack[];
  readonly answers: Answers;
  readonly origins: Origins;
  readonly presets: readonly RecordedPreset[];
  /** The policies that were in force when it was last changed. */
  readonly policies: readonly SourcedPolicy[];
  readonly placement: Placement;
  readonly migrations: MigrationVersions;
  /** Rendered files that the user deleted; sorted. */
  readonly deleted: readonly string[];
}

/** A file as it was rendered. */
export type BaseFile = Pick<RenderedFile, 'path' | 'text' | 'executable'> & { readonly class: FileClass };

/** Adds the record to the files of a new project, which is rendered from `packs`. */
export function withRecord(
  files: FileSet,
  lock: ProjectLock,
  axes: readonly Axis[],
  packs: readonly PackContent[],
): FileSet {
  const base = files.map(({ path, text, executable, origin }) => ({ path, text, executable, class: origin.class }));
  const record = [
    { path: LOCK_FILE, text: printLock(lock, axes) },
    { path: BASE_FILE, text: printBase(base) },
    ...(packs.length === 0 ? [] : [{ path: PACKS_FILE, text: printPacks(packs) }]),
  ].map((file): RenderedFile => ({ ...file, executable: false, origin: ORIGIN }));
  return [...files, ...record].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const ORIGIN = { part: 'create-api', template: 'create-api', class: 'managed' } as const;

/** Writes a lock as JSON: the same lock in the same bytes. */
export function printLock(lock: ProjectLock, axes: readonly Axis[]): string {
  const { standard, packs, answers, origins, presets, policies, placement, migrations, deleted } = lock;
  const { name, description, resources } = answers;
  const keys = ['name', 'description', ...axes.map(({ id }) => id), 'resources'] as const;
  const json = {
    formatVersion: RECORD_VERSION,
    createApi: standard.version,
    integrity: standard.integrity,
    ...(packs.length > 0 && { packs: packs.map(({ name, source, integrity }) => ({ name, source, integrity })) }),
    answers: {
      name,
      description,
      ...Object.fromEntries(axes.map(({ id }) => [id, answers[id]])),
      resources: resources.map(printResource),
    },
    origins: Object.fromEntries(keys.flatMap((key) => (origins[key] === undefined ? [] : [[key, origins[key]]]))),
    ...(presets.length > 0 && { presets: presets.map(({ source, integrity }) => ({ source, integrity })) }),
    ...(policies.length > 0 && { policies: policies.map(({ source, policy }) => ({ source, policy })) }),
    placement: {
      workspace: placement.workspace,
      inWorkspace: placement.inWorkspace,
      inRepository: placement.inRepository,
    },
    ...(Object.keys(migrations).length > 0 && { migrations: sorted(migrations) }),
    deleted,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** Sorted by key. */
function sorted(versions: MigrationVersions): MigrationVersions {
  return Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes a base: a JSON object a line, by path, so that git can store and merge it as text. */
export function printBase(files: readonly BaseFile[]): string {
  const lines = files.map((file) => {
    const { path, text, executable } = file;
    return JSON.stringify({ path, sha256: sha256(text), class: file.class, executable, text });
  });
  return `${lines.join('\n')}\n`;
}

/** Writes the files of packs, which are text: a JSON object a line, by pack and path. */
export function printPacks(packs: readonly PackContent[]): string {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const sorted = [...packs].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = sorted.flatMap(({ name, files }) =>
    [...files].map(([path, { bytes, executable }]) =>
      JSON.stringify({ pack: name, path, executable, text: utf8.decode(bytes) }),
    ),
  );
  return `${lines.join('\n')}\n`;
}

/** The hash of a text, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

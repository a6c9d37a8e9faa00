/** Loads a preset with everything that it extends, from files, packages and repositories. */
import { dirname, isAbsolute, join, posix, resolve } from 'node:path';
import type { Problem } from '../../model/errors.ts';
import type { SourcedPolicy } from '../../model/policy.ts';
import { MOST_PRESETS } from '../../model/project-record.ts';
import { type FetchedSource, parseSource, printSource, type Source, type SourceFiles } from '../../model/source.ts';
import { extendPreset, type Preset, readPreset, type UsedPreset } from '../../options/preset.ts';
import { isFolder, readFetchedFile, readTeamFile } from '../../project/team-file.ts';
import type { Context } from '../context.ts';
import { policyAxes } from '../policy/policy-axes.ts';
import type { CreateOptions } from './create-options.ts';

/** A preset with everything that it extends. */
export interface LoadedPreset {
  readonly preset: Preset;
  /** Those that take part, the weakest first. */
  readonly used: readonly UsedPreset[];
  /** What they demand; the source is the name of the preset. */
  readonly policies: readonly PresetPolicy[];
  /** The packs of all of them, in the same order. */
  readonly packs: readonly PresetPack[];
  readonly problems: readonly Problem[];
}

/** The policy of a preset. */
export type PresetPolicy = Pick<SourcedPolicy, 'policy'> & { readonly preset: UsedPreset };

/** A pack that a preset wants; a folder is relative to `base`. */
export interface PresetPack {
  readonly source: string;
  readonly base: string;
}

/** The file of a preset in a package, repository or folder that does not say another. */
const DEFAULT_FILE = 'preset.json';

const DEEPEST = 10;

/** Where the relative paths in a preset start. */
type Place =
  | { readonly kind: 'folder'; readonly folder: string; readonly shown: string }
  | {
      readonly kind: 'fetched';
      readonly source: FetchedSource;
      readonly content: SourceFiles;
      readonly folder: string;
    };

/** A file that was found. */
interface Found {
  readonly name: string;
  /** The same for the same file. */
  readonly id: string;
  readonly text: string;
  readonly path: string | null;
  readonly integrity: string;
  /** For what it extends. */
  readonly place: Place;
}

type Loading = Pick<Context, 'env' | 'signal'> & {
  readonly options: Pick<CreateOptions, 'all' | 'axes'>;
  readonly problems: Problem[];
  readonly used: UsedPreset[];
  readonly policies: PresetPolicy[];
  readonly packs: PresetPack[];
  /** Presets that were loaded, by id. */
  readonly loaded: Map<string, Preset>;
};

const NOTHING: Preset = { values: {} };

/**
 * Loads the preset that `name` is the source of; a path in it is relative to `context.cwd`. Throws an `ExpectedError` if something cannot
 * be fetched, or is hostile; all other problems are returned.
 */
export async function loadPreset(
  name: string,
  context: Pick<Context, 'cwd' | 'env' | 'signal'>,
  options: Pick<CreateOptions, 'all' | 'axes'>,
): Promise<LoadedPreset> {
  const { cwd, env, signal } = context;
  const loading = {
    env,
    signal,
    options,
    problems: [],
    used: [],
    policies: [],
    packs: [],
    loaded: new Map(),
  };
  const preset = await load(name, { kind: 'folder', folder: cwd, shown: '' }, [], loading);
  return { preset, used: loading.used, policies: loading.policies, packs: loading.packs, problems: loading.problems };
}

async function load(name: string, from: Place, chain: readonly Found[], loading: Loading): Promise<Preset> {
  const { options, problems, loaded, used } = loading;
  const found = await find(name, from, chain, loading);
  if ('problem' in found) {
    const by = chain.at(-1);
    const { problem } = found;
    problems.push(
      by === undefined ? problem : { ...problem, message: `${by.name} extends ${name}: ${problem.message}` },
    );
    return NOTHING;
  }
  const names = [...chain, found].map((each) => each.name).join(' → ');
  if (chain.some(({ id }) => id === found.id)) return refuse(`the presets extend each other in a circle: ${names}`);
  if (chain.length >= DEEPEST) return refuse(`presets extend each other more than ${DEEPEST} times: ${names}`);
  const before = loaded.get(found.id);
  if (before !== undefined) return before;
  if (loaded.size >= MOST_PRESETS) return refuse(`there are more than ${MOST_PRESETS} presets: ${names}`);
  loaded.set(found.id, NOTHING);
  const { preset, problems: wrong } = readPreset(found.name, found.text, options.all);
  problems.push(...wrong);
  let merged = NOTHING;
  for (const source of preset.extends) {
    merged = extendPreset(merged, await load(source, found.place, [...chain, found], loading), options.all);
  }
  merged = extendPreset(merged, preset, options.all);
  loaded.set(found.id, merged);
  for (const source of preset.packs) addPack(source, found, loading);
  const own = { name: found.name, path: found.path, integrity: found.integrity, about: preset.about };
  used.push(own);
  if (preset.policy !== undefined) {
    const { readPolicy } = await import('../../catalog/read-policy.ts');
    const text = JSON.stringify(preset.policy);
    const { policy, problems: ofPolicy } = readPolicy(text, `${found.name}: policy`, policyAxes(options.axes));
    problems.push(...ofPolicy);
    loading.policies.push({ policy, preset: own });
  }
  return merged;

  function refuse(message: string): Preset {
    problems.push({ code: 'invalid-preset', message });
    return NOTHING;
  }
}

/** Adds a pack of a preset, once; one that cannot be meant is a problem. */
function addPack(text: string, { name, place }: Found, { packs, problems }: Loading): void {
  const parsed = parseSource(text);
  const pack = 'problem' in parsed ? parsed : packAt(parsed.source, text, place);
  if ('problem' in pack)
    problems.push({ ...pack.problem, message: `${name} has the pack ${text}: ${pack.problem.message}` });
  else if (packs.every(({ source, base }) => source !== pack.source || base !== pack.base)) packs.push(pack);
}

function packAt(source: Source, text: string, place: Place): PresetPack | { readonly problem: Problem } {
  if (place.kind === 'folder') return { source: text, base: place.folder };
  if (source.kind === 'git' && source.url.startsWith('file:')) return leaving(text);
  if (source.kind !== 'path') return { source: text, base: '' };
  const path = pathBeside(source.path, place.folder);
  return path === null ? leaving(text) : { source: printSource({ ...place.source, path }), base: '' };
}

type Finding = Found | { readonly problem: Problem };

async function find(name: string, from: Place, chain: readonly Found[], loading: Loading): Promise<Finding> {
  const parsed = parseSource(name);
  if ('problem' in parsed) return parsed;
  const { source } = parsed;
  if (source.kind === 'path') {
    if (from.kind === 'fetched') return beside(source.path, from);
    // What a person types may be there, but not what a preset says.
    const isElsewhere = chain.length > 0 && /^[\\/]{2}/.test(source.path);
    return isElsewhere
      ? { problem: { code: 'cannot-read-preset', message: 'it is on another machine' } }
      : onDisk(source.path, from);
  }
  // What was fetched may not look around on this machine.
  if (from.kind === 'fetched' && source.kind === 'git' && source.url.startsWith('file:')) return leaving(name);
  const whole = { ...source, path: '' };
  const content = await fetchLazily(whole, loading);
  return inFetched(source.path, { kind: 'fetched', source: whole, content, folder: '' });
}

async function fetchLazily(source: FetchedSource, { env, signal }: Loading): Promise<SourceFiles> {
  const { fetchSource } = await import('../../sources/fetch-source.ts');
  return fetchSource(source, { cwd: '', env, signal });
}

async function onDisk(typed: string, { folder, shown }: Place & { readonly kind: 'folder' }): Promise<Finding> {
  const given = resolve(folder, typed);
  const named = isAbsolute(typed) ? typed : join(shown, typed);
  const [path, name] = isFolder(given) ? [join(given, DEFAULT_FILE), join(named, DEFAULT_FILE)] : [given, named];
  const read = readTeamFile(path, 'preset');
  if ('problem' in read) return read;
  const { sha256 } = await import('../../model/project-record.ts');
  const integrity = `sha256-${Buffer.from(sha256(read.text), 'hex').toString('base64')}`;
  const place = { kind: 'folder', folder: dirname(path), shown: dirname(name) } as const;
  return { name, id: path, text: read.text, path, integrity, place };
}

/** A file beside one in a package or repository. */
function beside(typed: string, from: Place & { readonly kind: 'fetched' }): Finding {
  const path = pathBeside(typed, from.folder);
  return path === null ? leaving(typed) : inFetched(path, from);
}

/** The path in a package or repository of what is typed in a file in one of its folders; `null` if it leaves it. */
function pathBeside(typed: string, folder: string): string | null {
  const path = posix.normalize(posix.join(folder, typed));
  if (isAbsolute(typed) || /\\|^[a-z]:/i.test(typed) || path.startsWith('../') || path === '..') return null;
  return path === '.' || path === './' ? '' : path.replace(/\/$/, '');
}

function inFetched(path: string, from: Place & { readonly kind: 'fetched' }): Finding {
  const { content, source } = from;
  const isWhole = path === '' || [...content.files.keys()].some((each) => each.startsWith(`${path}/`));
  const place = isWhole ? posix.join(path, DEFAULT_FILE) : path;
  const name = printSource({ ...source, path: place });
  const file = content.files.get(place);
  if (file === undefined) {
    const reason = content.special.get(place) ?? 'is not in it';
    const jsons = [...content.files.keys()].filter((each) => /(?:^|\/)[^/]*preset[^/]*\.json$/.test(each)).slice(0, 10);
    const allowed =
      jsons.length === 0 ? {} : { allowed: jsons.map((each) => printSource({ ...source, path: each })).join(', ') };
    return { problem: { code: 'cannot-read-preset', message: `${name}: ${place} ${reason}`, ...allowed } };
  }
  const read = readFetchedFile(file.bytes, name, 'preset');
  if ('problem' in read) return read;
  const folder = posix.dirname(place) === '.' ? '' : posix.dirname(place);
  return { name, id: name, text: read.text, path: null, integrity: content.integrity, place: { ...from, folder } };
}

function leaving(name: string): { readonly problem: Problem } {
  const message = `${name} is on this machine, where a preset from a package or repository may not look`;
  const allowed = 'what is in the same package or repository, npm:… and git+https:… or git+ssh:…';
  return { problem: { code: 'invalid-preset', message, allowed } };
}

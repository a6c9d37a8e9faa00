/** Names of the places that presets and packs come from, as they are written in flags, presets and locks. */
import type { Problem } from './errors.ts';

/** A file or folder on this machine. */
export interface PathSource {
  readonly kind: 'path';
  readonly path: string;
}

/** A package of npm in one version. */
export interface NpmSource {
  readonly kind: 'npm';
  readonly name: string;
  readonly version: string;
  /** A file or folder in it; empty for the package itself. */
  readonly path: string;
}

/** A git repository at one commit. */
export interface GitSource {
  readonly kind: 'git';
  /** Of `https`, `ssh` or `file`. */
  readonly url: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** A file or folder in it; empty for the repository itself. */
  readonly path: string;
}

export type FetchedSource = NpmSource | GitSource;
export type Source = PathSource | FetchedSource;

/** A file of a source. */
export interface SourceFile {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** What a source consists of. */
export interface SourceFiles {
  /** By path in the source, with `/`; sorted. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Entries that are not read, such as links, and why. */
  readonly special: ReadonlyMap<string, string>;
  /** Hash of the files, with their paths and modes: `sha256-` and base64. */
  readonly integrity: string;
}

/** What a source may be, for messages. */
export const SOURCES_ALLOWED =
  'a path, npm:<package>@<version>[/<path>], or git+https://<host>/<repository>#<commit>[:<path>]';

const NPM = /^npm:((?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*)(?:@([^/]*))?(?:\/(.*))?$/s;
const EXACT_VERSION = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,50})?(?:\+[0-9A-Za-z.-]{1,50})?$/;
const LONGEST_NAME = 214;
const GIT = /^git\+([^#]*)(?:#([^:]*)(?::(.*))?)?$/s;
const COMMIT = /^[0-9a-f]{40}$/;
/** A drive on Windows has one letter. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/** Characters that the name of a source may have. */
export const LONGEST_SOURCE = 2000;

/** Reads the name of a source, or says what is wrong with it. */
export function parseSource(text: string): { readonly source: Source } | { readonly problem: Problem } {
  const shown = JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
  if (text === '' || text.length > LONGEST_SOURCE || /[\x00-\x1f\x7f]/.test(text))
    return invalid(`${shown} names no file, package or repository`);
  if (text.startsWith('npm:')) return parseNpm(text, shown);
  if (text.startsWith('git+')) return parseGit(text, shown);
  if (!SCHEME.test(text)) return { source: { kind: 'path', path: text } };
  const isRepository = /^(?:https|ssh|file):\/\/|^git@/.test(text);
  return invalid(`${shown} is no source that create-api reads`, isRepository ? `a repository: git+${text}` : undefined);
}

function parseNpm(text: string, shown: string): ReturnType<typeof parseSource> {
  const [, name, version, path = ''] = NPM.exec(text) ?? [];
  if (name === undefined || name.length > LONGEST_NAME) return invalid(`${shown} names no package of npm`);
  if (version === undefined || !EXACT_VERSION.test(version)) {
    const hint = `npm view ${name} version shows the newest one: npm:${name}@1.2.3`;
    return invalid(`${shown} names no exact version, so it could be another one tomorrow`, hint);
  }
  return isInside(path) ? { source: { kind: 'npm', name, version, path } } : outside(shown);
}

function parseGit(text: string, shown: string): ReturnType<typeof parseSource> {
  const [, url = '', commit = '', path = ''] = GIT.exec(text) ?? [];
  const reason = wrongUrl(url);
  if (reason !== null) return invalid(`${shown} ${reason}`);
  if (!COMMIT.test(commit)) {
    const branch = commit === '' || /[^\w./-]|^-/.test(commit) ? 'HEAD' : commit;
    const hint = `git ls-remote ${url} ${branch} shows the commit, which follows the # with all of its 40 digits`;
    return invalid(`${shown} names no commit, so it could be another one tomorrow`, hint);
  }
  return isInside(path) ? { source: { kind: 'git', url, commit, path } } : outside(shown);
}

/** Why git is not given a URL: it reaches programs as an argument, and a lock as text. */
function wrongUrl(url: string): string | null {
  if (!/^(?:https|ssh|file):\/\//.test(url)) return 'is read over https, ssh or file only';
  if (!/^[\w\-.~:/@+%]+$/.test(url) || !URL.canParse(url)) return 'is no URL of a repository';
  const { protocol, hostname, username, password, pathname } = new URL(url);
  if (password !== '' || (protocol === 'https:' && username !== ''))
    return 'has credentials in it, which would be written into the lock: leave them to git';
  if (username.startsWith('-') || hostname.startsWith('-')) return 'has a name that starts with a hyphen';
  if (protocol === 'file:' ? hostname !== '' : hostname === '') return 'is no URL of a repository';
  return pathname.length > 1 ? null : 'names no repository';
}

/** Whether a path stays in what it is relative to. */
export function isInside(path: string): boolean {
  return path === '' || path.split('/').every((part) => !['', '.', '..'].includes(part) && !part.includes('\\'));
}

function outside(shown: string): { readonly problem: Problem } {
  return invalid(`${shown} leaves its package or repository`);
}

function invalid(message: string, hint?: string): { readonly problem: Problem } {
  const problem: Problem = { code: 'invalid-source', message, allowed: SOURCES_ALLOWED };
  return { problem: hint === undefined ? problem : { ...problem, hint } };
}

/** Writes a source as it is read: the same one in the same text. */
export function printSource(source: Source): string {
  switch (source.kind) {
    case 'path':
      return source.path;
    case 'npm':
      return `npm:${source.name}@${source.version}${source.path && `/${source.path}`}`;
    case 'git':
      return `git+${source.url}#${source.commit}${source.path && `:${source.path}`}`;
  }
}

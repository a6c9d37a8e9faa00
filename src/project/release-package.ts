/** The package of an earlier release on the disk, and what it renders. Both are read as hostile input. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { clashOf, isSafePath } from '../model/safe-path.ts';
import { isObject, isText } from './guards.ts';
import { explainIoError, isIoError } from './io-error.ts';
import { entryAt } from './paths.ts';

/** A package of create-api. */
export interface ReleasePackage {
  readonly version: string;
  /** Absolute path of its program. */
  readonly script: string;
}

/** A file as a release rendered it. */
export interface ReleasedFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** Files, and bytes of one: a release renders a few hundred files of a few hundred kilobytes. */
const MOST = { files: 5000, bytes: 5_000_000 };

/** The file that makes a folder a workspace, in which a release renders a project otherwise. */
const WORKSPACE = '[workspace]\nmembers = []\n';

/** Makes a folder for a release and what it renders, in no repository; `remove` it in the end. */
export function makeReleaseFolder(): { readonly path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'create-api-release-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Makes a folder a Cargo workspace. */
export function makeWorkspace(folder: string): void {
  writeFileSync(join(folder, 'Cargo.toml'), WORKSPACE);
}

/** What is at the path of a release: a package's folder, a tarball, or nothing of both. */
export function kindOfRelease(path: string): 'folder' | 'file' | 'absent' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isIoError(error)) return 'absent';
    throw error;
  }
}

/** Reads the manifest of a package of create-api; throws an `ExpectedError` if it is none. */
export function readReleasePackage(folder: string): ReleasePackage {
  const manifest = parse(join(folder, 'package.json'));
  const { name, version, bin } = isObject(manifest) ? manifest : {};
  const program = isObject(bin) ? bin['create-api'] : bin;
  if (name !== 'create-api' || !isText(version) || !/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version) || !isText(program))
    throw unusable(`${folder} is not a package of create-api`);
  const script = resolve(folder, program);
  if (!entryAt(script)?.isFile()) throw unusable(`${folder} has no ${program}: it was not built`);
  return { version, script };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (isIoError(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Reads every file that a release rendered into a folder, sorted by path, but no record. Throws an `ExpectedError` if a project
 * cannot have one of them, or they are far too many.
 */
export function readReleasedFiles(folder: string): readonly ReleasedFile[] {
  try {
    const files: ReleasedFile[] = [];
    for (const path of pathsBelow(folder)) {
      if (files.length === MOST.files) throw unusable(`the release renders more than ${MOST.files} files`);
      files.push(readReleased(folder, path));
    }
    const clash = clashOf(files.map(({ path }) => path));
    if (clash !== null) throw unusable(`the release renders ${clash[0]} and ${clash[1]}, which cannot both be files`);
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    throw explainIoError(error, folder, 'read');
  }
}

function readReleased(folder: string, path: string): ReleasedFile {
  const place = join(folder, path);
  const entry = entryAt(place);
  if (!isSafePath(path) || !entry?.isFile())
    throw unusable(`the release renders ${JSON.stringify(path)}, which is no file of a project`);
  if (entry.size > MOST.bytes) throw unusable(`the release renders ${path} with ${entry.size} bytes`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(place));
    return { path, text, executable: (entry.mode & 0o100) !== 0 };
  } catch (error) {
    if (error instanceof TypeError) throw unusable(`the release renders ${path}, which is not text`);
    throw error;
  }
}

/** What belongs to git, is built, or is create-api's own. */
const LEFT_OUT = /^(?:\.git|target|node_modules|\.create-api(?:-.*)?)$/;

/** The paths of everything below a folder that is no folder, with `/`, apart from what git, builds and create-api keep there; links are not followed. */
export function pathsBelow(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return LEFT_OUT.test(entry.name) ? [] : pathsBelow(folder, path);
  });
}

/** The error that a release cannot be used. */
function unusable(message: string): ExpectedError {
  const hint = 'pass --release with the version, the folder or the tarball of the release that made the project';
  return new ExpectedError(EXIT.integrity, [{ code: 'unusable-release', message, hint }]);
}

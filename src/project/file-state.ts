import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import type { FileState } from '../model/files.ts';
import { pathsBlocked } from './conflicts.ts';
import { isText } from './guards.ts';
import { explainIoError } from './io-error.ts';
import { entryAt, obstacleAbove } from './paths.ts';

/** What is at a path, in a form that can be compared and stored: `absent`, or a kind and the hash of the bytes. */
export type Fingerprint = 'absent' | 'folder' | 'special' | `${FileState['mode']}:${string}`;

/** Windows has no permission to execute. */
const HAS_MODES = process.platform !== 'win32';

/**
 * Reads the file at `path` (relative, with `/`) in the project `root`; `undefined` if there is none. A link is not followed.
 * Throws an `ExpectedError` if it cannot be read, or if a folder, a device or a link above is in its way.
 */
export function readState(root: string, path: string): FileState | undefined {
  const place = join(root, path);
  try {
    const obstacle = obstacleAbove(root, path);
    if (obstacle !== null) throw blocked(root, obstacle);
    const entry = entryAt(place);
    if (entry === null) return undefined;
    if (entry.isSymbolicLink()) return { bytes: readlinkSync(place, 'buffer'), mode: 'link' };
    if (!entry.isFile()) throw blocked(root, path);
    return { bytes: readFileSync(place), mode: isExecutable(entry) ? 'executable' : 'file' };
  } catch (error) {
    throw explainIoError(error, place, 'read');
  }
}

/** Whether two states are the same file. */
export function sameState(one: FileState | undefined, other: FileState | undefined): boolean {
  return fingerprintOf(one) === fingerprintOf(other);
}

/** The fingerprint of a state. */
export function fingerprintOf(state: FileState | undefined): Fingerprint {
  if (state === undefined) return 'absent';
  const mode = state.mode === 'executable' && !HAS_MODES ? 'file' : state.mode;
  return `${mode}:${sha256(state.bytes)}`;
}

/** The fingerprint of what is at `path`, without following a link. */
export function fingerprintAt(path: string): Fingerprint {
  const entry = entryAt(path);
  if (entry === null) return 'absent';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return `link:${sha256(readlinkSync(path, 'buffer'))}`;
  if (!entry.isFile()) return 'special';
  return `${isExecutable(entry) ? 'executable' : 'file'}:${sha256(readFileSync(path))}`;
}

/** Whether a value that was read is the fingerprint of a state, or of what is no file. */
export function isFingerprint(value: unknown): value is Fingerprint {
  return isText(value) && /^(?:absent|special|(?:file|executable|link):[0-9a-f]{64})$/.test(value);
}

/** The SHA-256 of bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isExecutable(entry: Stats): boolean {
  // The bit of the owner, as for git.
  return HAS_MODES && (entry.mode & 0o100) !== 0;
}

function blocked(root: string, path: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [pathsBlocked(root, [path], 'move it away and run it again')]);
}

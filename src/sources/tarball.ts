/**
 * Reads the tarball of a package in memory. Nothing is written to the disk, so there is no path to leave and no link to follow:
 * what is not a plain file is noted. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
import { gunzipSync } from 'node:zlib';
import type { SourceCollector } from './source-files.ts';
import { MOST, untrusted } from './source-files.ts';

const BLOCK = 512;

/** Bytes of a whole archive: each file has a header, and is filled up to whole blocks. */
const LONGEST = MOST.all + MOST.files * 4 * BLOCK;

const FILE = new Set(['0', '\0', '7']);
const FOLDER = '5';
const PAX = 'x';
const PAX_FOR_ALL = 'g';
const LONG_NAME = 'L';

/** Adds the files of a gzipped tarball; the first folder of each path is that of the archive. `name` is for messages. */
export function collectTarball(compressed: Uint8Array, name: string, into: SourceCollector): void {
  const archive = unzipped(compressed, name);
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const size = octal(header, 124, 12);
    if (!hasChecksum(header) || size === null || at + BLOCK + size > archive.length)
      throw untrusted(name, 'has a tarball that is damaged');
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === PAX || type === LONG_NAME) {
      longName = (type === PAX ? pathOf(content) : textOf(content, 0, content.length)) ?? longName;
      continue;
    }
    if (type === PAX_FOR_ALL) continue;
    const path = withoutFirst(longName ?? nameOf(header));
    longName = null;
    if (type === FOLDER) continue;
    if (!FILE.has(type)) into.special(path, 'is a link or another special file');
    else if (into.accepts(path, size)) {
      into.add(path, { bytes: content.slice(), executable: ((octal(header, 100, 8) ?? 0) & 0o100) !== 0 });
    }
  }
}

function unzipped(compressed: Uint8Array, name: string): Uint8Array {
  try {
    return gunzipSync(compressed, { maxOutputLength: LONGEST });
  } catch {
    throw untrusted(name, `has a tarball that is damaged, or has more than ${LONGEST} bytes`);
  }
}

/** The place in an archive of an entry `package/lib/index.js`. */
function withoutFirst(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

function nameOf(header: Uint8Array): string {
  const prefix = textOf(header, 257, 5) === 'ustar' ? textOf(header, 345, 155) : '';
  const name = textOf(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** The path in a list of `<length> <key>=<value>\n`. */
function pathOf(records: Uint8Array): string | null {
  const text = new TextDecoder().decode(records);
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1] ?? null;
}

function textOf(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

function octal(header: Uint8Array, start: number, length: number): number | null {
  const digits = textOf(header, start, length).trim();
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

/** Whether the bytes of a header, with blanks for its checksum, add up to that. */
function hasChecksum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return octal(header, 148, 8) === sum;
}

import type { FileState } from '../model/files.ts';

/** Whether two versions of a file are the same: both absent, or equal in bytes and mode. */
export function areSame(a: FileState | undefined, b: FileState | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.mode === b.mode && haveSameBytes(a, b);
}

export function haveSameBytes(a: Pick<FileState, 'bytes'>, b: Pick<FileState, 'bytes'>): boolean {
  return a.bytes.length === b.bytes.length && a.bytes.every((byte, index) => byte === b.bytes[index]);
}

/** The text of a file, with a byte order mark if it begins with one; undefined if it is a link or no UTF-8 text. */
export function textOf({ bytes, mode }: FileState): string | undefined {
  if (mode === 'link' || bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

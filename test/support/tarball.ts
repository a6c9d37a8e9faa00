import { gzipSync } from 'node:zlib';

/** An entry of a tarball, as whoever writes one by hand may have it. */
export interface TarEntry {
  readonly path: string;
  readonly text?: string;
  /** `0` is a file, `2` a link, `5` a folder. */
  readonly type?: string;
  readonly mode?: number;
  readonly target?: string;
  /** A size that is not that of the text. */
  readonly size?: number;
}

/** Writes a gzipped tarball with any entries, also those that no program would write. */
export function tarball(entries: readonly TarEntry[]): Uint8Array {
  return gzipSync(Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(1024)]));
}

function blocksOf({ path, text = '', type = '0', mode = 0o644, target = '', size }: TarEntry): readonly Buffer[] {
  const content = Buffer.from(text);
  const header = Buffer.alloc(512);
  const octal = (value: number, start: number, length: number) =>
    header.write(value.toString(8).padStart(length - 1, '0'), start, length - 1, 'latin1');
  header.write(path, 0, 100);
  octal(mode, 100, 8);
  octal(size ?? content.length, 124, 12);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(target, 157, 100);
  header.write('ustar\0' + '00', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return [header, content, padding];
}

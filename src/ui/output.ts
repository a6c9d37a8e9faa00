import { fstatSync, writeSync } from 'node:fs';

/** A stream of Node, or what is in its place where there is no terminal. */
export type Output = NodeJS.WriteStream | PlainOutput;

interface PlainOutput {
  readonly isTTY: false;
  readonly columns?: undefined;
  write(text: string): void;
}

/** What was opened, by its name. */
const opened = new Map<string, Output>();

/** Opens an output of the process, always with the same `failed`, which takes the error of a write. Writes do not throw. */
export function openOutput(name: 'stdout' | 'stderr', failed: (error: NodeJS.ErrnoException) => void): Output {
  const output = opened.get(name) ?? open(name, failed);
  opened.set(name, output);
  return output;
}

function open(name: 'stdout' | 'stderr', failed: (error: NodeJS.ErrnoException) => void): Output {
  const descriptor = name === 'stdout' ? 1 : 2;
  const openStream = (): NodeJS.WriteStream => process[name].on('error', failed);
  if (!isPlain(descriptor)) return openStream();
  let write = (text: string): void => {
    let rest = Buffer.from(text);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const stream = code === 'EAGAIN' ? openStream() : null;
      if (stream === null) failed(error as NodeJS.ErrnoException);
      // A stream waits until a reader makes room; after a failure nothing is written any more.
      write = (text) => void stream?.write(text);
      stream?.write(rest);
    }
  };
  return { isTTY: false, write: (text) => write(text) };
}

/** Whether it is a file or pipe, which is written to without the streams of Node, as these take four milliseconds to load. */
function isPlain(descriptor: number): boolean {
  try {
    const entry = fstatSync(descriptor);
    return entry.isFile() || entry.isFIFO() || entry.isSocket();
  } catch {
    return false;
  }
}

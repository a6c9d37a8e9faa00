import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a folder of the search path has a program. Takes microseconds; running it takes ten milliseconds and more. */
export function isOnSearchPath(program: string, searchPath: string, isWindows: boolean): boolean {
  const file = isWindows ? `${program}.exe` : program;
  return searchPath.split(delimiter).some((folder) => isProgram(join(folder, file), isWindows));
}

function isProgram(path: string, isWindows: boolean): boolean {
  try {
    const entry = statSync(path, { throwIfNoEntry: false });
    return entry?.isFile() === true && (isWindows || (entry.mode & 0o111) !== 0);
  } catch {
    // The folder is none, or cannot be read.
    return false;
  }
}

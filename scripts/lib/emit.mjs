import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes `files`, texts or bytes by their paths in `folder`, all that is in it. Each is replaced in one step, in this order, so that a program
 * or test that runs meanwhile never reads half a file; those that are no longer wanted go last.
 */
export async function emit(folder, files) {
  for (const [name, content] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
    await writeFile(temporary, content, { mode: content.toString().startsWith('#!') ? 0o777 : 0o666 });
    await rename(temporary, file);
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).replaceAll(path.sep, '/');
    if (entry.isFile() && !files.has(name)) await rm(file, { force: true });
  }
}

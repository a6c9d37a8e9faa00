// Changes of a project's sources, such as somebody makes while developing.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes an edit in a project: `change` each time to another text than before, `restore` back to the first. */
export function editor(folder, { file, from, to }) {
  const target = path.join(folder, file);
  const original = readFileSync(target, 'utf8');
  if (!original.includes(from)) throw new Error(`${file} has no "${from}" to change`);
  let count = 0;
  return {
    change() {
      count += 1;
      const text = to(count);
      writeFileSync(
        target,
        original.replace(from, () => text),
      );
    },
    restore: () => writeFileSync(target, original),
  };
}

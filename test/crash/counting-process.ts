/**
 * A process that changes a project again and again: each time, the number in every file goes up by one. Prints a dot after each
 * change. Arguments, as of `node --eval`: the folder, how many changes.
 */
import { setTimeout } from 'node:timers/promises';
import { isExpected } from '../../src/model/errors.ts';
import type { FileChange } from '../../src/model/files.ts';
import { readState } from '../../src/project/file-state.ts';
import { holdFolder } from '../../src/project/transaction.ts';

const [root = '', count = ''] = process.argv.slice(1);

for (let done = 0; done < Number(count); ) {
  if (countOn()) {
    process.stdout.write('.');
    done++;
  } else await setTimeout(Math.random() * 5);
}

/** Whether it was this process's turn. */
function countOn(): boolean {
  try {
    const folder = holdFolder(root);
    try {
      const number = numberIn('a') + 1;
      const even = number % 2 === 0;
      // A file and a folder come and go, so that there is something to create, to delete and to remove.
      folder.apply([...['a', 'b/c', 'd/e/f'].map((path) => change(path, number)), change('g/h', even ? number : null)]);
      return true;
    } finally {
      folder.release();
    }
  } catch (error) {
    if (isExpected(error) && error.problems[0]?.code === 'folder-in-use') return false;
    throw error;
  }
}

function numberIn(path: string): number {
  return Number(Buffer.from(readState(root, path)?.bytes ?? []).toString());
}

function change(path: string, number: number | null): FileChange {
  const before = readState(root, path);
  const after = number === null ? undefined : ({ bytes: Buffer.from(`${number}`), mode: 'file' } as const);
  return { path, ...(before && { before }), ...(after && { after }) };
}

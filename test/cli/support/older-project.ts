import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBase } from '../../../src/catalog/read-record.ts';
import { BASE_FILE, LOCK_FILE, printBase, sha256 } from '../../../src/model/project-record.ts';

/** Changes a file of a project. */
export function edit(cwd: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(cwd, path), change(readFileSync(join(cwd, path), 'utf8')));
}

/** Makes a project what another create-api would have rendered: its README began differently, and it had a file more. */
export function makeOlder(cwd: string): void {
  const old = (text: string) => text.replace('To build it you need', 'You need');
  edit(cwd, BASE_FILE, (text) => {
    const files = [...readBase(text).values()].map((file) =>
      file.path === 'README.md' ? { ...file, text: old(file.text) } : file,
    );
    const gone = { path: 'src/zzz.rs', text: '// Old.\n', class: 'merge', executable: false } as const;
    return printBase([...files, gone].sort((a, b) => (a.path < b.path ? -1 : 1)));
  });
  edit(cwd, 'README.md', old);
  writeFileSync(join(cwd, 'src/zzz.rs'), '// Old.\n');
  edit(cwd, LOCK_FILE, (text) => text.replace(/"integrity": "\w+"/, `"integrity": "${sha256('old')}"`));
}

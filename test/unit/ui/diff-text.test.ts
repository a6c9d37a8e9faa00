import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diffOf } from '../../../src/commands/diff.ts';
import type { FileState } from '../../../src/model/files.ts';
import { patchText } from '../../../src/ui/diff-text.ts';
import { temporaryFolder } from '../project/temporary-folder.ts';

const file = (text: string, mode: FileState['mode'] = 'file'): FileState => ({ bytes: Buffer.from(text), mode });

/** Applies a patch in a repository. */
function apply(root: string, patch: string): void {
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  execFileSync('git', ['apply', '--whitespace=nowarn'], { cwd: root, input: `${patch}\n` });
}

test.each(['a b', 'ä/ö', 'tab\tand "quote"', 'back\\slash', 'escape\u001b[31m', 'line\nend'])(
  'Git applies the patch of a file called %j',
  (path) => {
    const root = temporaryFolder();
    const patch = patchText(diffOf({ path, outcome: { action: 'create', result: file('new\n') } }));
    // Printed to a terminal, it is text only.
    expect(patch).toMatch(/^[\n -~]*$/);
    apply(root, patch);
    expect(readFileSync(join(root, path), 'utf8')).toBe('new\n');
  },
);

test('Git applies the patch that makes a file a link, and the other way round', () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'file'), 'text\n');
  symlinkSync('file', join(root, 'link'));
  const diffs = [
    ...diffOf({ path: 'file', before: file('text\n'), outcome: { action: 'change', result: file('link', 'link') } }),
    ...diffOf({ path: 'link', before: file('file', 'link'), outcome: { action: 'change', result: file('now\n') } }),
  ];
  expect(diffs.map(({ action }) => action)).toEqual(['delete', 'create', 'delete', 'create']);
  apply(root, patchText(diffs));
  expect(readlinkSync(join(root, 'file'))).toBe('link');
  expect(lstatSync(join(root, 'link')).isFile()).toBe(true);
});

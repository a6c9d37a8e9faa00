import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../src/merge/unified-diff.ts';
import { temporaryFolder } from '../project/temporary-folder.ts';

test('equal texts differ in nothing', () => {
  expect(unifiedDiff('a\nb\n', 'a\nb\n')).toBe('');
  expect(unifiedDiff('', '')).toBe('');
});

test.each([
  [
    'a changed line',
    '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
    '1\n2\n3\n4\nfive\n6\n7\n8\n9\n',
    '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  ],
  ['a new file', '', 'a\n', '@@ -0,0 +1,1 @@\n+a\n'],
  ['an emptied file', 'a\n', '', '@@ -1,1 +0,0 @@\n-a\n'],
  ['no line end', 'a', 'b\n', '@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n'],
])('%s', (_, before, after, hunks) => {
  expect(unifiedDiff(before, after)).toBe(hunks);
});

test('git applies every difference', () => {
  const folder = temporaryFolder();
  const text = fc
    .array(fc.constantFrom('a', 'b', '', '-c', '+d', ' e', '@@'), { maxLength: 30 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const hunks = unifiedDiff(before, after);
      if (hunks === '') return before === after;
      writeFileSync(join(folder, 'x'), before);
      execFileSync('git', ['apply', '--unidiff-zero', '-'], {
        cwd: folder,
        input: `--- a/x\n+++ b/x\n${hunks}`,
        stdio: 'pipe',
      });
      return readFileSync(join(folder, 'x'), 'utf8') === after;
    }),
    { numRuns: 60 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelsFor } from '../../../src/merge/markers.ts';
import { mergeByFormat } from '../../../src/merge/merge-by-format.ts';
import { mergeText } from '../../../src/merge/merge-text.ts';
import { holds } from '../../support/property.ts';
import { signedTexts } from './edited-lines.ts';

const LABELS = labelsFor('0.1.0');

const merge = (path: string, base: string, ours: string, theirs: string) =>
  mergeByFormat(path, { base, ours, theirs }, LABELS);

const TITLE = '# Orders\n\nSells tea.\n';

describe('what both sides insert at the same place', () => {
  test.each<[title: string, path: string, base: string, ours: string, theirs: string, merged: string]>([
    [
      'of prose is kept, that of the templates first',
      'README.md',
      TITLE,
      `${TITLE}\n## Mine\n\nTea.\n`,
      `${TITLE}\n## Redis\n\nFast.\n`,
      `${TITLE}\n## Redis\n\nFast.\n\n## Mine\n\nTea.\n`,
    ],
    [
      'of prose stays below the text that it continues',
      'README.md',
      TITLE,
      `${TITLE}And coffee.\n`,
      `${TITLE}\n## Redis\n`,
      `${TITLE}And coffee.\n\n## Redis\n`,
    ],
    [
      'of prose may begin with a heading, and end without a line ending',
      'docs/guide.md',
      TITLE,
      `${TITLE}# Mine`,
      `${TITLE}\n## Redis\n`,
      `${TITLE}\n## Redis\n# Mine`,
    ],
    [
      'of prose may be code',
      'README.md',
      TITLE,
      `${TITLE}\n\`\`\`sh\nmine\n\`\`\`\n`,
      `${TITLE}\n\`\`\`sh\ncargo run\n\`\`\`\n`,
      `${TITLE}\n\`\`\`sh\ncargo run\n\`\`\`\n\n\`\`\`sh\nmine\n\`\`\`\n`,
    ],
    [
      'of a table is kept',
      'README.md',
      '| A |\n|---|\n| a |\n',
      '| A |\n|---|\n| a |\n| mine |\n',
      '| A |\n|---|\n| a |\n| b |\n',
      '| A |\n|---|\n| a |\n| b |\n| mine |\n',
    ],
    [
      'of a list is kept, that of the templates first even if that of the user continues the text above',
      '.gitignore',
      'target\n',
      'target\n!/mine.db\n',
      'target\n\n# Data\n*.db\n',
      'target\n\n# Data\n*.db\n!/mine.db\n',
    ],
    [
      'of a list with exceptions is kept, and the last line counts',
      '.gitignore',
      '/target\n!/keep\n',
      '/target\n!/keep\n!/mine.db\n',
      '/target\n!/keep\n*.db\n',
      '/target\n!/keep\n*.db\n!/mine.db\n',
    ],
    [
      'of a list with a line that stands twice is kept',
      '.dockerignore',
      '/target\n',
      '/target\n/target\n/mine\n',
      '/target\n*.db\n',
      '/target\n*.db\n/target\n/mine\n',
    ],
    [
      'of a justfile is kept, if it is recipes',
      'justfile',
      'run:\n    cargo run\n',
      'run:\n    cargo run\n\n# Mine.\nmine:\n    echo\n',
      'run:\n    cargo run\n\nimage:\n    docker build .\n',
      'run:\n    cargo run\n\nimage:\n    docker build .\n\n# Mine.\nmine:\n    echo\n',
    ],
  ])('%s', async (_, path, base, ours, theirs, merged) => {
    expect(await merge(path, base, ours, theirs)).toEqual({ text: merged, conflicts: [] });
  });

  test.each([
    ['in code', 'src/main.rs', 'a();\n', 'a();\nours();\n', 'a();\ntheirs();\n'],
    [
      'in prose under the same heading',
      'README.md',
      TITLE,
      `${TITLE}\n## Redis\n\nMine.\n`,
      `${TITLE}\n## Redis\n\nFast.\n`,
    ],
    ['in prose with the end of a block of code', 'README.md', TITLE, `${TITLE}\`\`\`\n`, `${TITLE}\n## Redis\n`],
    ['as recipes of the same name', 'justfile', 'a:\n', 'a:\n\nb x:\n    1\n', 'a:\n\nb:\n    2\n'],
    ['as commands of one recipe', 'justfile', 'a:\n  1\n', 'a:\n  1\n  2\n', 'a:\n  1\n  3\n'],
    ['as values of one variable', '.env.example', 'A=1\n', 'A=1\nB=1\n', 'A=1\nB=2\n'],
  ])('is a conflict %s', async (_, path, base, ours, theirs) => {
    expect(await merge(path, base, ours, theirs)).toMatchObject({ reason: expect.any(String) });
  });
});

describe('an insertion in prose', () => {
  const section = '\n## Redis\n\nFast.\n';

  test('stays if the text above is removed, whichever side does which', async () => {
    const mine = '\n## Mine\n';
    const expected = { text: TITLE + mine, conflicts: [] };
    expect(await merge('README.md', TITLE + section, TITLE + section + mine, TITLE)).toEqual(expected);
    expect(await merge('README.md', TITLE + section, TITLE, TITLE + section + mine)).toEqual(expected);
  });

  test('stays below a new version of the text above, if it is a paragraph of its own', async () => {
    const [before, after] = ['\n## Redis\n\nFast.\n', '\n## Redis\n\nFaster.\n'];
    expect(await merge('README.md', TITLE + before, `${TITLE}${before}\nMine.\n`, TITLE + after)).toEqual({
      text: `${TITLE}${after}\nMine.\n`,
      conflicts: [],
    });
    expect(await merge('README.md', TITLE + before, `${TITLE}${before}Mine.\n`, TITLE + after)).toMatchObject({
      conflicts: [7],
    });
  });

  test('is not mistaken for an edit of a line', async () => {
    expect(await merge('README.md', 'b', 'bc', '')).toMatchObject({ conflicts: [1] });
    expect(await merge('README.md', 'a\nb\n', 'a\nxb\n', 'a\n')).toMatchObject({ conflicts: [2] });
  });
});

test.each(['README.md', '.gitignore', 'justfile'])(
  'of any three versions of %s nothing is lost, nothing is there twice, and what can be merged by line is merged so',
  async (path) => {
    let more = 0;
    await holds(
      fc.asyncProperty(signedTexts, async (texts) => {
        const byLine = mergeText(texts, LABELS);
        const { text, conflicts, reason } = await mergeByFormat(path, texts, LABELS);
        if (byLine.conflicts.length === 0 && path !== '.gitignore') expect(text).toBe(byLine.text);
        if (reason !== undefined) return;
        expect(conflicts).toEqual([]);
        if (byLine.conflicts.length > 0) more++;
        const linesOf = (version: string) => version.split('\n').filter((line) => line !== '');
        const [inBase, ours, theirs] = [texts.base, texts.ours, texts.theirs].map(linesOf) as [
          string[],
          string[],
          string[],
        ];
        const wanted = [...ours, ...theirs].filter(
          (line) => !inBase.includes(line) || (ours.includes(line) && theirs.includes(line)),
        );
        const count = (lines: readonly string[], line: string) => lines.filter((other) => other === line).length;
        const merged = linesOf(text);
        expect(new Set(merged)).toEqual(new Set(wanted));
        for (const line of new Set(merged)) {
          expect(count(merged, line), line).toBeLessThanOrEqual(Math.max(count(ours, line), count(theirs, line)));
        }
      }),
      { runs: 500 },
    );
    if (path !== 'justfile') expect(more).toBeGreaterThan(5);
  },
);

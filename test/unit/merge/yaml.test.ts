import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonical, treeOf } from '../../../src/merge/data-tree.ts';
import { isYamlSet as isSet } from '../../../src/merge/formats/formats.ts';
import { outlineYaml } from '../../../src/merge/formats/yaml.ts';
import { splitLines } from '../../../src/merge/lines.ts';
import { labelsFor } from '../../../src/merge/markers.ts';
import { mergeByFormat } from '../../../src/merge/merge-by-format.ts';
import { mergeBranch } from '../../../src/merge/merge-outline.ts';
import { mergeText } from '../../../src/merge/merge-text.ts';
import { type Branch, print, type Value } from '../../../src/merge/outline.ts';
import { holds } from '../../support/property.ts';

const LABELS = labelsFor('0.1.0');

const TREES = join(import.meta.dirname, '../../golden/expected');

/** The YAML files of projects, and one with everything that an outline knows. */
const files = [
  ...readdirSync(TREES, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => readFileSync(join(TREES, path), 'utf8')),
  `# All of it.
a: 1 # one
"b c": 'it''s'
d/e: [1, 'two', { f: g }]
h:
- i # first
-   j: 1
    k: |
      text: # no comment

      - text

    l: >-
      text
  # below the elements
m:
  # above
  - - n
    - o
  -
    p: ~
q:
r: {}
s: http://t:1/u#v
`,
];

const outline = (text: string) => outlineYaml(text, isSet);

/** What an outline says, with each value read by the library. */
function dataOf(value: Value): unknown {
  if (typeof value === 'string') {
    // Elements that are alike are one value, with its indentation.
    const isBlock = /^(?:- | *(?:#.*)?\n| +)/.test(value);
    return parse(`x:${isBlock ? '\n' : ' '}${value}`).x ?? null;
  }
  if (value.kind !== 'map') return value.entries.map((entry) => dataOf(entry.value));
  return Object.fromEntries(value.entries.map((entry) => [entry.key, dataOf(entry.value)]));
}

/** What a text says; undefined if it is not valid. */
function read(text: string): unknown {
  try {
    return parse(text, { stringKeys: true });
  } catch {
    return undefined;
  }
}

describe('an outline of YAML', () => {
  test.each(files)('says what the text says: %#', (text) => {
    expect(print(outline(text))).toBe(text);
    expect(dataOf(outline(text))).toEqual(read(text));
  });

  test.each(['', '# c\n', '  ', '# c\n  '])('is none of a text without entries: %j', (text) => {
    expect(() => outline(text)).toThrow('no entries');
  });

  const piece = fc.constantFrom(
    ...[
      '- ',
      '  ',
      ' ',
      ':',
      ': ',
      '#',
      ' #',
      '"',
      "'",
      '&a ',
      '*a',
      '!t ',
      '|\n',
      '>\n',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '? ',
      '-',
    ],
    ...[
      '\n',
      '\t',
      '---\n',
      '<<: ',
      'a: 1\n',
      '- b\n',
      '# c\n',
      '%',
      '@',
      '\\',
      '- - d\n',
      'e:\n',
      '  f: |2\n',
      '...\n',
    ],
  );
  const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(3), piece });

  test('is none of a text that says something else', { timeout: 120_000 }, async () => {
    let [outlined, refused] = [0, 0];
    await holds(
      fc.property(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (file, from, changes) => {
          // A part of the file is as good as the whole, and faster.
          const lines = splitLines(file);
          const start = Math.floor(from * lines.length);
          const part = lines.slice(start, start + 12).join('');
          const text = changes.reduce((before, { at, length, piece }) => {
            const position = Math.round(at * before.length);
            return before.slice(0, position) + piece + before.slice(position + length);
          }, part);
          let value: Value;
          try {
            value = outline(text);
          } catch {
            refused++;
            return;
          }
          expect(print(value)).toBe(text);
          const data = read(text);
          // What is not valid is the user's mistake, and stays as it is.
          if (data === undefined) return;
          outlined++;
          expect(dataOf(value), text).toEqual(data);
        },
      ),
      { runs: Number(process.env['YAML_CASES'] ?? 1500) },
    );
    expect(outlined).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });
});

/** A line that a person adds to a file: a comment, a key or an element, at the indentation of a line of the file. */
const edit = (side: string) =>
  fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    kind: fc.constantFrom('comment', 'comment', 'key', 'element', 'remove', 'tail'),
    name: fc.constantFrom('one', 'two', 'three').map((name) => `${side}_${name}`),
  });

const edits = (side: string) => fc.array(edit(side), { minLength: 1, maxLength: 4 });

function edited(
  text: string,
  changes: readonly { readonly at: number; readonly kind: string; readonly name: string }[],
): string {
  return changes.reduce((before, { at, kind, name }) => {
    const lines = [...splitLines(before)];
    const index = Math.floor(at * lines.length);
    const line = lines[index] ?? '';
    const indent = /^ */.exec(line)?.[0] ?? '';
    if (kind === 'remove') lines.splice(index, 1);
    else if (kind === 'tail') lines[index] = `${line.trimEnd()} # ${name}\n`;
    else {
      const added = { comment: `# ${name}`, key: `${name}: 1`, element: `- ${name}` }[kind];
      lines.splice(index, 0, `${indent}${added}\n`);
    }
    return lines.join('');
  }, text);
}

test('any edits of any YAML file are merged as their data is, without losing a comment, or are a conflict', {
  timeout: 120_000,
}, async () => {
  let [merged, byKey] = [0, 0];
  await holds(
    fc.asyncProperty(fc.constantFrom(...files), edits('ours'), edits('theirs'), async (base, ours, theirs) => {
      const texts = { base, ours: edited(base, ours), theirs: edited(base, theirs) };
      const versions = { base: read(texts.base), ours: read(texts.ours), theirs: read(texts.theirs) };
      // What is no YAML is merged by line, as any other text.
      if (Object.values(versions).includes(undefined)) return;
      const { text, reason } = await mergeByFormat('compose.yaml', texts, LABELS);
      if (reason !== undefined) return;
      merged++;
      if (mergeText(texts, LABELS).text !== text) byKey++;
      const comments = (version: string) => version.match(/# ours_\w+/g) ?? [];
      const kept = new Set(comments(text));
      expect(comments(texts.ours).filter((comment) => !kept.has(comment))).toEqual([]);
      const isAll = [texts.base, texts.ours, texts.theirs].every((version) => canOutline(version));
      const roots = new Set(Object.values(versions).map(Array.isArray));
      if (!isAll || roots.size > 1) return;
      const trees = Object.fromEntries(Object.entries(versions).map(([side, data]) => [side, treeOf(data, isSet)]));
      const wanted = mergeBranch(trees as Record<keyof typeof versions, Branch>);
      expect(wanted.conflicts).toEqual([]);
      expect(canonical(treeOf(read(text), isSet))).toBe(canonical(wanted.merged));
    }),
    { runs: Number(process.env['YAML_CASES'] ?? 300) },
  );
  expect(merged).toBeGreaterThan(50);
  expect(byKey).toBeGreaterThan(5);
});

function canOutline(text: string): boolean {
  try {
    outline(text);
    return true;
  } catch {
    return false;
  }
}

import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeImports } from '../../src/render/imports.ts';
import { importedPaths } from '../support/rust-source.ts';
import { describeWithTools } from '../support/tools.ts';

const LONG = 'x'.repeat(64);

const MERGED: readonly (readonly [title: string, source: string, merged: string])[] = [
  ['names of one module', 'use std::fmt;\nuse std::io;\n', 'use std::{fmt, io};\n'],
  [
    'a module, and what is in it, apart',
    'use std::io;\nuse std::io::Read;\nuse std::io::Write;\n',
    'use std::io;\nuse std::io::{Read, Write};\n',
  ],
  [
    'modules, in the order of rustfmt',
    'use b::c;\nuse b::x::y;\nuse b::x::z;\nuse b::d;\nuse crate::e;\nuse super::f;\nuse self::g;\nuse ::h::i;\n',
    'use self::g;\nuse super::f;\nuse crate::e;\nuse ::h::i;\nuse b::x::{y, z};\nuse b::{c, d};\n',
  ],
  [
    'names, in the order of rustfmt',
    'use a::{u16, u8, ab, a_b, B, A_B, self, super::c, r#d, *, x86};\n',
    'use a::super::c;\nuse a::{self, A_B, B, a_b, ab, r#d, u8, u16, x86, *};\n',
  ],
  [
    'aliases',
    'use a::B as _;\nuse a::C as D;\nuse a::{self as e};\nuse a as f;\n',
    'use a as f;\nuse a::{self as e, B as _, C as D};\n',
  ],
  ['a name that is imported twice', 'use a::b;\nuse a::b;\n', 'use a::b;\n'],
  ['nested lists', 'use a::{b, c::{d, e::{f, g}},};\nuse a::{};\n', 'use a::b;\nuse a::c::d;\nuse a::c::e::{f, g};\n'],
  ['lists on several lines', 'use a::{\n    b,\n    c as d,\n};\n', 'use a::{b, c as d};\n'],
  [
    'names with the same visibility',
    'use a::b;\nuse a::c;\npub use a::d;\npub use a::e;\npub(crate) use a::f;\n',
    'pub(crate) use a::f;\nuse a::{b, c};\npub use a::{d, e};\n',
  ],
  [
    'names with the same attributes',
    'use a::b;\n#[cfg(unix)]\nuse a::c;\n#[cfg(unix)]\nuse a::d;\n#[cfg(all(\n    unix,\n    test\n))]\nuse a::e;\nuse a::f;\n',
    '#[cfg(all(\n    unix,\n    test\n))]\nuse a::e;\nuse a::{b, f};\n#[cfg(unix)]\nuse a::{c, d};\n',
  ],
  [
    'the items of a nested module or a function',
    'mod tests {\n    use super::a;\n    use super::b;\n\n    fn f() {\n        use c::d;\n        use c::e;\n    }\n}\n',
    'mod tests {\n    use super::{a, b};\n\n    fn f() {\n        use c::{d, e};\n    }\n}\n',
  ],
  ['no further than a blank line', 'use a::b;\nuse a::c;\n\nuse a::d;\n', 'use a::{b, c};\n\nuse a::d;\n'],
  [
    'a list of 98 columns on one line',
    `use ${LONG}::{aaaaaaaaaa, bbbbbbbbbb, b};\n`,
    `use ${LONG}::{aaaaaaaaaa, b, bbbbbbbbbb};\n`,
  ],
  [
    'a longer list on a line of its own',
    `use ${LONG}::aaaaaaaaaa;\nuse ${LONG}::bbbbbbbbbbb;\nuse ${LONG}::b;\n`,
    `use ${LONG}::{\n    aaaaaaaaaa, b, bbbbbbbbbbb,\n};\n`,
  ],
  [
    'an even longer list on as few lines as possible',
    `    use a::{${LONG}, b${LONG.slice(33)}, ${LONG}c, d};\n`,
    `    use a::{\n        b${LONG.slice(33)}, d,\n        ${LONG},\n        ${LONG}c,\n    };\n`,
  ],
];

const UNCHANGED: readonly (readonly [title: string, source: string])[] = [
  ['a line comment', '// use a::b;\n// use a::c;\n/// use a::b;\n'],
  ['a block comment', '/*\nuse a::b;\nuse a::c;\n*/\n'],
  ['a string', 'const A: &str = "\\"\nuse a::b;\nuse a::c;\n";\n'],
  ['a raw string', 'const A: &[u8] = br#"\n"\nuse a::b;\nuse a::c;\n"#;\n'],
  [
    'a string after quotes in characters',
    `const A: [char; 2] = ['"', '\\''];\nconst B: &str = "\nuse a::b;\nuse a::c;\n";\n`,
  ],
  ['a string after a lifetime', `const A: &'static str = "\nuse a::b;\nuse a::c;\n";\n`],
  ['items below a comment, of which it may describe one', '// Explains b.\nuse a::b;\nuse a::c;\n'],
  ['items above an item with a comment', 'use a::b;\nuse a::c;\nuse a::d; // Explains d.\n'],
  ['a list with comments', 'use a::{\n    // Explains b.\n    b,\n    c,\n};\n'],
];

test.each(MERGED)('mergeImports merges %s', (_, source, merged) => {
  expect(mergeImports(source)).toBe(merged);
});

test.each(UNCHANGED)('mergeImports leaves %s unchanged', (_, source) => {
  expect(mergeImports(source)).toBe(source);
});

const identifier = fc.oneof(
  fc.constantFrom('a', 'b', 'b2', 'b10', 'b_c', 'bc', 'B', 'BC', 'B_C', 'BcD', 'x86_64', '_d', 'r#type', LONG),
  fc.string({ unit: fc.constantFrom(...'abcXYZ19_'), minLength: 1, maxLength: 40 }).map((text) => `k${text}`),
);
const alias = fc.oneof(
  { arbitrary: fc.constant(''), weight: 4 },
  identifier.map((name) => ` as alias_${name.replace('r#', '')}`),
);
const leaf = fc.oneof(
  { arbitrary: fc.tuple(identifier, alias).map((parts) => parts.join('')), weight: 8 },
  fc.constant('*'),
);
const list = fc
  .array(fc.oneof({ arbitrary: leaf, weight: 8 }, fc.constantFrom('self', 'c::{d, e}')), { minLength: 1, maxLength: 8 })
  .map((names) => `{${names.join(', ')}}`);
const root = fc.oneof(fc.constantFrom('a', 'b', 'self', 'super', 'crate', LONG), identifier);
const item = fc
  .record({
    attribute: fc.constantFrom('', '', '', '', '#[cfg(unix)]\n'),
    visibility: fc.constantFrom('', '', '', 'pub ', 'pub(crate) '),
    path: fc
      .tuple(root, fc.array(fc.constantFrom('a', 'b', 'module_3'), { maxLength: 2 }))
      .map((parts) => parts.flat()),
    tree: fc.oneof({ arbitrary: leaf, weight: 4 }, list),
  })
  .map(({ attribute, visibility, path, tree }) => `${attribute}${visibility}use ${[...path, tree].join('::')};\n`);
const run = fc.array(item, { minLength: 1, maxLength: 12 }).map((items) => items.join(''));

describe('any run of items', () => {
  test('imports the same after merging, which merges everything at once', () => {
    fc.assert(
      fc.property(run, (source) => {
        const merged = mergeImports(source);
        expect(importedPaths(merged)).toEqual(importedPaths(source));
        expect(mergeImports(merged)).toBe(merged);
      }),
    );
  });

  describeWithTools([{ name: 'rustfmt', install: 'https://rustup.rs' }], 'rustfmt', () => {
    test('leaves merged items unchanged', () => {
      const modules = fc.sample(run, 200).map((source, index) => {
        const indented = source.replace(/^(?=.)/gm, '    ');
        return `mod m${index} {\n${indented}\n    fn f() {\n${indented.replace(/^/gm, '    ').trimEnd()}\n    }\n}\n`;
      });
      const merged = mergeImports(modules.join('\n'));
      const { stdout, stderr } = spawnSync('rustfmt', ['--edition', '2024'], { input: merged, encoding: 'utf8' });
      expect({ stdout, stderr }).toEqual({ stdout: merged, stderr: '' });
    });
  });
});

test('many attributes take no more time than few', () => {
  const field = '    #[serde(default)]\n    #[validate(range(min = 1))]\n    pub amount: i64,\n';
  const source = `struct Payment {\n${field.repeat(200)}}\n`;
  expect(mergeImports(source)).toBe(source);
});

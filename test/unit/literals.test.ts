import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { json, markdown, rust, toml, yaml, yamlScalar } from '../../src/render/literals.ts';

/** Any text a person can give on a command line: well-formed, with quotes, escapes, newlines and odd separators. */
const text = fc.string({ unit: 'binary' });

describe('a quoted literal reads back as the original text', () => {
  test('TOML', () => {
    fc.assert(fc.property(text, (value) => void expect(parseToml(`key = ${toml(value)}\n`)['key']).toBe(value)));
  });
  test('YAML', () => {
    const word = fc.constantFrom('y', 'yes', 'no', 'on', 'off', 'null', 'true', 'nully', 'a-b_c');
    fc.assert(
      fc.property(fc.oneof(text, word), fc.constantFrom('1.1', '1.2'), (value, version) => {
        expect(parseYaml(`key: ${yaml(value)}\n`, { version } as const).key).toBe(value);
      }),
    );
  });
  test('JSON', () => {
    fc.assert(fc.property(text, (value) => void expect(JSON.parse(json(value))).toBe(value)));
  });
});

test.each([
  ['10000', 10_000],
  ['0', 0],
  ['0.25', 0.25],
  ['true', true],
  ['info', 'info'],
  ['no', 'no'],
  ['1.0', '1.0'],
  ['sqlite://app.db', 'sqlite://app.db'],
])('YAML: the scalar %j reads as %j', (value, read) => {
  expect(parseYaml(`key: ${yamlScalar(value)}\n`)).toEqual({ key: read });
});

test.each([
  ['plain', '"plain"'],
  ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
  ['line\nbreak', '"line\\u{a}break"'],
  ['\u202eevil', '"\\u{202e}evil"'],
])('Rust: %j is %s', (value, literal) => {
  expect(rust(value)).toBe(literal);
});

test.each([
  ['An API for my_service & co', 'An API for my_service & co'],
  ['<!-- hidden', '\\<!-- hidden'],
  ['```sh', '\\```sh'],
  ['~~~~', '\\~~~~'],
  ['a ``` inside', 'a ``` inside'],
])('Markdown: %j is %j', (value, text) => {
  expect(markdown(value)).toBe(text);
});

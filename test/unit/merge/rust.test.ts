import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelsFor } from '../../../src/merge/markers.ts';
import { mergeRust } from '../../../src/merge/rust.ts';
import { mergeImports } from '../../../src/render/imports.ts';
import { holds } from '../../support/property.ts';
import { importedPaths } from '../../support/rust-source.ts';

const LABELS = labelsFor('0.1.0');

describe('imports and modules', () => {
  test.each<[title: string, base: string, ours: string, theirs: string, merged: string]>([
    [
      'that both added to one list are in it, in the order of rustfmt',
      'use axum::{Json, Router};\n\nfn main() {}\n',
      'use axum::{Json, Router, extract};\n\nfn main() {}\n',
      'use axum::{Json, Router, body};\n\nfn main() {}\n',
      'use axum::{Json, Router, body, extract};\n\nfn main() {}\n',
    ],
    [
      'that both removed and added',
      'use a::{b, c};\nuse d::e;\n\nfn main() {}\n',
      'use a::{b, x};\nuse d::e;\n\nfn main() {}\n',
      'use a::{c, y};\nuse d::{e, f};\n\nfn main() {}\n',
      'use a::{x, y};\nuse d::{e, f};\n\nfn main() {}\n',
    ],
    [
      'stay in the style of the user, with the new ones below',
      'use a::{b, c};\n\nfn main() {}\n',
      'use a::b;\nuse a::c;\nuse a::{x, z};\n\nfn main() {}\n',
      'use a::{b, c, y};\n\nfn main() {}\n',
      'use a::b;\nuse a::c;\nuse a::{x, z};\nuse a::y;\n\nfn main() {}\n',
    ],
    [
      'that both added at the same place are sorted',
      'pub mod app;\npub mod users;\n',
      'pub mod app;\npub mod orders;\npub mod users;\n',
      'pub mod app;\npub mod payments;\npub mod users;\n',
      'pub mod app;\npub mod orders;\npub mod payments;\npub mod users;\n',
    ],
    [
      'that both added in different places are there once',
      'use a::b;\nuse d::e;\nuse f::g;\nuse h::i;\n\nfn main() {}\n',
      'use c::c;\nuse a::b;\nuse d::e;\nuse f::g;\nuse h::i;\n\nfn main() {}\n',
      'use a::b;\nuse d::e;\nuse f::g;\nuse h::i;\nuse c::c;\n\nfn main() {}\n',
      'use c::c;\nuse a::b;\nuse d::e;\nuse f::g;\nuse h::i;\n\nfn main() {}\n',
    ],
    [
      'keep their attributes and comments',
      'mod a;\nmod c;\n',
      'mod a;\n/// Mine.\n#[cfg(test)]\nmod b;\nmod c;\n',
      'mod a;\nmod b2;\nmod c;\n',
      'mod a;\n/// Mine.\n#[cfg(test)]\nmod b;\nmod b2;\nmod c;\n',
    ],
  ])('%s', (_, base, ours, theirs, merged) => {
    expect(mergeRust({ base, ours, theirs }, LABELS)).toEqual({ text: merged, conflicts: [] });
  });

  const step = (name: string) => `        Box::new(${name}::Migration),\n`;

  test('migrations that both added are in the order of their names', () => {
    const list = (...names: readonly string[]) => `vec![\n${names.map(step).join('')}]\n`;
    const texts = { base: list('m1_a'), ours: list('m1_a', 'm2_own'), theirs: list('m1_a', 'm3_b') };
    expect(mergeRust(texts, LABELS)).toEqual({ text: list('m1_a', 'm2_own', 'm3_b'), conflicts: [] });
  });

  test('migrations that both added are a conflict where the user has another order', () => {
    const texts = {
      base: step('m1_a'),
      ours: step('m1_a') + step('m0_own'),
      theirs: step('m1_a') + step('m3_b'),
    };
    expect(mergeRust(texts, LABELS).conflicts).toEqual([1]);
  });

  test('that both declare differently are a conflict', () => {
    const texts = { base: 'mod a;\n', ours: 'mod a;\npub mod b;\n', theirs: 'mod a;\nmod b;\n' };
    expect(mergeRust(texts, LABELS)).toMatchObject({ conflicts: [1], reason: /same lines/ });
  });

  test('that would be declared twice are a conflict with its reason', () => {
    const code = 'fn main() {\n    a();\n    b();\n}\n';
    const texts = {
      base: `mod a;\n\n${code}`,
      ours: `mod a;\nmod b;\n\n${code}`,
      theirs: `mod a;\n\n${code}\nmod b;\n`,
    };
    expect(mergeRust(texts, LABELS).reason).toBe('You and the templates changed `mod b` in different places.');
  });

  test('leave other conflicts as they are', () => {
    const text = (name: string, call: string) => `use a::{${name}};\n\nfn main() {\n    ${call}();\n}\n`;
    const texts = { base: text('b', 'x'), ours: text('b, c', 'y'), theirs: text('b, d', 'z') };
    expect(mergeRust(texts, LABELS)).toEqual({
      conflicts: [4],
      reason: 'You and the templates changed the same lines.',
      text: text('b, c, d', 'y').replace(
        '    y();\n',
        '<<<<<<< yours\n    y();\n||||||| base\n    x();\n=======\n    z();\n>>>>>>> create-api 0.1.0\n',
      ),
    });
  });
});

const path = fc
  .tuple(fc.constantFrom('a', 'b', 'crate'), fc.constantFrom('x', 'y::z', 'w', '{self, v}', 'u as t'))
  .map((parts) => `use ${parts.join('::')};\n`);
const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 6 });
const source = fc.record({ paths, isFormatted: fc.boolean() }).map(({ paths, isFormatted }) => {
  const text = paths.join('');
  return `//! A module.\n\n${isFormatted ? mergeImports(text) : text}\nfn main() {}\n`;
});

test('any imports are merged without a loss, or are a conflict', { timeout: 120_000 }, async () => {
  let merged = 0;
  await holds(
    fc.property(source, source, source, (base, ours, theirs) => {
      const { text, reason } = mergeRust({ base, ours, theirs }, LABELS);
      if (reason !== undefined) return;
      merged++;
      const [b, o, t] = [new Set(importedPaths(base)), new Set(importedPaths(ours)), new Set(importedPaths(theirs))];
      const expected = [...new Set([...o, ...t])].filter((path) => (o.has(path) && t.has(path)) || !b.has(path));
      expect([...new Set(importedPaths(text))].sort()).toEqual(expected.sort());
    }),
    { runs: 1000, seeds: [1189517779] },
  );
  expect(merged).toBeGreaterThan(1000);
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readPack } from '../../src/catalog/read-pack.ts';
import { checkPack } from '../../src/commands/pack/check-pack.ts';
import { contributionsIn, partsIn } from '../../src/model/catalog.ts';
import { catalog } from '../support/projects.ts';

const ROOT = path.join(import.meta.dirname, '../../templates');
const ids = partsIn(catalog).map((part) => part.id);

const { version } = JSON.parse(await readFile(path.join(ROOT, '../package.json'), 'utf8'));
const { sources } = await readPack(ROOT, version);
const templates = Object.entries(sources).flatMap(([key, { text, isTemplate }]) => (isTemplate ? [{ key, text }] : []));

test('the pack has no problems, whatever is chosen', { timeout: 300_000 }, async () => {
  expect(await checkPack(ROOT, version)).toEqual([]);
});

test('a template has at most three conditions, and none that names a choice', () => {
  for (const { key, text } of templates) {
    const conditions = text.match(/\{\{#(?:if|unless)[^}]*\}\}/g) ?? [];
    expect(conditions.length, key).toBeLessThanOrEqual(3);
    for (const condition of conditions) {
      for (const id of ids) expect(condition.includes(id), `${key}: ${condition}`).toBe(false);
    }
  }
});

test('a file in slots/ has several lines, as one line stands in the manifest', () => {
  const files = Object.entries(sources).filter(([key]) => /^(?:(?!\/files\/).)*\/slots\//.test(key));
  expect(files).not.toEqual([]);
  expect(files.filter(([, { text }]) => !text.trimEnd().includes('\n'))).toEqual([]);
});

test('every version in versions.json is used', () => {
  const crates = contributionsIn(catalog).flatMap((contribution) => Object.keys(contribution.crates));
  expect(Object.keys(catalog.crateVersions).filter((name) => !crates.includes(name))).toEqual([]);
  const text = templates.map((template) => template.text).join('\n');
  for (const name of Object.keys(catalog.toolVersions))
    expect(text, name).toMatch(new RegExp(`tools\\.\\[?${name}\\b`));
});

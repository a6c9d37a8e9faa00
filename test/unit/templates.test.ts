import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AXES, type Contribution } from '../../src/model/catalog.ts';
import { catalog } from '../support/projects.ts';

const ROOT = path.join(import.meta.dirname, '../../templates');
const ids = AXES.flatMap((axis) => catalog.parts[axis].map((part) => part.id));

async function templateFiles(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const entries = await readdir(ROOT, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'));
  return Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return { path: path.relative(ROOT, file), text: await readFile(file, 'utf8') };
    }),
  );
}

const files = await templateFiles();

/** The contributions of every part, with its cells. */
const contributions = [
  catalog.base,
  ...Object.values(catalog.any),
  ...AXES.flatMap((axis) => catalog.parts[axis]).flatMap((part) => [...part.inherited, part]),
].flatMap(withCells);

function withCells(contribution: Contribution): readonly Contribution[] {
  return [contribution, ...Object.values(contribution.cells).flatMap(withCells)];
}

test('a template has at most three conditions, and none that names a choice', () => {
  for (const file of files) {
    const conditions = file.text.match(/\{\{#(?:if|unless)[^}]*\}\}/g) ?? [];
    expect(conditions.length, file.path).toBeLessThanOrEqual(3);
    for (const condition of conditions) {
      for (const id of ids) expect(condition.includes(id), `${file.path}: ${condition}`).toBe(false);
    }
  }
});

test('every declared slot is filled by a part, and used by at least one template', () => {
  const filled = contributions.flatMap((contribution) => contribution.slots.map(({ slot }) => slot));
  expect(catalog.slots.filter((slot) => !filled.includes(slot))).toEqual([]);
  const isRead = (slot: string) => files.some((file) => new RegExp(`\\bslots\\.${slot}\\b`).test(file.text));
  expect(catalog.slots.filter((slot) => !isRead(slot))).toEqual([]);
});

test('every version in versions.json is used', () => {
  const crates = contributions.flatMap((contribution) => Object.keys(contribution.crates));
  expect(Object.keys(catalog.crateVersions).filter((name) => !crates.includes(name))).toEqual([]);
  const text = files.map((file) => file.text).join('\n');
  for (const name of Object.keys(catalog.toolVersions))
    expect(text, name).toMatch(new RegExp(`tools\\.\\[?${name}\\b`));
});

test('every axis with a single choice has one default', () => {
  for (const axis of ['framework', 'dbLayer', 'database', 'auth'] as const) {
    expect(
      catalog.parts[axis].filter((part) => part.default),
      axis,
    ).toHaveLength(1);
  }
});

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AXES } from '../../src/model/catalog.ts';
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

test('a template has at most three conditions, and none that names a choice', () => {
  for (const file of files) {
    const conditions = file.text.match(/\{\{#(?:if|unless)[^}]*\}\}/g) ?? [];
    expect(conditions.length, file.path).toBeLessThanOrEqual(3);
    for (const condition of conditions) {
      for (const id of ids) expect(condition.includes(id), `${file.path}: ${condition}`).toBe(false);
    }
  }
});

test('every slot that is declared is looped over by one template at least', () => {
  for (const slot of catalog.slots) {
    expect(
      files.some((file) => file.text.includes(`slots.${slot}`)),
      `slot ${slot} is read`,
    ).toBe(true);
  }
});

test('every version that is kept is used', async () => {
  const parts = JSON.stringify(catalog);
  for (const name of Object.keys(catalog.crateVersions)) expect(parts, name).toContain(`"${name}":{`);
  const text = files.map((file) => file.text).join('\n');
  for (const name of Object.keys(catalog.toolVersions))
    expect(text, name).toMatch(new RegExp(`tools\\.\\[?${name}\\b`));
});

test('labels and hints fit a line of 60 columns', () => {
  for (const part of AXES.flatMap((axis) => catalog.parts[axis])) {
    expect(part.label.length, part.id).toBeLessThanOrEqual(24);
    expect(part.hint, part.id).not.toMatch(/[\n.]$/);
  }
});

test('every axis with a single choice has one default', () => {
  for (const axis of ['framework', 'dbLayer', 'database', 'auth'] as const) {
    expect(
      catalog.parts[axis].filter((part) => part.default),
      axis,
    ).toHaveLength(1);
  }
});

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatOf } from '../../../src/merge/formats/formats.ts';
import { print } from '../../../src/merge/outline.ts';

const TREES = join(import.meta.dirname, '../../golden/expected');

test('every file of a project that has a known format is outlined, without losing a character', async () => {
  const outlined = new Set<string>();
  for (const path of readdirSync(TREES, { recursive: true, encoding: 'utf8' })) {
    const file = join(TREES, path);
    const format = statSync(file).isFile() ? await formatOf(path) : undefined;
    if (format === undefined) continue;
    const text = readFileSync(file, 'utf8');
    expect(print(format.outline(text)), path).toBe(text);
    expect(typeof format.read(text), path).toBe('object');
    outlined.add(path.replace(/^.*[./]/, ''));
  }
  const known = ['dockerignore', 'example', 'gitattributes', 'gitignore', 'json', 'toml', 'yaml', 'yml'];
  expect([...outlined].sort()).toEqual(known);
});

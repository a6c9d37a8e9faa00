import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { SCHEMAS } from '../../src/model/manifest.ts';

const ROOT = path.join(import.meta.dirname, '../..');
/** The pack that create-api comes with, and a team's. */
const PACKS = ['templates', 'starter'].map((folder) => path.join(ROOT, folder));

/** The schema that a manifest of a pack is validated with, by its path. */
function schemaOf(file: string, root: string): keyof typeof SCHEMAS {
  if (file === 'pack.json') return root === PACKS[0] ? 'pack' : 'team-pack';
  if (file === 'versions.json') return 'versions';
  if (path.basename(file) === 'types.json') return 'types';
  const folders = path.dirname(file).split(path.sep);
  if (folders[0] === 'base' ? folders.length > 1 : folders[0] === 'shared' || folders.length > 2) return 'cell';
  return ['base', 'fields'].includes(folders[0] ?? '') || folders[1] === 'any' ? 'common' : 'part';
}

describe.each(Object.entries(SCHEMAS))('schemas/%s.schema.json', (name, schema) => {
  const published = z.toJSONSchema(schema, { io: 'input' });

  /** `vitest -u` rewrites it. */
  test('is what manifests are validated with', async () => {
    const file = path.join(ROOT, 'schemas', `${name}.schema.json`);
    await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  test('accepts the manifests of packs, and none with an unknown key', async () => {
    const accepts = new Ajv2020({ strict: false }).compile(published);
    const found = await Promise.all(
      PACKS.map(async (root) => {
        const files = (await readdir(root, { recursive: true })).filter((file) =>
          /^(?:pack|versions|(?:.*[/\\])?(?:part|types))\.json$/.test(file),
        );
        return files.filter((file) => schemaOf(file, root) === name).map((file) => path.join(root, file));
      }),
    );
    const own = found.flat();
    expect(own).not.toEqual([]);
    for (const file of own) {
      const manifest = JSON.parse(await readFile(file, 'utf8'));
      expect(accepts(manifest), `${file}: ${JSON.stringify(accepts.errors)}`).toBe(true);
      expect(accepts({ ...manifest, crate: {} }), file).toBe(false);
    }
  });
});

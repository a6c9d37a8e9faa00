import { describe, expect, test } from 'vitest';
import { readPack } from '../../src/catalog/read-pack.ts';
import { manifest, packFolder } from '../support/pack-folder.ts';

describe('readPack', () => {
  test('a part brings files, slot fragments and cells', async () => {
    const { catalog, sources } = await readPack(
      await packFolder({
        'frameworks/fast/part.json': manifest({ default: true }),
        'middleware/cors/part.json': manifest({ needsCell: ['framework'] }),
        'middleware/cors/fast/files/src/cors.rs.hbs': '// {{project.name}}\n',
        'middleware/cors/fast/slots/layers.rs': 'cors()\n',
      }),
    );
    const cors = catalog.parts.middleware[0];
    expect(cors).toMatchObject({ id: 'cors', axis: 'middleware', needsCell: ['framework'], default: false });
    expect(cors?.cells['fast']).toMatchObject({
      files: [{ path: 'src/cors.rs', template: 'middleware/cors/fast/files/src/cors.rs.hbs', executable: false }],
      slots: [{ slot: 'layers', template: 'middleware/cors/fast/slots/layers.rs' }],
    });
    expect(sources['middleware/cors/fast/slots/layers.rs']).toBe('cors()\n');
  });

  test('parts are sorted by their declared order, then by id', async () => {
    const { catalog } = await readPack(
      await packFolder({
        'features/b/part.json': manifest(),
        'features/a/part.json': manifest(),
        'features/z/part.json': manifest({ order: 1 }),
      }),
    );
    expect(catalog.parts.features.map((part) => part.id)).toEqual(['z', 'a', 'b']);
  });

  test('an abstract part can only be extended', async () => {
    const { catalog } = await readPack(
      await packFolder({
        'databases/server/part.json': { abstract: true, crates: { json: {} } },
        'databases/big/part.json': manifest({ extends: 'server' }),
        'databases/bigger/part.json': manifest({ order: 20, extends: 'big' }),
        'features/image/part.json': manifest(),
        'features/image/server/files/compose.yaml': 'services:\n',
      }),
    );
    expect(catalog.parts.database.map((part) => [part.id, part.ancestors])).toEqual([
      ['big', ['server']],
      ['bigger', ['server', 'big']],
    ]);
    expect(catalog.parts.database[0]?.inherited[0]?.crates).toEqual({ json: {} });
  });

  test.each([
    [
      'an extension of an unknown part',
      { 'features/a/part.json': manifest({ extends: 'b' }) },
      'features/a/part.json: extends "b", which is not a part of its axis',
    ],
    [
      'parts that extend each other',
      { 'features/a/part.json': manifest({ extends: 'b' }), 'features/b/part.json': manifest({ extends: 'a' }) },
      'features/b/part.json: extends "a", which extends it',
    ],
    [
      'a use of an unknown shared folder',
      { 'features/a/part.json': manifest({ uses: ['b'] }) },
      'features/a: uses "b", which is not a folder of shared/',
    ],
    [
      'an unknown key',
      { 'features/a/part.json': manifest({ crate: {} }) },
      'features/a/part.json: unknown key "crate"',
    ],
    ['no label', { 'features/a/part.json': { hint: 'x', order: 1 } }, 'features/a/part.json: "label"'],
    ['broken JSON', { 'features/a/part.json': '{' }, 'features/a/part.json: '],
    [
      'an undeclared slot',
      { 'features/a/part.json': manifest(), 'features/a/slots/layerz.rs': 'x' },
      'declares no slot "layerz"',
    ],
    [
      'a cell of an unknown part',
      { 'features/a/part.json': manifest(), 'features/a/slow/files/x': 'x' },
      'must be named after one part',
    ],
    [
      'a cell with an ambiguous name',
      {
        'features/a/part.json': manifest(),
        'auth/a/part.json': manifest(),
        'middleware/b/part.json': manifest(),
        'middleware/b/a/files/x': 'x',
      },
      '"a" names 2',
    ],
  ])('refuses %s, naming the file', async (_, files, message) => {
    await expect(readPack(await packFolder(files as Record<string, object>))).rejects.toThrow(message);
  });
});

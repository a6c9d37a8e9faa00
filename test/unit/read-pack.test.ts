import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { EXIT, type PackProblem } from '../../src/model/errors.ts';
import { TRAITS } from '../../src/model/resource.ts';
import { axisOptions } from '../../src/options/schema.ts';
import { problemsOf } from '../../src/plan/compatibility.ts';
import { plan } from '../../src/plan/plan.ts';
import { manifest, packManifest, packOf, problemsOfPack } from '../support/pack-folder.ts';

describe('readPack', () => {
  test('a part brings files, slot fragments and cells', async () => {
    const { catalog, sources } = await packOf({
      'frameworks/fast/part.json': manifest({ default: true }),
      'middleware/cors/part.json': manifest({ needsCell: ['framework'] }),
      'middleware/cors/fast/files/src/cors.rs.hbs': '// {{project.name}}\n',
      'middleware/cors/fast/slots/layers.rs': 'cors()\n',
    });
    const cors = catalog.parts.middleware[0];
    expect(cors).toMatchObject({ id: 'cors', axis: 'middleware', needsCell: ['framework'], default: false });
    expect(cors?.cells['fast']).toMatchObject({
      files: [{ path: 'src/cors.rs', template: 'middleware/cors/fast/files/src/cors.rs.hbs', executable: false }],
      slots: [{ slot: 'layers', template: 'middleware/cors/fast/slots/layers.rs' }],
    });
    expect(sources['middleware/cors/fast/slots/layers.rs']).toEqual({ text: 'cors()\n', isTemplate: false });
  });

  test('fragments of one line stand in the manifest, in front of those with a file', async () => {
    const { catalog, sources } = await packOf({
      'features/a/part.json': manifest({ slots: { layers: ['{{project.name}}', 'b()'] } }),
      'features/a/slots/layers.rs': 'c()\n',
    });
    const keys = [
      'features/a/part.json#slots.layers[0]',
      'features/a/part.json#slots.layers[1]',
      'features/a/slots/layers.rs',
    ];
    expect(catalog.parts.features[0]?.slots).toEqual(keys.map((template) => ({ slot: 'layers', template })));
    expect(keys.map((key) => sources[key])).toEqual([
      { text: '{{project.name}}', isTemplate: true },
      { text: 'b()', isTemplate: false },
      { text: 'c()\n', isTemplate: false },
    ]);
  });

  test('parts are sorted by their declared order, then by id', async () => {
    const { catalog } = await packOf({
      'features/b/part.json': manifest(),
      'features/a/part.json': manifest(),
      'features/z/part.json': manifest({ order: 1 }),
    });
    expect(catalog.parts.features.map((part) => part.id)).toEqual(['z', 'a', 'b']);
  });

  test('contributions are in the order of before and after, whatever the order in prompts', async () => {
    const { catalog } = await packOf({
      'middleware/a/part.json': manifest({ order: 1, after: ['c'] }),
      'middleware/b/part.json': manifest({ order: 2 }),
      'middleware/c/part.json': manifest({ order: 3 }),
      'middleware/d/part.json': manifest({ order: 4, before: ['c'] }),
    });
    const parts = catalog.parts.middleware;
    expect(parts.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect([...parts].sort((a, b) => a.position - b.position).map(({ id }) => id)).toEqual(['d', 'c', 'a', 'b']);
  });

  test('an abstract part can only be extended', async () => {
    const { catalog } = await packOf({
      'databases/server/part.json': { abstract: true, crates: { json: {} } },
      'databases/big/part.json': manifest({ extends: 'server' }),
      'databases/bigger/part.json': manifest({ order: 20, extends: 'big' }),
      'features/image/part.json': manifest(),
      'features/image/server/files/compose.yaml': 'services:\n',
    });
    expect(catalog.parts.database.map((part) => [part.id, part.ancestors])).toEqual([
      ['big', ['server']],
      ['bigger', ['server', 'big']],
    ]);
    expect(catalog.parts.database[0]?.inherited[0]?.crates).toEqual({ json: {} });
  });

  const A = 'features/a/part.json';

  test.each([
    [
      'an extension of an unknown part',
      { [A]: manifest({ extends: 'b' }), 'features/c/part.json': manifest() },
      { key: 'extends', allowed: 'c' },
    ],
    [
      'a use of an unknown shared folder',
      { [A]: manifest({ uses: ['b', 'client'] }), 'shared/client/part.json': {} },
      { key: 'uses', message: 'uses has the unknown name b', allowed: 'client' },
    ],
    [
      'a reason against an unknown part',
      { [A]: manifest({ unsupported: { b: 'no' } }) },
      { key: 'unsupported', allowed: 'a' },
    ],
    [
      'a place before an unknown part',
      { [A]: manifest({ before: ['b'] }), 'features/c/part.json': manifest() },
      { key: 'before', message: 'before has the unknown name b', allowed: 'a, c' },
    ],
    [
      'a place after a part of another axis',
      { [A]: manifest({ after: ['b'] }), 'middleware/b/part.json': manifest() },
      { key: 'after', message: 'after has the unknown name b', allowed: 'a' },
    ],
    [
      'a circle of places',
      {
        [A]: manifest({ order: 1, after: ['b'] }),
        'features/b/part.json': manifest({ order: 2 }),
        'features/c/part.json': manifest({ order: 3, after: ['a'], before: ['b'] }),
      },
      { file: 'features/c/part.json', key: 'after', message: 'after makes a circle: a before c before b before a' },
    ],
    ['a place after itself', { [A]: manifest({ after: ['a'] }) }, { key: 'after', message: 'a before a' }],
    ['a crate without a version', { [A]: manifest({ crates: { html: {} } }) }, { key: 'crates', message: 'html' }],
    [
      'an undeclared slot',
      { [A]: manifest(), 'features/a/slots/layerz.rs': 'x' },
      { file: 'features/a/slots/layerz.rs', message: 'layerz', allowed: 'slots in pack.json' },
    ],
    [
      'the placement of an unknown file',
      { 'pack.json': packManifest({ placement: { leftOutOfMember: { 'a.toml': 'why' } } }) },
      { file: 'pack.json', key: 'placement.leftOutOfMember', message: 'a.toml' },
    ],
    [
      'a cell of an unknown part',
      { [A]: manifest(), 'features/a/slow/files/x': 'x' },
      { file: 'features/a/slow', message: '0 are called slow', allowed: ['a', ...TRAITS].join(', ') },
    ],
    [
      'a cell with an ambiguous name',
      {
        ...{ [A]: manifest(), 'auth/a/part.json': manifest() },
        ...{ 'middleware/b/part.json': manifest(), 'middleware/b/a/files/x': 'x' },
      },
      { file: 'middleware/b/a', message: '2 are called a', allowed: 'auth.a, features.a' },
    ],
    [
      'a part with a word of the list syntax for an id',
      { 'features/all/part.json': manifest() },
      { file: 'features/all' },
    ],
    ['a part with capitals in its id', { 'features/Docs/part.json': manifest() }, { file: 'features/Docs' }],
    [
      'a part with the name of what every object has',
      { 'features/constructor/part.json': manifest() },
      { file: 'features/constructor' },
    ],
    [
      'a cell with the name of what every object has',
      { [A]: manifest(), 'features/a/__proto__/files/x': 'x' },
      { file: '"features/a/__proto__"' },
    ],
    ['a name that hides what is said', { 'features/a\u001b[2K/files/x': 'x' }, { file: '"features/a\\u001b[2K"' }],
    ['a part without a manifest', { 'features/a/files/x': 'x' }, { message: 'features/a/part.json is missing' }],
    ['broken JSON', { [A]: '{' }, { code: 'invalid-json' }],
    [
      'a key that stands twice',
      { [A]: '{ "label": "A", "hint": "a", "order": 1, "vars": { "a": "{\\":" }, "vars": {} }' },
      { code: 'duplicate-key', key: 'vars' },
    ],
    ['a file that is not text', { [A]: manifest(), 'features/a/files/x': Buffer.from([0xff]) }, { code: 'not-text' }],
    ['carriage returns', { [A]: manifest(), 'features/a/files/x': 'x\r\n' }, { message: 'carriage returns' }],
    ['a manifest that is no object', { [A]: '[]' }, { message: 'the manifest is []', allowed: 'an object' }],
    ['no label', { [A]: { hint: 'x', order: 1 } }, { key: 'label', message: 'label is missing' }],
    [
      'an unknown key',
      { 'features/a/part.json': manifest(), 'features/a/a/part.json': { crate: {} } },
      {
        file: 'features/a/a/part.json',
        key: 'crate',
        allowed: '$schema, crates, env, vars, replaces, overrides, slots, resourceSlots, moves, renames',
      },
    ],
    [
      'an unknown key deep in a manifest',
      { [A]: manifest({ crates: { http: { feature: ['json'] } } }) },
      { key: 'crates.http.feature', allowed: 'features, defaultFeatures, table' },
    ],
    [
      'a wrong name of a variable',
      { [A]: manifest({ vars: { 'users-store': 'x' } }) },
      { key: 'vars["users-store"]', allowed: 'a name in snake_case' },
    ],
    [
      'a secret with a default',
      {
        [A]: manifest({
          env: [
            {
              ...{ name: 'a', doc: 'A.' },
              variables: [
                { name: 'A', field: 'a', type: 'u8', doc: 'A.', allowed: 'a number', secret: true, default: '1' },
              ],
            },
          ],
        }),
      },
      { key: 'env[0].variables[0].default', allowed: 'no default, because the variable is secret' },
    ],
    ['an unknown folder', { 'middlewares/a/part.json': manifest() }, { file: 'middlewares', code: 'unknown-folder' }],
    ['a file that nothing reads', { [A]: manifest(), 'features/a/parts.json': {} }, { file: 'features/a/parts.json' }],
  ] as const)('names the file, the key and what is allowed instead of %s', async (_, files, expected) => {
    const [problem, ...others] = await problemsOfPack(files as Record<string, object>);
    expect(others).toEqual([]);
    const { message = '', ...exact } = { ...expected } as Partial<PackProblem>;
    expect(problem).toMatchObject({ file: exact.file ?? problem?.file, ...exact });
    expect(problem?.message).toContain(message);
    expect(problem?.message.startsWith(`${problem?.file}`)).toBe(true);
  });

  describe.each([
    ['with the key of another option', { name: { label: 'A', folder: 'as' } }, 'axes.name', 'a name in camelCase'],
    ['with the flag of another option', { noGit: { label: 'A', folder: 'as' } }, 'axes.noGit', 'a name in camelCase'],
    ['in the folder of the locks', { a: { label: 'A', folder: 'locks' } }, 'axes.a.folder', 'lowercase letters'],
    ['in a folder outside of the pack', { a: { label: 'A', folder: '../as' } }, 'axes.a.folder', 'lowercase letters'],
    [
      'in the folder of another',
      { a: { label: 'A', folder: 'as' }, b: { label: 'B', folder: 'as' } },
      ...['axes.b.folder', undefined],
    ],
    ['that depends on a later one', { a: { label: 'A', folder: 'as', dependsOn: 'b' } }, 'axes.a.dependsOn', 'no axis'],
    [
      'with locks for several choices',
      { a: { label: 'A', folder: 'as', multiple: true, structural: true } },
      ...['axes.a.structural', 'an axis with a single choice'],
    ],
  ] as const)('an axis %s', (_, axes, key, allowed) => {
    test('is refused with the key, and nothing else is read', async () => {
      const reading = problemsOfPack({ 'pack.json': packManifest({ axes }), 'as/x/part.json': '{' });
      const problem = { file: 'pack.json', key, ...(allowed && { allowed: expect.stringContaining(allowed) }) };
      await expect(reading).rejects.toMatchObject({ problems: [problem] });
    });
  });

  test('an axis with an unknown example is refused', async () => {
    const axes = { color: { label: 'Color', folder: 'colors', example: 'blue' } };
    const files = { 'pack.json': packManifest({ axes }), 'colors/red/part.json': manifest({ crates: { http: {} } }) };
    expect(await problemsOfPack(files)).toMatchObject([
      { file: 'pack.json', key: 'axes.color.example', allowed: 'red' },
    ]);
  });

  test('a pack may have axes of its own', async () => {
    const axes = {
      color: { label: 'Color', folder: 'colors' },
      extras: { label: 'Extras', folder: 'extras', multiple: true },
    };
    const { catalog } = await packOf({
      'pack.json': packManifest({ axes }),
      'colors/red/part.json': manifest({ default: true }),
      'extras/glow/part.json': manifest({ needsCell: ['color'] }),
      'extras/glow/red/files/glow': 'red',
    });
    const { flag, kind } = axisOptions(catalog).find(({ label }) => label === 'Extras') ?? {};
    expect({ flag, kind }).toEqual({ flag: '--extras', kind: 'list' });
    const choices = { color: 'red', extras: ['glow'] };
    const answers = { name: 'x', description: '', resources: [], ...choices } as unknown as Answers;
    expect(problemsOf(answers, catalog)).toEqual([]);
    expect(plan(answers, catalog).files.map(({ path }) => path)).toEqual(['glow']);
  });

  test('refuses parts that extend each other', async () => {
    const files = { [A]: manifest({ extends: 'b' }), 'features/b/part.json': manifest({ extends: 'a' }) };
    const messages = (await problemsOfPack(files)).map(({ message }) => message);
    expect(messages).toContain('features/b/part.json: extends is "a", which extends it');
  });

  test.each(['pack.json', 'versions.json'])('looks no further without %s', async (file) => {
    const problems = [{ file, code: 'invalid-json' }];
    await expect(problemsOfPack({ [file]: '{', [A]: '{' })).rejects.toMatchObject({ problems });
  });

  test('a pack has all its problems at once, and is not used', async () => {
    const files = {
      'pack.json': packManifest({ slot: [] }),
      [A]: manifest({ label: 1, order: 'first', uses: ['b'] }),
      'features/a/a/part.json': { label: 'A cell' },
    };
    const problems = await problemsOfPack(files);
    expect(problems.map(({ file, key }) => `${file} ${key}`).sort()).toEqual([
      ...['features/a/a/part.json label', 'features/a/part.json label', 'features/a/part.json order'],
      ...['features/a/part.json uses', 'pack.json slot'],
    ]);
    await expect(packOf(files)).rejects.toMatchObject({ name: 'PackError', problems, exitCode: EXIT.integrity });
  });

  test('a pack of another format is not looked at any further', async () => {
    const files = { 'pack.json': packManifest({ formatVersion: 2, slotz: [] }), [A]: '{' };
    const problem = { code: 'invalid-value', file: 'pack.json', key: 'formatVersion', allowed: '1' };
    await expect(problemsOfPack(files)).rejects.toMatchObject({ problems: [problem] });
  });

  test('a pack for a newer create-api is not looked at any further', async () => {
    const files = { 'pack.json': packManifest({ minCli: '1.3.0' }), [A]: '{' };
    const message = 'pack.json: minCli is 1.3.0, but this is create-api 1.2.3';
    await expect(problemsOfPack(files)).rejects.toMatchObject({ problems: [{ code: 'newer-cli-needed', message }] });
  });
});

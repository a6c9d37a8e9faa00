import { describe, expect, test } from 'vitest';
import { checkPack } from '../../../src/commands/pack/check-pack.ts';
import type { Answers } from '../../../src/model/answers.ts';
import { parseResource } from '../../../src/model/resource-syntax.ts';
import { plan } from '../../../src/plan/plan.ts';
import { parseSources } from '../../../src/render/parse-sources.ts';
import { render } from '../../../src/render/render.ts';
import { manifest, packFolder, packManifest, packOf, problemsOfPack, VERSION } from '../../support/pack-folder.ts';
import { SOUND } from '../../support/sound-pack.ts';

type Files = Readonly<Record<string, string | object>>;

const LINE = '{{#each resource.fields}}{{name}} {{type.rust}}{{#each type.list}}{{this}}{{/each}}{{/each}}';
const TABLE = { any: { rust: '{kind}', list: [] }, string: { rust: 'String' } };

/** A pack whose every project has users, with files for each resource. */
const PACK: Files = {
  ...SOUND,
  'pack.json': packManifest({
    ...{ slots: ['routes', 'handlers', 'pages'], resourceSlots: ['lines'] },
    resources: [{ resource: 'user name:string(9)', title: 'People' }],
  }),
  'base/types.json': TABLE,
  'base/resource-files/src/[plural]/[singular].rs.hbs':
    '{{resource.title}}\n{{#each resourceSlots.lines}}{{this}}\n{{/each}}',
  'base/resource-slots/lines.txt.hbs': LINE,
  'base/files/all.txt.hbs': '{{#each resources}}{{plural}} {{/each}}\n',
};

/** The files of a project with more resources. */
async function filesOf(files: Files, ...resources: readonly string[]) {
  const { catalog, sources } = await packOf(files);
  const answers = {
    ...{ name: 'x', description: '', framework: 'fast', dbLayer: 'query', database: 'lite', auth: 'open' },
    ...{ middleware: [], features: [], resources: resources.flatMap((text) => parseResource(text).resource ?? []) },
  } as Answers;
  const rendered = render({ ...plan(answers, catalog), lock: null }, parseSources(sources).templates);
  return Object.fromEntries(rendered.map(({ path, text }) => [path, text]));
}

describe('files of resources', () => {
  test('are rendered for each, with slots of their own', async () => {
    expect(await filesOf(PACK, 'person age:i32')).toMatchObject({
      'all.txt': 'users people \n',
      'src/users/user.rs': 'People\nname String\n',
      'src/people/person.rs': 'People\nage i32\n',
    });
  });

  test('are rendered for what creates a resource as it was then, and for each change that its table needs', async () => {
    const files = {
      ...PACK,
      'base/types.json': { ...TABLE, any: { ...TABLE.any, add_column: ['+{name}'], drop_column: ['-{name}', ''] } },
      'base/resource-files/[migration] [plural].txt.hbs': '{{#each resource.fields}}{{name}} {{/each}}\n',
      'base/resource-files/[change] [plural].txt.hbs':
        '{{#each change.up}}{{this}} {{/each}}/{{#each change.down}} {{this}}{{/each}}\n',
      'base/files/all.txt.hbs': '{{#each changes}}{{migration}} {{plural}} {{/each}}\n',
    };
    const steps = ['person age:i32', 'dog age:i32', 'person name:string(5)?', 'person name:string(5)?:min=2'];
    const rendered = await filesOf(files, ...steps);
    expect(rendered).toMatchObject({
      '000100 people.txt': 'age \n',
      '000200 dogs.txt': 'age \n',
      '000300 people.txt': '-age +name / -name +age\n',
      'all.txt': '000300 people \n',
      'src/people/person.rs': 'People\nname String\n',
    });
    expect(Object.keys(rendered)).not.toContain('000400 people.txt');
  });

  test('are replaced by their paths, or all of them by a pattern', async () => {
    const replaced = (replaces: object, file: string): Files => ({
      ...PACK,
      'auth/open/part.json': manifest({ default: true, replaces }),
      [`auth/open/${file}`]: 'x\n',
    });
    const one = replaced({ 'src/users/user.rs': 'base' }, 'files/src/users/user.rs');
    expect(await filesOf(one, 'person age:i32')).toMatchObject({
      'src/users/user.rs': 'x\n',
      'src/people/person.rs': 'People\nage i32\n',
    });
    const each = replaced({ 'src/[plural]/[singular].rs': 'base' }, 'resource-files/src/[plural]/[singular].rs');
    expect(await filesOf(each, 'person age:i32')).toMatchObject({
      'src/users/user.rs': 'x\n',
      'src/people/person.rs': 'x\n',
    });
  });

  test('what fields of a kind need is added if there are any', async () => {
    const files = {
      ...PACK,
      'fields/json/files/json.txt': 'x\n',
      'fields/optional/string/files/optional-text.txt': 'x\n',
      'base/without-json/files/no-json.txt': 'x\n',
    };
    expect(Object.keys(await filesOf(files))).not.toContain('json.txt');
    expect(Object.keys(await filesOf(files))).toContain('no-json.txt');
    const paths = Object.keys(await filesOf(files, 'person data:json?'));
    expect(paths).toEqual(expect.arrayContaining(['json.txt', 'optional-text.txt']));
    expect(paths).not.toContain('no-json.txt');
  });
});

describe('the texts of a type table', () => {
  const textsOf = async (table: object, field: string) => {
    const files = { ...PACK, 'base/types.json': { ...TABLE, ...table } };
    const rendered = await filesOf(files, `thing ${field}`);
    return rendered['src/things/thing.rs'];
  };

  test.each([
    ['x:i64', 'i64'],
    ['x:string(7)?', 'Option<Text7>'],
    ['x:string(7):unique', 'Text7 unique'],
    ['x:string(7)?:unique', 'Option<Text7> unique'],
    ['x:string(7)?:unique:min=2', 'Option<Text7> unique'],
  ])('are those for the most modifiers of %s', async (field, text) => {
    const string = {
      ...{ bare: 'Text{length}', rust: '{type.bare}', 'rust?': 'Option<{type.bare}>' },
      ...{ 'rust:unique': '{type.bare} unique', 'rust?:unique': 'Option<{type.bare}> unique' },
    };
    expect(await textsOf({ any: { ...TABLE.any, bare: '' }, string }, field)).toBe(`Things\nx ${text}\n`);
  });

  test.each([
    [{ string: { rust: '{nothing}' } }, 'base/types.json: string.rust: {nothing} is not a text that it may use'],
    [{ string: { rust: '{type.rust}' } }, 'base/types.json: string.rust: {type.rust} is not a text that it may use'],
    [{ string: { rust: '{type.list}' } }, 'base/types.json: string.rust: {type.list} is not a text that it may use'],
    [{ any: {}, string: { rust: 'String' } }, 'base/types.json: json.rust is missing, which string has'],
  ])('%j is refused', async (table, message) => {
    await expect(textsOf(table, 'x:string(7) y:json')).rejects.toThrow(message);
  });

  test('come from one part', async () => {
    const files = { ...PACK, 'auth/open/types.json': { string: { rust: 'Text' }, i32: { rust: 'i32' } } };
    await expect(filesOf(files)).rejects.toThrow('auth/open/types.json: string.rust is in base/types.json too');
  });
});

describe.each<[string, Files, object]>([
  [
    'a resource that is described wrongly',
    { 'pack.json': packManifest({ resources: [{ resource: 'user name:sting' }] }) },
    { file: 'pack.json', key: 'resources[0].resource', message: expect.stringMatching(/has the unknown type sting$/) },
  ],
  [
    'a file of resources with one path',
    { 'base/resource-files/src/model.rs': 'x\n' },
    { code: 'unclear-path', file: 'base/resource-files/src/model.rs', allowed: 'a path with [plural] or [singular]' },
  ],
  [
    'a slot of resources that is not declared',
    { 'auth/open/part.json': manifest({ default: true, resourceSlots: { lines: ['x'] } }) },
    { file: 'auth/open/part.json', key: 'resourceSlots', allowed: 'resourceSlots in pack.json' },
  ],
  [
    'an unknown kind of field',
    { 'base/types.json': { sting: {} } },
    { code: 'unknown-key', file: 'base/types.json', key: 'sting' },
  ],
  [
    'an unknown modifier',
    { 'base/types.json': { any: { 'x:cool': '' } } },
    { code: 'invalid-name', file: 'base/types.json', key: 'any["x:cool"]' },
  ],
  [
    'keys of which neither fits best',
    { 'base/types.json': { any: { 'x?': '', 'x:min': '' } } },
    { code: 'ambiguous-key', file: 'base/types.json', key: 'any.x?' },
  ],
  [
    'a folder of fields of no kind',
    { 'fields/sting/files/x': 'x\n' },
    { code: 'unknown-folder', file: 'fields/sting', allowed: expect.stringMatching(/^string, .*owner$/) },
  ],
  [
    'callers of an unknown resource',
    { 'pack.json': packManifest({ callers: { axis: 'auth', resource: 'user' } }) },
    { file: 'pack.json', key: 'callers.resource', message: 'pack.json: callers.resource has the unknown name user' },
  ],
])('%s', (_, files, expected) => {
  test('is an error with its file and key', async () => {
    expect(await problemsOfPack(files)).toEqual(expect.arrayContaining([expect.objectContaining(expected)]));
  });
});

describe('pack check', () => {
  const check = async (files: Files) => checkPack(await packFolder({ ...PACK, ...files }), VERSION);

  test('finds nothing wrong in this pack', async () => expect(await check({})).toEqual([]));

  test.each<[string, Files, string]>([
    [
      'a key that no template reads',
      { 'base/types.json': { ...TABLE, any: { ...TABLE.any, other: '' } } },
      'base/types.json: other is read by no template',
    ],
    [
      'a key that fields of some kind lack',
      { 'base/types.json': { string: { rust: 'String' }, any: { list: [] } } },
      'base/types.json: text.rust is missing, which string has',
    ],
    [
      'a slot of resources that no file reads',
      {
        'base/resource-files/src/[plural]/[singular].rs.hbs':
          '{{resource.type}} {{#each resource.fields}}{{type.rust}}{{/each}}',
      },
      'pack.json: resourceSlots: no file reads lines',
    ],
    [
      'a file of all resources that reads one',
      { 'base/files/all.txt.hbs': '{{resource.plural}}' },
      'resource.plural is not defined',
    ],
  ])('finds %s', async (_, files, message) => {
    const messages = (await check(files)).map((problem) => problem.message.replace(/ \(in a project.*/, ''));
    expect(messages).toContainEqual(expect.stringContaining(message));
  });
});

test('a template can tell whose rows are deleted with a row, or keep it from being deleted', async () => {
  const template = `{{#each resource.dependents}}{{plural}}{{#if cascades}} cascade{{/if}}{{#if restricts}} restrict{{/if}}
{{#each refs}}  {{name}}
{{/each}}{{/each}}`;
  const files = await filesOf(
    { ...PACK, 'base/resource-files/[plural].txt.hbs': template },
    'order buyer:ref(user):cascade',
    'item order:ref(order):cascade parent:ref(item)?',
    'note item:ref(item)',
  );
  expect(files['users.txt']).toBe(
    'orders cascade\n  buyer_id\nitems cascade restrict\n  order_id\n  parent_id\nnotes restrict\n  item_id\n',
  );
  expect(files['orders.txt']).toBe('items cascade restrict\n  order_id\n  parent_id\nnotes restrict\n  item_id\n');
  expect(files['notes.txt']).toBe('');
});

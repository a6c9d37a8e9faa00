import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { readFlags } from '../../../src/options/flags.ts';
import { extendPreset, type Preset, readPreset } from '../../../src/options/preset.ts';
import { completeAnswers, readRequest } from '../../../src/options/resolve.ts';
import { createOptions } from '../../../src/options/schema.ts';
import { catalog as builtin } from '../../support/projects.ts';
import { publishedPresetSchema } from '../../support/published-schemas.ts';
import { axes, options, rules } from '../fixtures/rules.ts';

/** What a preset and flags come to together. */
async function request(preset: unknown, ...argv: readonly string[]) {
  const { preset: read, problems } = readPreset('team.json', JSON.stringify(preset), options);
  const requested = readRequest(await readFlags(options, argv), options, rules, read);
  return { ...requested, problems: [...problems, ...requested.problems] };
}

test('a preset answers what no flag does', async () => {
  const preset = { $schema: 'x', description: 'Sells tea', framework: 'wren', dbLayer: 'memory', features: ['docs'] };
  expect(await request(preset, 'svc', '--db-layer', 'query')).toMatchObject({
    problems: [],
    request: { chosen: { description: 'Sells tea', framework: 'wren', dbLayer: 'query', features: ['docs'] } },
  });
});

test('its answers are completed with defaults, like those of flags', async () => {
  const { chosen } = (await request({ dbLayer: 'memory' })).request;
  expect(completeAnswers({ name: 'svc', ...chosen }, axes, rules)).toMatchObject({
    answers: { framework: 'kite', dbLayer: 'memory', database: null },
  });
});

describe('a list', () => {
  const featuresOf = async (features: readonly string[], ...argv: readonly string[]) =>
    (await request({ framework: 'wren', features }, ...argv)).request.chosen.features;

  test.each([
    [['docs'], [], ['docs']],
    [[], [], []],
    [['default', '+docs'], [], ['image', 'docs']],
    [['docs'], ['--features', 'image'], ['image']],
    [['docs'], ['--features', '+sketch'], ['docs', 'sketch']],
    [['docs', 'sketch'], ['--features', '-docs'], ['sketch']],
    [['docs'], ['--features', 'none'], []],
  ])('%j with %j is %j', async (features, argv, expected) => {
    expect(await featuresOf(features, ...argv)).toEqual(expected);
  });
});

test.each([
  [['thing size:i64'], [], ['things']],
  [[], [], []],
  [['thing size:i64'], ['--resource', 'payment total:i64'], ['things', 'payments']],
  [['thing size:i64'], ['--resource', 'none'], []],
])('the resources %j with %j are %j', async (resources, argv, expected) => {
  const { request: read, problems } = await request({ resources }, ...argv);
  expect(problems).toEqual([]);
  expect(read.chosen.resources?.map(({ plural }) => plural)).toEqual(expected);
});

describe('a preset that extends another', () => {
  const extended = (...presets: readonly object[]) =>
    presets
      .map((json, index) => readPreset(`${index}.json`, JSON.stringify(json), options).preset as Preset)
      .reduce((weaker, preset) => extendPreset(weaker, preset, options));
  const textsOf = (key: string, ...presets: readonly object[]) => extended(...presets).values[key]?.texts;

  test.each<[string, string, readonly object[], readonly string[]]>([
    ['has its answers, unless it has its own', 'framework', [{ framework: 'kite' }, { framework: 'wren' }], ['wren']],
    ['replaces its lists', 'features', [{ features: ['docs'] }, { features: ['image'] }], ['image']],
    [
      'changes its lists with +id and -id',
      'features',
      [{ features: ['docs'] }, { features: ['+image', '-docs'] }],
      ['docs', '+image', '-docs'],
    ],
    ['changes changes', 'features', [{ features: ['+docs'] }, { features: ['-docs'] }], ['+docs', '-docs']],
    ['may want none of them', 'features', [{ features: ['docs'] }, { features: [] }], ['none']],
    ['adds resources', 'resources', [{ resources: ['a x:i64'] }, { resources: ['b x:i64'] }], ['a x:i64', 'b x:i64']],
    [
      'describes a resource anew',
      'resources',
      [{ resources: ['a/as x:i64', 'b x:i64'] }, { resources: ['a y:i64'] }],
      ['b x:i64', 'a y:i64'],
    ],
    ['wants no resource', 'resources', [{ resources: ['a x:i64'] }, { resources: [] }], ['none']],
    ['wants one after all', 'resources', [{ resources: [] }, { resources: ['a x:i64'] }], ['a x:i64']],
  ])('%s', (_, key, presets, texts) => {
    expect(textsOf(key, ...presets)).toEqual(texts);
  });

  test('composes lists that are then read like those of flags', async () => {
    const preset = extended({ features: ['default'] }, { features: ['+docs'] }, { features: ['-image'] });
    const { request: read, problems } = readRequest(
      await readFlags(options, ['--features', '+image']),
      options,
      rules,
      preset,
    );
    expect([problems, read.chosen.features]).toEqual([[], ['image', 'docs']]);
  });

  test('names the files that a wrong value is from', async () => {
    const preset = extended({ features: ['docs'] }, { features: ['+dox'] });
    const { problems } = readRequest(await readFlags(options, []), options, rules, preset);
    expect(problems).toMatchObject([{ message: 'features in 0.json and 1.json has no choice "dox" to add' }]);
  });
});

test.each([
  [{ about: 1 }, 'about is 1'],
  [{ about: 'a\nb' }, 'about is "a\\nb"'],
  [{ about: 'x'.repeat(201) }, 'about is "xxx'],
  [{ extends: 1 }, 'extends is 1'],
  [{ extends: [1] }, 'extends is [1]'],
  [{ $schema: 1 }, '$schema is 1'],
])('%j is refused', (preset, message) => {
  const { problems } = readPreset('team.json', JSON.stringify(preset), options);
  expect(problems).toMatchObject([{ message: expect.stringContaining(`team.json: ${message}`) }]);
});

test('all problems are reported at once, with the name of the file', async () => {
  const preset = { framwork: 'wren', framework: 'kyte', features: 'docs', middleware: ['trace', 'x'], description: 3 };
  expect((await request({ ...preset, install: 'no' }, '--auth', 'x')).problems).toMatchObject([
    { message: 'team.json has the unknown key "framwork"', hint: 'did you mean framework?' },
    { message: 'team.json: features is "docs"', allowed: 'a list of texts' },
    { message: 'team.json: description is 3', allowed: 'a text' },
    { message: 'team.json has the unknown key "install"' },
    { message: 'framework in team.json has no choice "kyte"', hint: 'did you mean kite?' },
    { message: '--auth has no choice "x"' },
    { message: 'middleware in team.json has no choice "x"' },
  ]);
});

test.each([
  ['[]', 'team.json holds no JSON object'],
  ['null', 'team.json holds no JSON object'],
  ['{"framework":"kite","framework":"wren"}', 'team.json: framework stands twice in one object'],
  [`{"framework":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'team.json is nested deeper than 100 levels'],
  ['{', /^team\.json is not JSON: /],
  ['{"__proto__":{}}', 'team.json has the unknown key "__proto__"'],
  ['{"toString":""}', 'team.json has the unknown key "toString"'],
])('%s is refused', async (text, message) => {
  expect(readPreset('team.json', text, options).problems).toMatchObject([{ message: expect.stringMatching(message) }]);
});

describe('schemas/preset.schema.json', () => {
  const published = publishedPresetSchema(builtin, createOptions(builtin));

  /** `vitest -u` rewrites it. */
  test('has the options of the built-in pack', async () => {
    const file = path.join(import.meta.dirname, '../../../schemas/preset.schema.json');
    await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  test('accepts what is read without a problem', async () => {
    const accepts = new Ajv2020({ strict: false }).compile(published);
    const read = (preset: object) => readPreset('x', JSON.stringify(preset), createOptions(builtin)).problems;
    const resources = ['payment  total:decimal(10, 2)?:min=1', 'person/people payment:ref(payment)'];
    const good = {
      framework: 'poem',
      features: ['default', '+redis'],
      middleware: [],
      description: 'x',
      resources,
      about: 'x',
      extends: ['./a.json'],
    };
    expect([accepts(good), read(good)]).toEqual([true, []]);
    // Those of a team's pack.
    expect(
      accepts({ framework: 'house-axum', features: ['+runbook'], policy: { require: { features: ['runbook'] } } }),
    ).toBe(true);
    for (const bad of [
      { ...good, framwork: '' },
      { ...good, features: 'all' },
      { ...good, auth: 1 },
      { ...good, extends: { a: 1 } },
      { ...good, about: 'x'.repeat(201) },
      { ...good, resources: 'payment total:i64' },
      { ...good, resources: [{ name: 'payment' }] },
    ]) {
      expect(accepts(bad)).toBe(false);
      expect(read(bad)).toHaveLength(1);
    }
  });
});

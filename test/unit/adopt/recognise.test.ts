import { describe, expect, test } from 'vitest';
import { type Outline, recognise } from '../../../src/commands/adopt/recognise.ts';
import { type ReleaseAxis, type ReleaseChoices, readReleaseAxes } from '../../../src/options/release-options.ts';

const choice = (id: string, isDefault = false, excludesAxes: readonly string[] = []) => ({
  ...{ id, label: `The ${id}`, default: isDefault, excludesAxes },
});

/** Axes with the keys of this create-api, since others are not read. */
const AXES: readonly ReleaseAxis[] = [
  { key: 'framework', multiple: false, choices: [choice('fast', true), choice('slow')] },
  { key: 'dbLayer', multiple: false, choices: [choice('query', true), choice('none', false, ['database'])] },
  { key: 'database', multiple: false, choices: [choice('lite', true), choice('big')] },
  { key: 'features', multiple: true, choices: [choice('docs', true), choice('cache'), choice('image')] },
];

const idsOf = (choices: ReleaseChoices) => AXES.flatMap(({ key }) => [choices[key] ?? []].flat());

/** A release that renders a file of its own for each choice, and shared ones that depend on all of them. */
function outlineFor(choices: ReleaseChoices): Outline {
  const ids = idsOf(choices);
  const own = ids.map((id) => [`src/${id}.rs`, id] as const);
  const shared = ['Cargo.toml', 'README.md', 'src/lib.rs'].map((path) => [path, `${path} of ${ids}`] as const);
  const handlers = ['a', 'b', 'c', 'd'].map((name) => [`src/${name}.rs`, `${name} of ${choices.framework}`] as const);
  return new Map([...own, ...shared, ...handlers]);
}

const release = (choices: ReleaseChoices) => Promise.resolve(outlineFor(choices));

const readmeOf = (choices: ReleaseChoices) =>
  idsOf(choices)
    .map((id) => `| The ${id} | what it is | \`src/${id}.rs\` |\n`)
    .join('');

/** A project with these choices, some of whose files are edited or deleted. */
function project(choices: ReleaseChoices, { readme = '', edited = [] as string[], deleted = [] as string[] } = {}) {
  const files = new Map([...outlineFor(choices)].filter(([path]) => !deleted.includes(path)));
  const hashesAt = (path: string) => {
    const hash = files.get(path);
    return hash === undefined ? [] : [edited.includes(path) ? 'edited' : hash];
  };
  return { readme, hashesAt };
}

const CHOSEN = { framework: 'slow', dbLayer: 'query', database: 'big', features: ['cache', 'image'] };
const SHARED = ['Cargo.toml', 'README.md', 'src/lib.rs'];

describe('a project', () => {
  test.each([
    ['by the table of its README', project(CHOSEN, { readme: readmeOf(CHOSEN) })],
    ['by its files', project(CHOSEN)],
    ['by its files, though the shared ones are edited', project(CHOSEN, { edited: SHARED })],
    [
      'by its files, though the README is that of another',
      project(CHOSEN, { readme: readmeOf({ framework: 'fast' }) }),
    ],
    ['though files of a part are deleted', project(CHOSEN, { readme: readmeOf(CHOSEN), deleted: ['src/image.rs'] })],
  ])('is recognised %s', async (_, evidence) => {
    const found = await recognise(evidence, {}, AXES, release);
    expect(found?.choices).toEqual(CHOSEN);
    expect(found?.outline).toEqual(outlineFor(CHOSEN));
  });

  test('contradicts a given choice that its README does not state, and its files do not show', async () => {
    const evidence = project(CHOSEN, { readme: readmeOf(CHOSEN) });
    const found = await recognise(evidence, { framework: 'fast', database: 'big' }, AXES, release);
    expect(found?.contradicted).toEqual({ framework: 'slow' });
    expect((await recognise(evidence, { framework: 'slow' }, AXES, release))?.contradicted).toEqual({});
  });

  test('agrees with a given choice that its files show, whatever its README states', async () => {
    const evidence = project(CHOSEN, { readme: readmeOf({ ...CHOSEN, framework: 'fast' }) });
    expect((await recognise(evidence, { framework: 'slow' }, AXES, release))?.contradicted).toEqual({});
  });

  test('is recognised without a part that was removed with all its traces', async () => {
    const without = { ...CHOSEN, features: ['cache'] };
    const found = await recognise(project(without), {}, AXES, release);
    expect(found?.choices).toEqual(without);
  });

  test('has no choice on an axis that another choice rules out', async () => {
    const choices = { framework: 'fast', dbLayer: 'none', database: null, features: [] };
    for (const readme of ['', readmeOf(choices)]) {
      const found = await recognise(project(choices, { readme }), {}, AXES, release);
      expect(found?.choices).toEqual(choices);
    }
  });

  test('is what a person says it is', async () => {
    const found = await recognise(project(CHOSEN), { framework: 'fast', features: [] }, AXES, release);
    expect(found?.choices).toMatchObject({ framework: 'fast', database: 'big', features: [] });
  });

  test('that is untouched and has its README takes the release a single run', async () => {
    let runs = 0;
    const counted = (choices: ReleaseChoices) => {
      runs++;
      return release(choices);
    };
    await recognise(project(CHOSEN, { readme: readmeOf(CHOSEN) }), {}, AXES, counted);
    expect(runs).toBe(1);
  });

  test('that the release refuses with these choices is looked for with others', async () => {
    const refuses = (choices: ReleaseChoices) =>
      choices.framework === 'fast' ? Promise.resolve(null) : release(choices);
    expect((await recognise(project(CHOSEN), {}, AXES, refuses))?.choices).toEqual(CHOSEN);
    expect(await recognise(project(CHOSEN), {}, AXES, () => Promise.resolve(null))).toBeNull();
  });
});

describe('the list of a release', () => {
  const listed = (choices: unknown, kind = 'choice') => JSON.stringify({ options: [{ key: 'auth', kind, choices }] });
  const NONE = { id: 'none', label: 'None', default: true, excludesAxes: [] };

  test('is read on the axes that this create-api has', () => {
    expect(readReleaseAxes(listed([NONE]), ['auth', 'framework'])).toEqual([
      { key: 'auth', multiple: false, choices: [NONE] },
    ]);
    expect(readReleaseAxes(listed([NONE]), ['framework'])).toBeNull();
  });

  test.each([
    ['no JSON', 'options'],
    ['null', 'null'],
    ['another document', '{"options":{"auth":[]}}'],
    ['another kind', listed([NONE], 'text')],
    ['no choices', listed([])],
    ['an id that would be a flag', listed([{ ...NONE, id: '--git' }])],
    ['an id with a space', listed([{ ...NONE, id: 'a b' }])],
    ['choices that are texts', listed(['none'])],
  ])('is refused if it has %s', (_, json) => {
    expect(readReleaseAxes(json, ['auth'])).toBeNull();
  });
});

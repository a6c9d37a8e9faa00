import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPack } from '../../src/commands/pack/check-pack.ts';
import { manifest, packFolder, packManifest, VERSION } from '../support/pack-folder.ts';
import { type Files, LOCK, SOUND } from '../support/sound-pack.ts';

const PART = 'features/extra/part.json';
const CELL = 'features/extra/fast/part.json';

/** What a part of another author does, and the problem that it is. */
interface Attack {
  readonly files: Files;
  /** A link in the pack, and what it points at. */
  readonly link?: readonly [from: string, to: string];
  readonly file: string;
  readonly key?: string;
  readonly allowed?: string;
}

const variable = { name: 'A', field: 'a', type: 'u8', doc: 'A.', allowed: 'a number' };

const ATTACKS: Readonly<Record<string, Attack>> = {
  'a file that differs from another in case only': {
    files: { [PART]: manifest(), 'features/extra/files/src/Main.rs': '// the same\n' },
    file: 'features/extra/files/src/Main.rs',
  },
  'a folder that differs from another in case only': {
    files: { [PART]: manifest(), 'features/extra/files/SRC/extra.rs': '// the same\n' },
    file: 'features/extra/files/SRC/extra.rs',
  },
  'replaces a route that authentication closes, as if it were the open one': {
    files: {
      [PART]: manifest(),
      [CELL]: { replaces: { 'src/routes/users.rs': 'frameworks/fast' } },
      'features/extra/fast/files/src/routes/users.rs': '// for everyone\n',
    },
    ...{ file: CELL, key: 'replaces["src/routes/users.rs"]', allowed: 'auth/token' },
  },
  'replaces a file without saying whose it is': {
    files: { [PART]: manifest({ replaces: ['src/main.rs'] }), 'features/extra/files/src/main.rs': '// mine\n' },
    ...{ file: PART, key: 'replaces', allowed: 'an object' },
  },
  'brings a file of another part': {
    files: { [PART]: manifest(), 'features/extra/files/src/main.rs': '// mine\n' },
    ...{ file: PART, key: 'replaces["src/main.rs"]', allowed: 'base' },
  },
  'replaces a file that no part brings': {
    files: { [PART]: manifest({ replaces: { 'src/mine.rs': 'base' } }), 'features/extra/files/src/mine.rs': '\n' },
    ...{ file: PART, key: 'replaces["src/mine.rs"]' },
  },
  'replaces a file with none': {
    files: { [PART]: manifest({ replaces: { 'src/main.rs': 'base' }, crates: { http: {} } }) },
    ...{ file: PART, key: 'replaces["src/main.rs"]' },
  },
  'replaces a file of an unknown part': {
    files: { [PART]: manifest({ replaces: { 'src/main.rs': 'the/base' } }), 'features/extra/files/src/main.rs': '\n' },
    ...{ file: PART, key: 'replaces' },
  },
  'mounts its route in one framework, and is offered for another that extends it': {
    files: { [PART]: manifest({ needsCell: ['framework'] }), 'features/extra/fast/slots/routes.rs': 'extra' },
    file: 'features/extra/fast/slots/routes.rs',
  },
  'mounts its route so in a manifest': {
    files: { [PART]: manifest({ needsCell: ['framework'] }), [CELL]: { slots: { routes: ['extra'] } } },
    ...{ file: CELL, key: 'slots.routes[0]' },
  },
  'has lines where one is expected': {
    files: { [PART]: manifest({ slots: { routes: ['extra\nsecond'] }, crates: { http: {} } }) },
    ...{ file: PART, key: 'slots.routes[0]', allowed: 'a line of text' },
  },
  'fills a slot that is not declared in a manifest': {
    files: { [PART]: manifest({ slots: { layers: ['extra'] }, crates: { http: {} } }) },
    ...{ file: PART, key: 'slots', allowed: 'slots in pack.json' },
  },
  'is offered where it adds nothing': {
    files: { [PART]: manifest(), 'features/extra/faster/slots/handlers.rs': 'extra' },
    ...{ file: PART, allowed: 'needsCell or unsupported, for what it is not built for' },
  },
  'needs cells on an axis that does not exist': {
    files: { [PART]: manifest({ needsCell: ['frameworks'], crates: { http: {} } }) },
    ...{ file: PART, key: 'needsCell', allowed: 'framework, dbLayer, database, auth, middleware, features' },
  },
  'rules out an axis that applies to every project': {
    files: { [PART]: manifest({ excludesAxes: ['auth'], crates: { http: {} } }) },
    ...{ file: PART, key: 'excludesAxes', allowed: expect.stringContaining('none says that it dependsOn this one') },
  },
  'has a string for a list': {
    files: { [PART]: manifest({ crates: { http: { features: 'cors' } } }) },
    ...{ file: PART, key: 'crates.http.features', allowed: 'a list' },
  },
  'has a string for its order': {
    files: { [PART]: manifest({ order: 'first', crates: { http: {} } }) },
    ...{ file: PART, key: 'order', allowed: 'a whole number' },
  },
  'has a label on a cell': {
    files: { [PART]: manifest({ crates: { http: {} } }), [CELL]: { label: 'Extra' } },
    ...{ file: CELL, key: 'label', allowed: expect.stringMatching(/^\$schema, crates, env, vars,/) },
  },
  'has an order on a cell': {
    files: { [PART]: manifest({ crates: { http: {} } }), [CELL]: { order: 'first' } },
    ...{ file: CELL, key: 'order', allowed: expect.stringMatching(/^\$schema, crates, env, vars,/) },
  },
  'changes how SQL has parameters': {
    files: { 'middleware/extra/part.json': manifest({ vars: { bind: '$' } }) },
    ...{ file: 'middleware/extra/part.json', key: 'overrides.bind', allowed: 'databases/lite' },
  },
  'sets a value that no template reads': {
    files: { [PART]: manifest({ vars: { bindd: '$' } }) },
    ...{ file: PART, key: 'vars.bindd' },
  },
  'links to a file': {
    files: { [PART]: manifest({ crates: { http: {} } }) },
    ...{ link: ['features/extra/files/hostname', '/etc/hostname'], file: 'features/extra/files/hostname' },
  },
  'links to a folder': {
    files: { [PART]: manifest({ crates: { http: {} } }) },
    ...{ link: ['features/extra/files', '/etc'], file: 'features/extra/files' },
  },
  'moves files out of the project': {
    files: { [PART]: manifest({ moves: { 'src/routes': '../../routes' }, crates: { http: {} } }) },
    ...{ file: PART, key: 'moves["src/routes"]', allowed: expect.stringMatching(/^a path in the project/) },
  },
  'moves a folder that no part has': {
    files: { [PART]: manifest({ moves: { 'src/pages': 'src/views' }, crates: { http: {} } }) },
    ...{ file: PART, key: 'moves["src/pages"]' },
  },
  'renames a file to one that no part has': {
    files: { [PART]: manifest({ renames: { 'src/old.rs': 'src/new.rs' }, crates: { http: {} } }) },
    ...{ file: PART, key: 'renames["src/old.rs"]' },
  },
  'renames a file that is still there': {
    files: { [PART]: manifest({ renames: { 'src/db.rs': 'src/main.rs' }, crates: { http: {} } }) },
    ...{ file: PART, key: 'renames["src/db.rs"]' },
  },
  'renames a file that another part renames': {
    files: {
      'base/part.json': {
        ...{ crates: { http: {} }, slots: { pages: ['The base'] } },
        renames: { 'src/old.rs': 'src/main.rs' },
      },
      [PART]: manifest({ renames: { 'src/older.rs': 'src/main.rs' }, crates: { http: {} } }),
    },
    ...{ file: PART, key: 'renames["src/older.rs"]' },
  },
  'renames a file out of the project': {
    files: { [PART]: manifest({ renames: { '../old.rs': 'src/main.rs' }, crates: { http: {} } }) },
    ...{ file: PART, key: 'renames["../old.rs"]', allowed: expect.stringMatching(/^a path in the project/) },
  },
  'moves files into the repository': {
    files: { [PART]: manifest({ moves: { 'src/routes': '.git/hooks' }, crates: { http: {} } }) },
    ...{ file: PART, key: 'moves["src/routes"]' },
  },
  'replaces a file outside of the project': {
    files: { [PART]: manifest({ replaces: { '../main.rs': 'base' }, crates: { http: {} } }) },
    ...{ file: PART, key: 'replaces["../main.rs"]', allowed: expect.stringMatching(/^a path in the project/) },
  },
  'places a file outside of the repository': {
    files: {
      'pack.json': packManifest({
        ...{ slots: ['routes', 'handlers', 'pages'], placement: { repositoryRoot: { 'src/main.rs': '/etc/{name}' } } },
      }),
    },
    ...{ file: 'pack.json', key: 'placement.repositoryRoot["src/main.rs"]' },
  },
  'brings a git hook': {
    files: { [PART]: manifest(), 'features/extra/files/.git/hooks/post-checkout': '#!/bin/sh\n' },
    file: 'features/extra/files/.git/hooks/post-checkout',
  },
  'brings a file that Windows cannot write': {
    files: { [PART]: manifest(), 'features/extra/files/src/aux.rs': '\n' },
    file: 'features/extra/files/src/aux.rs',
  },
  'brings a file that is another where case does not count': {
    files: { [PART]: manifest(), 'features/extra/files/src/Main.rs': '\n' },
    file: 'features/extra/files/src/Main.rs',
  },
  'brings a lock of its own': {
    files: { [PART]: manifest(), 'features/extra/files/Cargo.lock': '\n' },
    file: 'features/extra/files/Cargo.lock',
  },
  'has a template that does not end': {
    files: { [PART]: manifest(), 'features/extra/files/a.hbs': '{{#each slots.routes}}' },
    file: 'features/extra/files/a.hbs',
  },
  'calls an unknown helper': {
    files: { [PART]: manifest(), 'features/extra/files/a.hbs': '{{shell "id"}}' },
    file: 'features/extra/files/a.hbs',
  },
  'reads a value that no part sets': {
    files: { [PART]: manifest(), 'features/extra/files/a.hbs': '{{vars.secret}}' },
    file: 'features/extra/files/a.hbs',
  },
  'reads a name that no project has': {
    files: { [PART]: manifest(), 'features/extra/files/a.hbs': '{{project.nam}}' },
    file: 'features/extra/files/a.hbs',
  },
  'reads slots where one is filled': {
    files: { [PART]: manifest({ slots: { pages: ['{{#each slots.pages}}{{/each}}'] } }) },
    ...{ file: PART, key: 'slots.pages[0]' },
  },
  'reads a slot that is not declared': {
    files: { [PART]: manifest(), 'features/extra/files/a.hbs': '{{#each slots.secrets}}{{/each}}' },
    ...{ file: 'features/extra/files/a.hbs', allowed: 'slots in pack.json' },
  },
  'has a secret with a default': {
    files: {
      [PART]: manifest({
        env: [{ name: 'a', doc: 'A.', variables: [{ ...variable, secret: true, default: '1' }] }],
        crates: { http: {} },
      }),
    },
    ...{ file: PART, key: 'env[0].variables[0].default' },
  },
  'writes a second line where one is expected': {
    files: {
      [PART]: manifest({
        env: [{ name: 'a', doc: 'A.\nuse std::process;', variables: [variable] }],
        crates: { http: {} },
      }),
    },
    ...{ file: PART, key: 'env[0].doc', allowed: 'a line of text' },
  },
  'has a variable of another part': {
    files: {
      [PART]: manifest({ env: [{ name: 'a', doc: 'A.', variables: [variable] }] }),
      [CELL]: { env: [{ name: 'b', doc: 'B.', variables: [{ ...variable, field: 'b' }] }] },
    },
    ...{ file: CELL, key: 'env[0].variables[0].name' },
  },
  'has a field twice in a group': {
    files: { [PART]: manifest({ env: [{ name: 'a', doc: 'A.', variables: [variable, { ...variable, name: 'B' }] }] }) },
    ...{ file: PART, key: 'env[0].variables[1].field' },
  },
  'describes a group of variables in two ways': {
    files: {
      [PART]: manifest({ env: [{ name: 'a', doc: 'A.', variables: [variable] }] }),
      [CELL]: { env: [{ name: 'a', doc: 'B.', variables: [] }] },
    },
    ...{ file: CELL, key: 'env[0].doc' },
  },
  'has a lock that is none': {
    files: { 'locks/fast-query-big.lock': '[[package]]\n' },
    file: 'locks/fast-query-big.lock',
  },
  'has a table of a lock that is no JSON': {
    files: { 'locks/fast-query-lite.json': '{' },
    file: 'locks/fast-query-lite.json',
  },
  'has a word for the options in the table of a lock': {
    files: { 'locks/fast-query-big.json': { 'http 1.0.0': { 'json 2.0.0': 'token' } } },
    ...{ file: 'locks/fast-query-big.json', key: '["http 1.0.0"]["json 2.0.0"]', allowed: 'a list' },
  },
  'needs a crate that the locks of the part that it extends lack': {
    files: {
      'frameworks/extra/part.json': manifest({
        extends: 'fast',
        crates: { json: {} },
        unsupported: { big: 'too big' },
      }),
    },
    ...{ file: 'locks/fast-query-lite.lock', allowed: expect.stringContaining('has its own locks') },
  },
  'has half a lock of its own': {
    files: { 'locks/faster-query-big.lock': LOCK },
    file: 'locks/faster-query-big.json',
  },
  'has a second default': {
    files: { 'auth/extra/part.json': manifest({ order: 1, default: true, crates: { http: {} } }) },
    ...{ file: 'auth/open/part.json', key: 'default' },
  },
};

async function check({ files, link }: Pick<Attack, 'files' | 'link'>) {
  const folder = await packFolder({ ...SOUND, ...files });
  if (link !== undefined) await linked(folder, link);
  return checkPack(folder, VERSION);
}

describe('a pack', () => {
  test('with nothing wrong has no problems', async () => {
    expect(await check({ files: {} })).toEqual([]);
  });

  test.each(Object.entries(ATTACKS))('whose part %s is refused with the file and key', async (_, attack) => {
    const problems = await check(attack);
    const { file, key, allowed } = attack;
    expect(problems).toEqual([expect.objectContaining({ file, ...(key && { key }), ...(allowed && { allowed }) })]);
    expect(problems[0]?.message.startsWith(file)).toBe(true);
    if (key !== undefined) expect(problems[0]?.message).toContain(key);
  });

  test.each([
    [
      'a cell for two parts that exclude each other',
      { 'databases/lite/big/files/both.rs': '' },
      { file: 'databases/lite/big/files/both.rs' },
    ],
    [
      'a fragment for a part without another that it always has',
      { 'base/without-query/part.json': { slots: { pages: ['Never'] } } },
      { file: 'base/without-query/part.json', key: 'slots.pages[0]' },
    ],
    [
      'a lock of no structure',
      { 'locks/fast-lite.lock': LOCK, 'locks/fast-lite.json': '{}' },
      { file: 'locks/fast-lite.lock' },
    ],
    [
      'a shared folder that no part uses',
      { 'shared/client/part.json': { crates: { http: {} } } },
      { file: 'shared/client' },
    ],
    [
      'an abstract part that no part extends',
      { 'databases/server/part.json': { abstract: true, crates: { http: {} } } },
      { file: 'databases/server/part.json', key: 'abstract' },
    ],
    [
      'an unknown option in the table of a lock',
      { 'locks/fast-query-lite.json': { 'http 1.0.0': { 'json 2.0.0': ['token+pagse'] } } },
      { file: 'locks/fast-query-lite.json', key: '["http 1.0.0"]["json 2.0.0"]' },
    ],
  ] as const)('with %s is told that no project has it', async (_, files, { file, ...rest }) => {
    const problems = await check({ files });
    expect(problems).toContainEqual(expect.objectContaining({ file, ...rest }));
    expect(new Set(problems.map((problem) => problem.file))).toEqual(new Set([file]));
  });

  // Where nothing else is wrong: other places are looked at once, with all extras.
  test('that cannot be rendered as a member of a workspace is told so', async () => {
    const file = 'features/extra/files/extra.md.hbs';
    const files = { [PART]: manifest(), [file]: '{{#if project.member}}{{project.root}}{{/if}}\n' };
    expect(await check({ files })).toContainEqual(expect.objectContaining({ file }));
  });

  test('with all of these parts has all of these problems at once', async () => {
    const attacks = Object.values(ATTACKS).map((attack, index) => renamed(attack, `extra-${index}`));
    const folder = await packFolder(Object.assign({}, SOUND, ...attacks.map(({ files }) => files)));
    for (const { link } of attacks) if (link !== undefined) await linked(folder, link);
    const problems = await checkPack(folder, VERSION);
    const missed = attacks.filter(
      ({ file, key }) => !problems.some((found) => found.file === file && found.key === key),
    );
    expect(missed).toEqual([]);
    expect(attacks.length).toBeGreaterThan(20);
  });
});

/** The attack by a part with another id. */
function renamed({ files, link, file, key }: Attack, id: string) {
  const there = (path: string) => path.replace(/\/extra\//, `/${id}/`);
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [there(path), content])),
    link: link && ([there(link[0]), link[1]] as const),
    ...{ file: there(file), key },
  };
}

async function linked(folder: string, [from, to]: readonly [from: string, to: string]): Promise<void> {
  await mkdir(path.join(folder, from, '..'), { recursive: true });
  await symlink(to, path.join(folder, from));
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inspectPack, readPack } from '../../src/catalog/read-pack.ts';
import { checkPack } from '../../src/commands/pack/check-pack.ts';
import type { Answers } from '../../src/model/answers.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { Placement } from '../../src/model/plan.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { plan } from '../../src/plan/plan.ts';
import { surveyRepositoryFiles, writeRepositoryFiles } from '../../src/project/repository-files.ts';
import { writeProject } from '../../src/project/write.ts';
import { parseSources } from '../../src/render/parse-sources.ts';
import { render, renderRepositoryFiles } from '../../src/render/render.ts';
import { manifest, packFolder, packManifest, VERSION } from '../support/pack-folder.ts';
import { type Files, SOUND } from '../support/sound-pack.ts';
import { contentsOf, temporaryFolder } from '../unit/project/temporary-folder.ts';
import { count } from './attack.ts';

const SECRET = 'a secret of this machine';

/** What a pack does to read or write something outside of the project. `{outside}` is a folder beside the project. */
interface Attack {
  /** Besides its manifest; paths are relative to a part of its own unless they begin with `/`. */
  readonly files?: Files;
  readonly manifest?: object;
  /** A link in the part, and what it points at; with `/`, in the pack. */
  readonly link?: readonly [from: string, to: string];
  /** A named pipe in the part, at which a reader would wait for ever. */
  readonly pipe?: string;
  /** Changes to pack.json. */
  readonly pack?: object;
}

const escaping = (path: string): Attack => ({
  manifest: { moves: { 'files/deep': path } },
  files: { 'files/files/deep/a': 'x' },
});
const placing = (rule: string, path: string): Attack => ({ pack: { placement: { [rule]: { 'src/main.rs': path } } } });
const axis = (folder: string): Attack => ({ pack: { axes: { extra: { label: 'Extra', folder } } } });
const running = (code: string): Attack => ({ files: { 'files/a.hbs': code } });

/** Calls the constructor of functions by way of a string's, if a template may look up either. */
const CONSTRUCTED = `{{#with "s" as |s|}}{{#with (lookup s "constructor")}}{{#with (lookup this "constructor")}}
{{this "require('node:fs').writeFileSync('{outside}/hacked', '')"}}{{/with}}{{/with}}{{/with}}`;

const ATTACKS: Readonly<Record<string, Attack>> = {
  'a link to a file outside': { link: ['files/secret', '{outside}/secret'] },
  'a link to a folder outside': { link: ['files/folder', '{outside}'] },
  'a link for the folder of its files': { link: ['files', '{outside}'] },
  'a link for the folder of its slots': { link: ['slots', '{outside}'] },
  'a link for a cell': { link: ['fast', '{outside}'] },
  'a link that leads nowhere yet': { link: ['files/later', '{outside}/later'] },
  'a link for the folder of the locks': { link: ['/locks/fast-query-lite.txt', '{outside}/secret'] },
  'a named pipe': { pipe: 'files/pipe' },
  'a folder that is moved up': escaping('../../outside'),
  'a folder that is moved to the root': escaping('/tmp/outside'),
  'a folder that is moved to a drive': escaping('C:\\outside'),
  'a folder that is moved up with backslashes': escaping('..\\..\\outside'),
  'a folder that is moved into the repository': escaping('.git/hooks'),
  'a folder that is moved into the repository by its short name': escaping('GIT~1/hooks'),
  'a folder that is moved into the repository with an invisible letter': escaping('.g\u200cit/hooks'),
  'a folder that is moved beside the files that are being written': escaping('.create-api-writing/new'),
  'a file of the repository': { files: { 'files/.git/hooks/post-checkout': '#!/bin/sh\n' } },
  'a file of the repository in capitals': { files: { 'files/.GIT/config': '[core]\n' } },
  'a file with backslashes in its name': { files: { 'files/..\\..\\outside\\a': 'x' } },
  'a file whose name ends in a space': { files: { 'files/.git /config': 'x' } },
  'a file with a control character in its name': { files: { 'files/a\u001b[2Kb': 'x' } },
  'a file for the journal of writing': { files: { 'files/.create-api-writing/journal.json': '{}' } },
  'a file that is replaced outside': { manifest: { replaces: { '../../outside/secret': 'base' } } },
  'a prototype as a value': { files: { 'fast/part.json': '{ "vars": { "__proto__": { "polluted": "yes" } } }' } },
  'a template that runs code': running(CONSTRUCTED),
  'a template that reads a constructor': running('{{project.constructor.constructor}}'),
  'a template that reads a prototype': running('{{project.__proto__}}'),
  'a place above the repository': placing('repositoryRoot', '../outside/{name}'),
  'a place at the root of the disk': placing('repositoryRoot', '/tmp/outside-{name}'),
  'a place among the hooks of the repository': placing('repositoryRoot', '.git/hooks/post-checkout'),
  'a name above the project in a workspace': placing('renamedInMember', '../outside/a'),
  'an axis above the pack': axis('../outside'),
  'an axis at the root of the disk': axis('/etc'),
};

/** Writes the sound pack with these attacks, each in a part of its own, into `home`, beside a folder with a secret. */
async function hostilePack(attacks: readonly Attack[]): Promise<{ readonly home: string; readonly pack: string }> {
  const home = temporaryFolder();
  const outside = join(home, 'outside');
  const placed = (text: string) => text.replaceAll('{outside}', outside);
  const files: Record<string, string | object> = {};
  const packs: object[] = [{ slots: ['routes', 'handlers', 'pages'] }];
  const specials: (() => void)[] = [];
  const pack = realpathSync(await packFolder({}));
  onTestFinished(() => rmSync(pack, { recursive: true, force: true }));
  attacks.forEach((attack, index) => {
    const part = `features/extra-${index}`;
    const there = (path: string) => (path.startsWith('/') ? path.slice(1) : `${part}/${path}`);
    files[`${part}/part.json`] = manifest({ crates: { http: {} }, ...attack.manifest });
    for (const [path, text] of Object.entries(attack.files ?? {})) {
      files[there(path)] = typeof text === 'string' ? placed(text) : text;
    }
    packs.push(attack.pack ?? {});
    const { link, pipe } = attack;
    if (link) specials.push(() => symlinkSync(placed(link[1]), made(join(pack, there(link[0])))));
    if (pipe) specials.push(() => execFileSync('mkfifo', [made(join(pack, there(pipe)))]));
  });
  writeTree(pack, { ...SOUND, 'pack.json': packManifest(Object.assign({}, ...packs)), ...files });
  for (const makeSpecial of specials) makeSpecial();
  writeTree(outside, { secret: SECRET, 'part.json': JSON.stringify({ vars: { secret: SECRET } }) });
  return { home, pack };
}

function writeTree(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    writeFileSync(made(join(folder, path)), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

function made(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** Does with a pack all that create-api can do, as if nothing had been found wrong. Returns the number of projects. */
async function createRegardless(pack: string, home: string): Promise<number> {
  const { catalog, sources } = await inspectPack(pack, VERSION);
  const { templates } = parseSources(sources);
  let projects = 0;
  for (const answers of selections(catalog)) {
    const repository = join(home, 'repository');
    const target = join(repository, `service-${projects}`);
    const inRepository = `service-${projects}`;
    const alone: Placement = { workspace: 'none', inWorkspace: '', inRepository };
    const member: Placement = { workspace: 'join', inWorkspace: inRepository, inRepository };
    for (const placement of [alone, member]) {
      try {
        const planned = plan(answers, catalog, placement);
        await writeProject(
          { path: target, kind: projects === 0 ? 'absent' : 'empty' },
          render(planned, templates),
          'overwrite',
        );
        writeRepositoryFiles(repository, surveyRepositoryFiles(repository, renderRepositoryFiles(planned, templates)));
        projects++;
      } catch {
        // What cannot be rendered or written stays unwritten.
      }
    }
  }
  return projects;
}

/** Each part of the features alone, and none, with every combination. */
function selections({ parts, ...catalog }: Catalog): readonly Answers[] {
  const extras = [[], ...parts.features.map(({ id }) => [id])];
  return supportedCombinations({ parts, ...catalog }).flatMap((combination) =>
    extras.map((features) => ({ name: 'x', description: '', ...combination, middleware: [], features, resources: [] })),
  );
}

function expectUntouched(home: string, before: Readonly<Record<string, string>>): void {
  const outside = contentsOf(join(home, 'outside'));
  const touched = Object.keys({ ...before, ...outside }).filter((path) => before[path] !== outside[path]);
  const written = contentsOf(home);
  const elsewhere = Object.keys(written).filter(
    (path) => !/^(?:outside|repository(?:\/service-\d+)?)(?:\/|$)/.test(path),
  );
  const inRepository = Object.entries(written).filter(([path]) => path.startsWith('repository/'));
  const taken = inRepository.filter(([path, text]) => text.includes(SECRET) || /\.git|~1|create-api/i.test(path));
  count('whole packs', touched.length + elsewhere.length + taken.length);
  expect({ touched, elsewhere, taken }).toEqual({ touched: [], elsewhere: [], taken: [] });
}

describe('a whole pack with', () => {
  test('nothing wrong is written below the project', async () => {
    const { home, pack } = await hostilePack([]);
    expect(await createRegardless(pack, home)).toBeGreaterThan(1);
    expect(Object.keys(contentsOf(join(home, 'repository')))).toContain('service-0/src/main.rs');
  });

  test.each(Object.entries(ATTACKS))(
    '%s is refused, and would write nothing outside of the project',
    async (_, attack) => {
      const { home, pack } = await hostilePack([attack]);
      const before = contentsOf(join(home, 'outside'));
      const packBefore = contentsOf(pack);
      await expect(checkPack(pack, VERSION)).resolves.not.toEqual([]);
      await createRegardless(pack, home).catch(() => 0);
      expectUntouched(home, before);
      expect(contentsOf(pack)).toEqual(packBefore);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  test('all of these at once is refused, names them all, and would write nothing outside of the project', async () => {
    const attacks = Object.values(ATTACKS).filter(({ pack }) => pack === undefined);
    expect(attacks.length).toBeGreaterThanOrEqual(20);
    const { home, pack } = await hostilePack(attacks);
    const before = contentsOf(join(home, 'outside'));
    const problems = await checkPack(pack, VERSION);
    await expect(readPack(pack, VERSION)).rejects.toMatchObject({ name: 'PackError' });
    const unnamed = attacks.filter(({ link }, index) => {
      const place = link?.[0].startsWith('/') ? link[0].slice(1) : `features/extra-${index}/`;
      return !problems.some(({ file }) => file.includes(place));
    });
    expect(unnamed).toEqual([]);
    await createRegardless(pack, home).catch(() => 0);
    expectUntouched(home, before);
  });
});

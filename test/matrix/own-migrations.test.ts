import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTo, removeFrom, setIn } from '../../src/commands/change/change-answers.ts';
import type { Answers } from '../../src/model/answers.ts';
import { stateOf } from '../../src/model/files.ts';
import { migrationOf, numbered } from '../../src/model/migrations.ts';
import { parsed } from '../support/build-resources.ts';
import { changed, contentOf, created, options, type Project } from '../support/project-in-memory.ts';
import { answersFor } from '../support/projects.ts';
import { holds } from '../support/property.ts';

const CASES = Number(process.env['KEEP_CASES'] ?? 60);

/** A migration of the owner's, as the tool of each layer writes it, and what lists it, if anything does. */
const LAYOUTS = [
  { framework: 'axum', dbLayer: 'sqlx', own: 'migrations/20260101000000_own.up.sql', list: null },
  { framework: 'axum', dbLayer: 'diesel', own: 'migrations/2026-01-01-000000_own/up.sql', list: null },
  {
    framework: 'axum',
    dbLayer: 'sea-orm',
    own: 'src/db/migration/m20260101_000000_own.rs',
    list: 'src/db/migration/mod.rs',
  },
  { framework: 'loco', dbLayer: 'sea-orm', own: 'migration/src/m20260101_000000_own.rs', list: 'migration/src/lib.rs' },
] as const;
type Layout = (typeof LAYOUTS)[number];

const decoder = new TextDecoder();
const textAt = ({ files }: Project, path: string) => decoder.decode(files.get(path)?.bytes);
const filesOf = (project: Project, texts: Readonly<Record<string, string>>) =>
  new Map([
    ...project.files,
    ...Object.entries(texts).map(([path, text]) => [path, stateOf({ text, executable: false })] as const),
  ]);

/** The project after its owner has written a migration of this version. */
function withOwn(project: Project, { own, list }: Layout, version: string): Project {
  const path = numbered(own, { '20260101000000': version });
  if (list === null) return { ...project, files: filesOf(project, { [path]: '-- mine' }) };
  const module = path.replace(/^.*\/|\.rs$/g, '');
  const text = textAt(project, list)
    .replace(/(?:mod \w+;\n)+/, (run) => `${run}mod ${module};\n`)
    .replace(/(?: *Box::new\(\w+::Migration\),\n)+/, (run) => `${run}            Box::new(${module}::Migration),\n`);
  return { ...project, files: filesOf(project, { [path]: '// mine', [list]: text }) };
}

/** The names of migrations in the order in which they run. */
function orderOf(project: Project, { list }: Layout): readonly string[] {
  if (list !== null)
    return [...textAt(project, list).matchAll(/Box::new\((\w+)::Migration\)/g)].map(([, name = '']) => name);
  const entries = [...project.files.keys()].flatMap((path) => migrationOf(path) ?? []);
  const names = entries
    .filter(({ folder }) => folder === 'migrations/')
    .map(({ entry }) => entry.replace('migrations/', ''));
  return [...new Set(names)].sort();
}

const versionsIn = (order: readonly string[]) => order.map((name) => migrationOf(name)?.version);

const generate = (answers: Answers, text: string) => ({ ...answers, resources: [...answers.resources, parsed(text)] });

describe.each(LAYOUTS)('$framework × $dbLayer', (layout) => {
  const combination = {
    framework: layout.framework,
    dbLayer: layout.dbLayer,
    database: 'sqlite',
    auth: 'none',
  } as const;
  const bare = answersFor(combination, { middleware: [], features: [] });
  const teas = generate(bare, 'tea name:string(9)');
  const changedTeas = generate(teas, 'tea name:string(9) note:text?');

  test('numbers a change after a migration of the owner', async () => {
    const own = withOwn(created(teas), layout, '20261127120000');
    const project = await changed(own, changedTeas);
    expect(project.migrations).toEqual({ '20260101000200': '20261127120001' });
    expect(orderOf(project, layout).map((name) => name.replace(/^m?[\d_-]+_/, ''))).toEqual([
      'create_users',
      'create_teas',
      'own',
      'change_teas',
    ]);
    expect(versionsIn(orderOf(project, layout)).slice(2)).toEqual(['20261127120000', '20261127120001']);
    // Another one follows it, and nothing moves what is there.
    const next = await changed(project, generate(generate(changedTeas, 'cup tea:ref(tea)'), 'tea name:string(9)'));
    expect(versionsIn(orderOf(next, layout)).slice(3)).toEqual(['20261127120001', '20261127120002', '20261127120003']);
  });

  test('numbers authentication after a migration of the owner, and finds it when it is removed and added again', async () => {
    const own = withOwn(created(bare), layout, '20261127120000');
    const jwt = addTo(bare, ['jwt'], options);
    const project = await changed(own, jwt);
    expect(versionsIn(orderOf(project, layout))).toEqual(['20260101000000', '20261127120000', '20261127120001']);
    const removed = await changed(project, removeFrom(jwt, ['jwt'], options));
    expect(orderOf(removed, layout)).toEqual(orderOf(project, layout));
    expect(contentOf(await changed(removed, jwt))).toEqual(contentOf(project));
  });

  test('keeps the versions with another database', async () => {
    const project = await changed(withOwn(created(teas), layout, '20261127120000'), changedTeas);
    const other = await changed(project, setIn(changedTeas, ['database=postgres'], options));
    expect(other.migrations).toEqual(project.migrations);
    expect(orderOf(other, layout)).toEqual(orderOf(project, layout));
  });

  test('changes no version where the owner has no later migration', async () => {
    const project = await changed(withOwn(created(teas), layout, '20260101000130'), changedTeas);
    expect(project.migrations).toEqual({});
  });

  test('runs what is new after what the owner has, whatever happens, and renders it alike again', async () => {
    const RESOURCES = ['cup', 'pot', 'jug', 'mug'];
    const FORMS = ['x:bool', 'x:bool y:i32?', 'x:bool:index y:i32?', 'x:bool'];
    const step = fc.oneof(
      fc.record({ kind: fc.constant('own' as const), gap: fc.nat(3) }),
      fc.record({
        kind: fc.constant('early' as const),
        version: fc.constantFrom('20260101000000', '20260101000059', '20260101000200', '20260101000300'),
      }),
      fc.record({ kind: fc.constant('resource' as const), name: fc.constantFrom(...RESOURCES) }),
      fc.record({ kind: fc.constant('id' as const), id: fc.constantFrom('jwt', 'session', 'docker') }),
    );
    const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      let project = created(bare);
      const own = new Set<string>();
      const forms = new Map<string, number>();
      let now = 20_261_127_120_000;
      for (const each of steps) {
        if (each.kind === 'own' || each.kind === 'early') {
          const latest = versionsIn(orderOf(project, layout)).at(-1) ?? '';
          now = Math.max(now, Number(latest)) + 1;
          const version = each.kind === 'own' ? String(now + each.gap) : each.version;
          if (versionsIn(orderOf(project, layout)).includes(version)) continue;
          // A list has what is new at its end.
          if (layout.list !== null && version < latest) continue;
          project = withOwn(project, layout, version);
          own.add(version);
          continue;
        }
        const form = each.kind === 'resource' ? (forms.get(each.name) ?? 0) : 0;
        if (form >= FORMS.length) continue;
        if (each.kind === 'id' && each.id !== 'docker' && project.answers.auth !== 'none') continue;
        if (each.kind === 'id' && project.answers.features.includes(each.id)) continue;
        const wanted =
          each.kind === 'id'
            ? addTo(project.answers, [each.id], options)
            : generate(project.answers, `${each.name} ${FORMS[form]}`);
        if (each.kind === 'resource') forms.set(each.name, form + 1);
        const before = project;
        project = await changed(before, wanted);

        const [earlier, order] = [orderOf(before, layout), orderOf(project, layout)];
        const versions = versionsIn(order);
        expect(new Set(versions).size).toBe(order.length);
        expect(order.filter((name) => earlier.includes(name))).toEqual(earlier);
        const lastOwn = Math.max(...[...own].map((version) => versions.indexOf(version)), -1);
        for (const name of order.filter((name) => !earlier.includes(name))) {
          expect(order.indexOf(name)).toBeGreaterThan(lastOwn);
        }
        if (own.size === 0) expect(project.migrations).toEqual({});
      }
      const again = created(project.answers, project.migrations);
      expect(contentOf({ ...project, files: new Map() })).toEqual(contentOf({ ...again, files: new Map() }));
    });
    await holds(property, { runs: Math.ceil(CASES / LAYOUTS.length) });
  }, 120_000);
});

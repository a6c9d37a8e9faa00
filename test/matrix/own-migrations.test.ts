import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTo, removeFrom, setIn } from '../../src/commands/change/change-answers.ts';
import type { Answers } from '../../src/model/answers.ts';
import { stateOf } from '../../src/model/files.ts';
import { migrationOf } from '../../src/model/migrations.ts';
import { parsed } from '../support/build-resources.ts';
import { layoutOf, ownMigration } from '../support/own-migration.ts';
import { changed, contentOf, created, options, type Project } from '../support/project-in-memory.ts';
import { answersFor } from '../support/projects.ts';
import { holds } from '../support/property.ts';

const CASES = Number(process.env['KEEP_CASES'] ?? 60);

const LAYOUTS = [
  { framework: 'axum', dbLayer: 'sqlx' },
  { framework: 'axum', dbLayer: 'diesel' },
  { framework: 'axum', dbLayer: 'sea-orm' },
  { framework: 'loco', dbLayer: 'sea-orm' },
] as const;

const decoder = new TextDecoder();
const textAt = ({ files }: Project, path: string) => decoder.decode(files.get(path)?.bytes);

/** The project after its owner has written a migration of this version. */
function withOwn(project: Project, version: string): Project {
  const texts = ownMigration(layoutOf(project.files.keys()), version, (path) => textAt(project, path));
  const states = Object.entries(texts).map(([path, text]) => [path, stateOf({ text, executable: false })] as const);
  return { ...project, files: new Map([...project.files, ...states]) };
}

/** The names of migrations in the order in which they run. */
function orderOf(project: Project): readonly string[] {
  const { list } = layoutOf(project.files.keys());
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

describe.each(LAYOUTS)('$framework × $dbLayer', ({ framework, dbLayer }) => {
  const combination = { framework, dbLayer, database: 'sqlite', auth: 'none' } as const;
  const bare = answersFor(combination, { middleware: [], features: [] });
  const hasList = layoutOf(created(bare).files.keys()).list !== null;
  const teas = generate(bare, 'tea name:string(9)');
  const changedTeas = generate(teas, 'tea name:string(9) note:text?');

  test('numbers a change after a migration of the owner', async () => {
    const own = withOwn(created(teas), '20261127120000');
    const project = await changed(own, changedTeas);
    expect(project.migrations).toEqual({ '20260101000200': '20261127120001' });
    expect(orderOf(project).map((name) => name.replace(/^m?[\d_-]+_/, ''))).toEqual([
      'create_users',
      'create_teas',
      'own',
      'change_teas',
    ]);
    expect(versionsIn(orderOf(project)).slice(2)).toEqual(['20261127120000', '20261127120001']);
    // Another one follows it, and nothing moves what is there.
    const next = await changed(project, generate(generate(changedTeas, 'cup tea:ref(tea)'), 'tea name:string(9)'));
    expect(versionsIn(orderOf(next)).slice(3)).toEqual(['20261127120001', '20261127120002', '20261127120003']);
  });

  test('numbers authentication after a migration of the owner, and finds it when it is removed and added again', async () => {
    const own = withOwn(created(bare), '20261127120000');
    const jwt = addTo(bare, ['jwt'], options);
    const project = await changed(own, jwt);
    expect(versionsIn(orderOf(project))).toEqual(['20260101000000', '20261127120000', '20261127120001']);
    const removed = await changed(project, removeFrom(jwt, ['jwt'], options));
    expect(orderOf(removed)).toEqual(orderOf(project));
    expect(contentOf(await changed(removed, jwt))).toEqual(contentOf(project));
  });

  test('keeps the versions with another database', async () => {
    const project = await changed(withOwn(created(teas), '20261127120000'), changedTeas);
    const other = await changed(project, setIn(changedTeas, ['database=postgres'], options));
    expect(other.migrations).toEqual(project.migrations);
    expect(orderOf(other)).toEqual(orderOf(project));
  });

  test('changes no version where the owner has no later migration', async () => {
    const project = await changed(withOwn(created(teas), '20260101000130'), changedTeas);
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
          const latest = versionsIn(orderOf(project)).at(-1) ?? '';
          now = Math.max(now, Number(latest)) + 1;
          const version = each.kind === 'own' ? String(now + each.gap) : each.version;
          if (versionsIn(orderOf(project)).includes(version)) continue;
          // A list has what is new at its end.
          if (hasList && version < latest) continue;
          project = withOwn(project, version);
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

        const [earlier, order] = [orderOf(before), orderOf(project)];
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

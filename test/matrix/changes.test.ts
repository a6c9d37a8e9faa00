import { describe, expect, test } from 'vitest';
import { addTo, extrasOf, removeFrom, setIn } from '../../src/commands/change/change-answers.ts';
import { keptPaths } from '../../src/commands/change/merge-project.ts';
import type { Answers } from '../../src/model/answers.ts';
import type { Combination } from '../../src/model/axes.ts';
import { parseResource } from '../../src/model/resource-syntax.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { changed, contentOf, created, options } from '../support/project-in-memory.ts';
import { answersFor, supportedExtras } from '../support/projects.ts';

/** A combination for each framework, with every layer among them. */
const combinations = supportedCombinations(options.catalog).filter(
  ({ auth }) => options.catalog.parts.auth.find(({ id }) => id === auth)?.optsOut,
);
const perFramework = options.catalog.parts.framework.flatMap(({ id }, index) => {
  const own = combinations.filter(({ framework }) => framework === id);
  const layers = options.catalog.parts.dbLayer.map((part) => part.id);
  // Frameworks do not depend on layers, so each is paired with another one.
  const layer = layers[index % layers.length];
  return own.find(({ dbLayer }) => dbLayer === layer) ?? own[0] ?? [];
});

const titleOf = (combination: Combination) => Object.values(combination).filter(Boolean).join(' × ');

test('there is a project for each framework and layer', () => {
  expect(new Set(perFramework.map(({ dbLayer }) => dbLayer)).size).toBe(options.catalog.parts.dbLayer.length);
});

const RESOURCES = [
  'payment amount_cents:i64:min=1 status:enum(open|paid) user:ref(user)?',
  'tag_list/tag_lists name:string(50):unique',
];

/** The same, and both with other fields later. */
const HISTORY = [
  ...RESOURCES,
  'payment amount_cents:i64 status:enum(open|paid):index user:ref(user)? note:text? kind:enum(a|b)? day:date?',
  'tag_list/tag_lists name:string(60):unique',
  'payment amount_cents:i64 status:enum(open|paid) user:ref(user)? note:text? kind:enum(a|b|c)? tag:ref(user)?',
];

function resourcesOf(texts: readonly string[]) {
  return texts.flatMap((text) => parseResource(text).resource ?? []);
}

describe.each(perFramework.map((combination) => ({ title: titleOf(combination), combination })))(
  '$title',
  ({ combination }) => {
    const bare = answersFor(combination, { middleware: [], features: [] });
    const everything = answersFor(combination, {
      middleware: supportedExtras('middleware', combination),
      features: supportedExtras('features', combination),
    });
    const ids = extrasOf(options).map(({ id }) => id);
    const isPossible = (id: string, to: Answers) => {
      try {
        return JSON.stringify(addTo(to, [id], options)) !== JSON.stringify(to);
      } catch {
        return false;
      }
    };

    test.each(ids.filter((id) => isPossible(id, bare)))(
      '%s that is added later is as if it had been chosen',
      async (id) => {
        const now = addTo(bare, [id], options);
        expect(contentOf(await changed(created(bare), now))).toEqual(contentOf(created(now)));
      },
    );

    test.each(ids.filter((id) => isPossible(id, bare)))(
      '%s leaves nothing but migrations when it is removed',
      async (id) => {
        const added = await changed(created(bare), addTo(bare, [id], options));
        const removed = await changed(added, removeFrom(added.answers, [id], options));
        expect(removed.answers).toEqual(bare);
        const seeds = keptPaths(added.base).filter((path) => !created(bare).base.has(path));
        const { base: _, ...left } = contentOf(removed);
        const { base: __, ...before } = contentOf(created(bare));
        if (seeds.length === 0) expect(contentOf(removed)).toEqual(contentOf(created(bare)));
        expect(
          Object.keys(left)
            .filter((path) => !(path in before))
            .sort(),
        ).toEqual([...seeds].sort());
        // Added again, it finds them.
        const again = await changed(removed, addTo(bare, [id], options));
        expect(contentOf(again)).toEqual(contentOf(added));
      },
    );

    test('all of them added one after the other are as if they had been chosen', async () => {
      let project = created(bare);
      for (const id of [...everything.middleware, ...everything.features].toReversed()) {
        project = await changed(project, addTo(project.answers, [id], options));
      }
      expect(project.answers).toEqual(everything);
      expect(contentOf(project)).toEqual(contentOf(created(everything)));
    });

    test.each([
      ['nothing else', bare],
      ['everything', everything],
    ])('resources that are generated later, next to %s, are as if they had been there at once', async (_, answers) => {
      const [first, both] = [resourcesOf(RESOURCES.slice(0, 1)), resourcesOf(RESOURCES)];
      expect(both).toHaveLength(2);
      const one = await changed(created(answers), { ...answers, resources: first });
      const two = await changed(one, { ...answers, resources: both });
      expect(contentOf(two)).toEqual(contentOf(created({ ...answers, resources: both })));
    });

    test('resources that are changed leave what was applied, and are as if their history had been there at once', async () => {
      const history = resourcesOf(HISTORY);
      expect(history).toHaveLength(HISTORY.length);
      let project = created({ ...bare, resources: history.slice(0, 2) });
      const applied = keptPaths(project.base).map((path) => [path, project.base.get(path)]);
      for (const count of [3, 4, 5]) {
        project = await changed(project, { ...bare, resources: history.slice(0, count) });
      }
      expect(contentOf(project)).toEqual(contentOf(created({ ...bare, resources: history })));
      for (const [path, file] of applied) expect(project.base.get(`${path}`)).toEqual(file);
      // And they stay so when something else changes.
      const [id = ''] = ids.filter((each) => isPossible(each, project.answers));
      const added = addTo(project.answers, [id], options);
      expect(contentOf(await changed(project, added))).toEqual(contentOf(created(added)));
    });

    test('another database is as if it had been chosen', async () => {
      const { database } = combination;
      if (database === null) return;
      for (const { id } of options.catalog.parts.database.filter(({ id }) => id !== database)) {
        const before = { ...everything, resources: resourcesOf(HISTORY) };
        const now = setIn(before, [`database=${id}`], options);
        expect(contentOf(await changed(created(before), now))).toEqual(contentOf(created(now)));
      }
    });

    test('another framework is as if it had been chosen', async () => {
      for (const { id } of options.catalog.parts.framework.filter(({ id }) => id !== combination.framework)) {
        const now = setIn(bare, [`framework=${id}`], options);
        expect(contentOf(await changed(created(bare), now))).toEqual(contentOf(created(now)));
      }
    });
  },
);

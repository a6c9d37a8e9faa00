import { describe, expect, test } from 'vitest';
import { orderParts } from '../../src/catalog/order-parts.ts';
import type { Answers } from '../../src/model/answers.ts';
import type { Part } from '../../src/model/catalog.ts';
import {
  incompatibilityReason,
  isApplicable,
  problemsOf,
  supportedCombinations,
} from '../../src/plan/compatibility.ts';
import { plan } from '../../src/plan/plan.ts';
import { manifest, packOf } from '../support/pack-folder.ts';
import { catalog as builtin } from '../support/projects.ts';

const PACK = {
  'frameworks/fast/part.json': manifest({ order: 1, crates: { http: { features: ['b'] } } }),
  'frameworks/odd/part.json': manifest({ order: 2, label: 'Odd', unsupported: { graph: 'odd has no graphs' } }),
  'db-layers/graph/part.json': manifest({ order: 1, vars: { bind: '?' } }),
  'db-layers/memory/part.json': manifest({ order: 2, label: 'Memory', excludesAxes: ['database'] }),
  'databases/lite/part.json': manifest(),
  'auth/open/part.json': manifest(),
  'middleware/log/part.json': manifest({ order: 2, crates: { json: { table: 'dev-dependencies' } } }),
  'middleware/log/slots/layers.rs': 'log',
  'middleware/cors/part.json': manifest({ order: 1, label: 'CORS', needsCell: ['framework'] }),
  'middleware/cors/fast/part.json': { crates: { http: { features: ['a', 'b'] } } },
  'middleware/cors/fast/slots/layers.rs': 'cors',
  'middleware/cors/fast/files/src/cors.rs': 'mod cors',
};
const { catalog } = await packOf(PACK);

const ANSWERS: Answers = {
  name: 'x',
  description: '',
  framework: 'fast',
  dbLayer: 'graph',
  database: 'lite',
  auth: 'open',
  middleware: ['log', 'cors'],
  features: [],
  resources: [],
};

describe('plan', () => {
  test('the layers of the built-in pack are in the same order, whatever their order in prompts', () => {
    const layersIn = (middleware: readonly Part[]) => {
      const ordered = orderParts(middleware).ordered.map((part, position) => ({ ...part, position }));
      const combination = { framework: 'axum', dbLayer: 'none', database: null, auth: 'none' };
      const ids = { middleware: middleware.map(({ id }) => id), features: [], resources: [] };
      const from = { ...builtin, parts: { ...builtin.parts, middleware: ordered } };
      const { slots } = plan({ name: 'x', description: '', ...combination, ...ids }, from);
      return Object.entries(slots).filter(([slot]) => slot.endsWith('_layers'));
    };
    const { middleware } = builtin.parts;
    const layers = layersIn(middleware);
    expect(layers.flatMap(([, keys]) => keys).length).toBeGreaterThan(9);
    expect(layersIn([...middleware].reverse())).toEqual(layers);
  });

  test('slots are filled in the order of the catalog, not of the answers', () => {
    expect(plan(ANSWERS, catalog).slots['layers']).toEqual([
      'middleware/cors/fast/slots/layers.rs',
      'middleware/log/slots/layers.rs',
    ]);
  });

  test('an unfilled slot is empty, so that its loop renders nothing', () => {
    expect(plan({ ...ANSWERS, middleware: [] }, catalog).slots['layers']).toEqual([]);
  });

  test("crates are merged: features united and sorted, a test's crate stays out of the service", () => {
    expect(plan(ANSWERS, catalog).crates).toEqual([
      { name: 'http', version: '1.0', defaultFeatures: true, features: ['a', 'b'], table: 'dependencies' },
      { name: 'json', version: '2.0', defaultFeatures: true, features: [], table: 'dev-dependencies' },
    ]);
  });

  test('a cell applies only with its part', () => {
    expect(plan({ ...ANSWERS, framework: 'odd' }, catalog).files).toEqual([]);
    expect(plan(ANSWERS, catalog).files.map((file) => file.path)).toEqual(['src/cors.rs']);
  });

  test('a cell named so applies if its part is not chosen', async () => {
    const files = {
      ...PACK,
      'auth/open/without-cors/files/open.rs': 'without',
      'auth/open/without-cors/fast/files/fast.rs': 'without, and beside another part',
    };
    const { catalog: excluding } = await packOf(files);
    const paths = (answers: Answers) => plan(answers, excluding).files.map((file) => file.path);
    expect(paths(ANSWERS)).toEqual(['src/cors.rs']);
    expect(paths({ ...ANSWERS, middleware: ['log'] })).toEqual(['fast.rs', 'open.rs']);
    expect(paths({ ...ANSWERS, middleware: ['log'], framework: 'odd' })).toEqual(['open.rs']);
  });

  test('the common files of an axis apply with any choice on it', async () => {
    const files = { ...PACK, 'databases/any/files/migrate.rs': 'whichever' };
    const { catalog: common } = await packOf(files);
    const paths = (answers: Answers) => plan(answers, common).files.map((file) => file.path);
    expect(common.parts.database.map((part) => part.id)).toEqual(['lite']);
    expect(paths(ANSWERS)).toContain('migrate.rs');
    expect(paths({ ...ANSWERS, dbLayer: 'memory', database: null })).not.toContain('migrate.rs');
  });

  test('the common files of an axis do not apply to a part that opts out', async () => {
    const optingOut = manifest({ optsOut: true });
    const files = { ...PACK, 'auth/none/part.json': optingOut, 'auth/any/files/password.rs': 'whichever' };
    const { catalog: common } = await packOf(files);
    const paths = (answers: Answers) => plan(answers, common).files.map((file) => file.path);
    expect(paths(ANSWERS)).toContain('password.rs');
    expect(paths({ ...ANSWERS, auth: 'none' })).not.toContain('password.rs');
  });

  test('a cell names its axis if parts of several axes have its id', async () => {
    const files = {
      ...PACK,
      'auth/memory/part.json': manifest(),
      'auth/open/dbLayer.memory/files/store.rs': 'in memory',
      'auth/open/without-dbLayer.memory/files/table.rs': 'not in memory',
    };
    const { catalog: ambiguous } = await packOf(files);
    const paths = (answers: Answers) => plan(answers, ambiguous).files.map((file) => file.path);
    expect(paths({ ...ANSWERS, dbLayer: 'memory', database: null })).toEqual(['src/cors.rs', 'store.rs']);
    expect(paths(ANSWERS)).toEqual(['src/cors.rs', 'table.rs']);
  });

  describe('a part that extends another', () => {
    const files = {
      ...PACK,
      'frameworks/fast/files/src/routes/mod.rs': 'the routes of fast',
      'frameworks/faster/part.json': manifest({
        extends: 'fast',
        replaces: { 'src/handlers/mod.rs': 'frameworks/fast' },
        moves: { 'src/routes': 'src/handlers' },
      }),
      'frameworks/faster/files/src/handlers/mod.rs': 'its own',
      'base/faster/files/faster.md': 'beside faster',
    };
    const filesOf = async (framework: string) => {
      const { catalog: extended } = await packOf(files);
      const planned = plan({ ...ANSWERS, framework }, extended).files;
      return Object.fromEntries(planned.map((file) => [file.path, file.template]));
    };

    test('has the files of the other, except those that it replaces', async () => {
      expect(await filesOf('faster')).toMatchObject({
        'src/handlers/mod.rs': 'frameworks/faster/files/src/handlers/mod.rs',
      });
      expect(Object.keys(await filesOf('faster'))).not.toContain('src/routes/mod.rs');
      expect(Object.keys(await filesOf('fast'))).toContain('src/routes/mod.rs');
    });

    test('has the cells of both, which the other does not', async () => {
      const cells = (paths: object) => Object.values(paths).filter((template) => /\/fast\/|\/faster\//.test(template));
      expect(cells(await filesOf('faster'))).toEqual(
        expect.arrayContaining([...cells(await filesOf('fast')).filter((key) => !key.includes('/routes/'))]),
      );
      expect(Object.keys(await filesOf('faster'))).toContain('faster.md');
      expect(Object.keys(await filesOf('fast'))).not.toContain('faster.md');
    });

    test('has what a cell of the other replaces, though its folders have different names', async () => {
      const cell = 'auth/open/fast';
      const { catalog: extended } = await packOf({
        ...files,
        [`${cell}/part.json`]: { replaces: { 'src/routes/users.rs': 'frameworks/fast' } },
        [`${cell}/files/src/routes/users.rs`]: 'for who is signed in',
        'frameworks/fast/files/src/routes/users.rs': 'for all',
      });
      const planned = plan({ ...ANSWERS, framework: 'faster' }, extended).files;
      expect(planned.find((file) => file.path === 'src/handlers/users.rs')?.template).toBe(
        `${cell}/files/src/routes/users.rs`,
      );
    });

    test('is told the path as it is written, though its folders have different names', async () => {
      const { catalog: extended } = await packOf({
        ...files,
        'auth/open/fast/part.json': { replaces: { 'src/routes/mod.rs': 'base' } },
        'auth/open/fast/files/src/routes/mod.rs': 'its own',
      });
      expect(() => plan({ ...ANSWERS, framework: 'faster' }, extended)).toThrow(
        'auth/open/fast/part.json: replaces["src/routes/mod.rs"] is "base", but it is of frameworks/faster',
      );
    });

    test('is compatible with parts that have a cell for the other', async () => {
      const { catalog: extended } = await packOf(files);
      expect(incompatibilityReason({ framework: 'faster' }, 'middleware', 'cors', extended)).toBeNull();
    });
  });

  test('two parts with one path are refused, unless the later names the part that it takes it from', async () => {
    const clash = { 'base/files/a': '1', 'frameworks/fast/files/a': '2' };
    const read = async (changes: object) =>
      (await packOf({ ...PACK, ...clash, 'frameworks/fast/part.json': manifest(changes) })).catalog;
    const silent = await read({ order: 1 });
    expect(() => plan(ANSWERS, silent)).toThrow('frameworks/fast/part.json: replaces.a is missing: base brings it too');
    const said = await read({ order: 1, replaces: { a: 'base' } });
    expect(plan(ANSWERS, said).files.find((file) => file.path === 'a')?.template).toBe('frameworks/fast/files/a');
  });

  test('two parts that set one value are refused, unless the later names the part that it takes it from', async () => {
    const read = async (changes: object) =>
      (await packOf({ ...PACK, 'databases/lite/part.json': manifest({ vars: { bind: '$' }, ...changes }) })).catalog;
    const silent = await read({});
    expect(() => plan(ANSWERS, silent)).toThrow('overrides.bind is missing: db-layers/graph brings it too');
    const wrong = await read({ overrides: { bind: 'frameworks/fast' } });
    expect(() => plan(ANSWERS, wrong)).toThrow('overrides.bind is "frameworks/fast", but it is of db-layers/graph');
    const said = await read({ overrides: { bind: 'db-layers/graph' } });
    expect(plan(ANSWERS, said).vars).toEqual({ bind: '$' });
  });

  test('a part that extends another has the locks of the other, unless it has its own', async () => {
    const extending = {
      ...PACK,
      'frameworks/faster/part.json': manifest({ extends: 'fast' }),
      'frameworks/fastest/part.json': manifest({ extends: 'faster' }),
      ...{ 'locks/fast-graph-lite.lock': '', 'locks/fast-graph-lite.json': '{}' },
    };
    const lockOf = async (framework: string, files: object = {}) => {
      const { catalog: extended } = await packOf({ ...extending, ...files });
      return plan({ ...ANSWERS, framework }, extended).lock;
    };
    expect(await lockOf('fastest')).toBe('locks/fast-graph-lite');
    const own = { 'locks/faster-graph-lite.lock': '', 'locks/faster-graph-lite.json': '{}' };
    expect(await lockOf('fastest', own)).toBe('locks/faster-graph-lite');
    expect(await lockOf('fast', own)).toBe('locks/fast-graph-lite');
    expect(await lockOf('odd')).toBe('locks/odd-graph-lite');
  });

  test('each structure has a lock; a member of a workspace has none', () => {
    expect(plan(ANSWERS, catalog).lock).toBe('locks/fast-graph-lite');
    expect(plan({ ...ANSWERS, dbLayer: 'memory', database: null }, catalog).lock).toBe('locks/fast-memory');
    expect(plan(ANSWERS, catalog, { workspace: 'join', inWorkspace: 'a', inRepository: 'a' }).lock).toBeNull();
  });
});

describe('compatibility', () => {
  test('a part is compatible with choices that all its contributions have a cell for', async () => {
    const files = {
      ...PACK,
      'auth/none/part.json': manifest({ optsOut: true }),
      'auth/any/part.json': { needsCell: ['dbLayer'] },
      'auth/any/graph/files/accounts.rs': 'kept',
      'middleware/tinted/part.json': manifest({ extends: 'cors' }),
    };
    const { catalog: lacking } = await packOf(files);
    expect(incompatibilityReason({ dbLayer: 'memory' }, 'auth', 'open', lacking)).toContain(
      'is not built for Memory yet',
    );
    expect(incompatibilityReason({ dbLayer: 'graph' }, 'auth', 'open', lacking)).toBeNull();
    expect(incompatibilityReason({ dbLayer: 'memory' }, 'auth', 'none', lacking)).toBeNull();
    expect(incompatibilityReason({ framework: 'odd' }, 'middleware', 'tinted', lacking)).toContain(
      'is not built for Odd yet',
    );
  });

  test('a missing cell makes a combination unsupported', () => {
    expect(incompatibilityReason({ framework: 'odd' }, 'middleware', 'cors', catalog)).toBe(
      'CORS is not built for Odd yet',
    );
    expect(incompatibilityReason({ framework: 'fast' }, 'middleware', 'cors', catalog)).toBeNull();
  });

  test('a declared reason is returned from both sides', () => {
    expect(incompatibilityReason({ framework: 'odd' }, 'dbLayer', 'graph', catalog)).toBe('odd has no graphs');
    expect(incompatibilityReason({ dbLayer: 'graph' }, 'framework', 'odd', catalog)).toBe('odd has no graphs');
  });

  test('an axis can become irrelevant', () => {
    expect(isApplicable({ dbLayer: 'memory' }, 'database', catalog)).toBe(false);
    expect(incompatibilityReason({ dbLayer: 'memory' }, 'database', 'lite', catalog)).toBe(
      'Memory (memory) uses no database',
    );
  });

  test('every incompatible pair is a separate problem', () => {
    const problems = problemsOf({ ...ANSWERS, framework: 'odd' }, catalog);
    expect(problems.map((problem) => problem.code)).toEqual(['unsupported-combination', 'unsupported-combination']);
  });

  test('the supported combinations are exactly those without a problem', () => {
    expect(supportedCombinations(catalog)).toEqual([
      { framework: 'fast', dbLayer: 'graph', database: 'lite', auth: 'open' },
      { framework: 'fast', dbLayer: 'memory', database: null, auth: 'open' },
      { framework: 'odd', dbLayer: 'memory', database: null, auth: 'open' },
    ]);
  });
});

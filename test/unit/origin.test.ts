import { describe, expect, test } from 'vitest';
import { PackError } from '../../src/model/errors.ts';
import { matcherOf } from '../../src/model/path-pattern.ts';
import { plan } from '../../src/plan/plan.ts';
import { parseSources } from '../../src/render/parse-sources.ts';
import { render } from '../../src/render/render.ts';
import { manifest, packManifest, packOf, problemsOfPack } from '../support/pack-folder.ts';
import { answersFor, renderProject } from '../support/projects.ts';

describe('a rendered file', () => {
  const everything = answersFor({ framework: 'loco', dbLayer: 'sea-orm', database: 'postgres', auth: 'jwt' });
  const origins = Object.fromEntries(renderProject(everything).map(({ path, origin }) => [path, origin]));

  test('knows its part, its template and its class', () => {
    expect(origins['README.md']).toEqual({
      ...{ part: 'base', template: 'base/files/README.md.hbs', class: 'merge' },
    });
    expect(origins['src/middleware/cors.rs']).toEqual({
      ...{ part: 'middleware/cors', template: 'middleware/cors/axum/files/src/middleware/cors.rs.hbs', class: 'merge' },
    });
    expect(origins['Cargo.lock']).toEqual({
      ...{ part: 'locks', template: 'locks/loco-sea-orm-postgres.lock', class: 'merge' },
    });
  });

  test('stays as it is rendered if it is a standard, and is written once if it is a migration', () => {
    const pathsOf = (name: string) => Object.keys(origins).filter((path) => origins[path]?.class === name);
    expect(pathsOf('managed')).toEqual([
      ...['.github/workflows/ci.yml', 'clippy.toml', 'deny.toml', 'rust-toolchain.toml'],
    ]);
    expect(pathsOf('seed')).toEqual(Object.keys(origins).filter((path) => /\/m2026\d*_\w+\.rs$/.test(path)));
    expect(pathsOf('seed')).toHaveLength(2);
  });

  test.each([
    ['files/src/a.rs.hbs', 'features/a/files/src/a.rs.hbs', 'for src/a.rs'],
    ['slots/layers.rs.hbs', 'features/a/slots/layers.rs.hbs', 'for the slot layers'],
  ])('that cannot be rendered is named in the error, with its template: %s', async (file, template, purpose) => {
    const { catalog, sources } = await packOf({
      'frameworks/fast/part.json': manifest(),
      'db-layers/query/part.json': manifest(),
      'databases/lite/part.json': manifest(),
      'auth/open/part.json': manifest(),
      'features/a/part.json': manifest(),
      [`features/a/${file}`]: '{{project.nam}}',
    });
    const { templates } = parseSources(sources);
    const chosen = {
      framework: 'fast',
      dbLayer: 'query',
      database: 'lite',
      auth: 'open',
      middleware: [],
      features: ['a'],
    };
    const planned = plan({ name: 'x', description: '', ...chosen, resources: [] }, catalog);
    const failure = errorOf(() => render({ ...planned, lock: null }, templates));
    expect(failure).toBeInstanceOf(PackError);
    expect((failure as PackError).problems).toEqual([
      expect.objectContaining({ code: 'failed-template', file: template, message: expect.stringContaining(purpose) }),
    ]);
  });
});

function errorOf(action: () => unknown): unknown {
  try {
    action();
    return null;
  } catch (error) {
    return error;
  }
}

describe('a class of files', () => {
  const A = { 'features/a/part.json': manifest(), 'features/a/files/src/a.rs': '', 'features/a/files/b.toml': '' };
  const problemsOf = (classes: object) => problemsOfPack({ ...A, 'pack.json': packManifest({ classes }) });

  test.each([
    [{ seed: ['src/c.rs'] }, 'classes.seed[0]', 'src/c.rs matches no file of a part'],
    [{ managed: ['*.toml', '*.rs'] }, 'classes.managed[1]', '*.rs matches no file of a part'],
    [{ managed: ['**'], seed: ['src/*'] }, 'classes.seed[0]', 'src/a.rs is among the managed files too'],
    [{ managed: ['../**'] }, 'classes.managed[0]', 'is "../**"'],
    [{ merge: ['src/*'] }, 'classes.merge', 'is not a known key'],
  ])('is refused with the key: %j', async (classes, key, message) => {
    expect(await problemsOf(classes)).toEqual([
      expect.objectContaining({ file: 'pack.json', key, message: expect.stringContaining(message) }),
    ]);
  });

  test('is described by patterns of whole paths', async () => {
    expect(await problemsOf({ managed: ['*.toml'], seed: ['**.rs'] })).toEqual([]);
    const paths = ['src/a.rs', 'src/a/b.rs', 'src/axrs', 'other/src/a.rs'];
    expect(paths.filter(matcherOf(['src/*.rs']))).toEqual(['src/a.rs']);
    expect(paths.filter(matcherOf(['src/**']))).toEqual(['src/a.rs', 'src/a/b.rs', 'src/axrs']);
    expect(paths.filter(matcherOf(['**/a/*', '*/axrs']))).toEqual(['src/a/b.rs', 'src/axrs']);
    expect(paths.filter(matcherOf([]))).toEqual([]);
  });
});

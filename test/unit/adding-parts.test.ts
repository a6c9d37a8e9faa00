import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { inspectPack, type Pack, readPack } from '../../src/catalog/read-pack.ts';
import { checkPack } from '../../src/commands/pack/check-pack.ts';
import type { Answers } from '../../src/model/answers.ts';
import { describeOption } from '../../src/options/describe.ts';
import { createOptions } from '../../src/options/schema.ts';
import { incompatibilityReason } from '../../src/plan/compatibility.ts';
import { plan } from '../../src/plan/plan.ts';
import { parseSources } from '../../src/render/parse-sources.ts';
import { render } from '../../src/render/render.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const ROOT = path.join(import.meta.dirname, '../..');
/** A middleware for every framework and a framework that extends another, as CONTRIBUTING.md says to add them. */
const ADDED = path.join(import.meta.dirname, 'fixtures/added-parts');

const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

describe('a pack that parts are added to', () => {
  const folder = path.join(temporaryFolder('adding-parts'), 'templates');
  let pack: Pack;
  beforeAll(async () => {
    cpSync(path.join(ROOT, 'templates'), folder, { recursive: true });
    // Files that exist are an error.
    cpSync(ADDED, folder, { recursive: true, force: false, errorOnExist: true });
    pack = await inspectPack(folder, version);
  });

  test('has nothing wrong in any project', { timeout: 300_000 }, async () => {
    expect(await checkPack(folder, version)).toEqual([]);
  });

  test('is changed in no file', () => {
    const before = path.join(ROOT, 'templates');
    const changed = filesIn(before).filter(
      (file) => readFileSync(path.join(before, file), 'utf8') !== readFileSync(path.join(folder, file), 'utf8'),
    );
    expect(changed).toEqual([]);
  });

  test('grows by a few files of a few lines', () => {
    const sizes = (below: string) => {
      const files = filesIn(path.join(ADDED, below));
      const lines = files.map((file) => readFileSync(path.join(ADDED, below, file), 'utf8').split('\n').length - 1);
      return { files: files.length, lines: lines.reduce((sum, count) => sum + count, 0) };
    };
    expect({ middleware: sizes('middleware'), framework: sizes('frameworks') }).toEqual({
      middleware: { files: 8, lines: 80 },
      framework: { files: 2, lines: 9 },
    });
  });

  test('offers the middleware for every framework, and mounts it in its place', () => {
    const { catalog } = pack;
    for (const { id } of catalog.parts.framework) {
      expect(incompatibilityReason({ framework: id }, 'middleware', 'served-by', catalog), id).toBeNull();
      const { slots } = plan(answersFor(id, ['cors', 'security-headers', 'served-by']), catalog);
      const layers = [...(slots['outer_layers'] ?? []), ...(slots['inner_layers'] ?? [])];
      const order = layers.map((key) => key.split('/')[1]);
      expect(order, id).toEqual(['security-headers', 'served-by', 'cors']);
    }
  });

  test('renders the framework as the one that it extends, with the same lock', () => {
    const { catalog, sources } = pack;
    const { templates } = parseSources(sources);
    const [base, derived] = ['axum', 'house-axum'].map((framework) =>
      Object.fromEntries(
        render(plan(answersFor(framework, ['cors']), catalog), templates).map(({ path, text }) => [path, text]),
      ),
    );
    expect(derived?.['Cargo.lock']).toBe(base?.['Cargo.lock']);
    const differing = Object.keys(derived ?? {}).filter((file) => derived?.[file] !== base?.[file]);
    expect(differing).toEqual(['README.md', 'docs/conventions.md']);
  });
});

test('an axis is added by an entry in pack.json and its folder', async () => {
  const folder = path.join(temporaryFolder('adding-an-axis'), 'templates');
  cpSync(path.join(ROOT, 'templates'), folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(folder, 'pack.json'), 'utf8'));
  manifest.axes.license = { label: 'License', folder: 'licenses', example: 'mit' };
  const added = {
    'pack.json': JSON.stringify(manifest),
    'licenses/none/part.json':
      '{ "label": "None", "hint": "All rights reserved", "order": 1, "default": true, "optsOut": true }',
    'licenses/mit/part.json': '{ "label": "MIT", "hint": "Short and permissive", "order": 2 }',
    'licenses/mit/files/LICENSE.hbs': '{{chosen.license.label}} License\n',
  };
  for (const [file, text] of Object.entries(added)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const { catalog, sources } = await readPack(folder, version);
  const option = createOptions(catalog).find(({ key }) => key === 'license');
  expect(option && describeOption(option)).toEqual({
    ...{ flag: '--license <id>', help: 'License', allowed: ['none', 'mit'], default: 'none' },
  });
  const answers = { ...answersFor('axum', []), license: 'mit' };
  const license = render(plan(answers, catalog), parseSources(sources).templates).find(
    ({ path }) => path === 'LICENSE',
  );
  expect(license?.text).toBe('MIT License\n');
});

function answersFor(framework: string, middleware: readonly string[]): Answers {
  const rest = { dbLayer: 'sqlx', database: 'sqlite', auth: 'none', features: [], resources: [] };
  return { name: 'my-service', description: 'An HTTP API', framework, middleware, ...rest };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalog } from '../support/projects.ts';

const SRC = join(import.meta.dirname, '../../src');

/** What a folder may import from; every folder may import from itself and from model. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'cli.ts': ['commands', 'ui'],
  commands: ['options', 'catalog', 'plan', 'render', 'merge', 'sources', 'project', 'post', 'ui'],
  ui: ['options'],
  options: [],
  catalog: [],
  plan: [],
  render: [],
  // It writes Rust's imports, and Cargo.lock, as rendering does.
  merge: ['render'],
  sources: ['project', 'post'],
  project: [],
  post: [],
  model: [],
};

/** Folders of pure functions: the same input returns the same output on any machine. */
const PURE = ['model', 'options', 'plan', 'render', 'merge'];

interface Source {
  /** Relative to src/, with `/`. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  /** All imports, including types and dynamic ones. */
  readonly imports: readonly string[];
  /** The imports needed at load time. */
  readonly needs: readonly string[];
}

const SOURCES: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8');
    return {
      path,
      folder: path.split('/')[0] ?? '',
      text: withoutComments(text),
      imports: importsOf(text),
      needs: needsOf(text),
    };
  });

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g)].map((match) => match[1] ?? '');
}

function needsOf(text: string): readonly string[] {
  return [...text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)'/gm)].map((match) => match[1] ?? '');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, '');
}

/** `folder: finding` for every source that matches, so that a failure names the place. */
function offenders(find: (source: Source) => readonly string[]): readonly string[] {
  return SOURCES.flatMap((source) => find(source).map((what) => `${source.path}: ${what}`));
}

describe('src', () => {
  test('is read with its imports', () => {
    expect(new Set(SOURCES.map(({ folder }) => folder))).toEqual(new Set(Object.keys(LAYERS)));
    expect(SOURCES.find(({ path }) => path === 'project/write.ts')?.imports).toContain('../model/errors.ts');
  });

  test('imports in one direction only', () => {
    const wrong = offenders(({ path, folder, imports }) =>
      imports.filter((target) => {
        if (!target.startsWith('.')) return false;
        const [to = ''] = posix.join(posix.dirname(path), target).split('/');
        // For its types only: see the next test but one.
        const isBuiltin = folder === 'model' && target === '../../templates/pack.json';
        return ![folder, 'model', ...(LAYERS[folder] ?? [])].includes(to) && !isBuiltin;
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('has no import cycles', () => {
    const graph = new Map(
      SOURCES.map(({ path, needs }) => [path, needs.map((to) => posix.join(posix.dirname(path), to))]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, above: readonly string[]): void => {
      if (above.includes(path)) circles.push([...above.slice(above.indexOf(path)), path].join(' → '));
      if (above.includes(path) || done.has(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...above, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });

  test('reads no manifests of the built-in pack, which was validated when it was compiled', () => {
    const loaded = new Set(['cli.ts', 'commands/main.ts', 'commands/create.ts']);
    for (const path of loaded) {
      const needs = SOURCES.find((source) => source.path === path)?.needs ?? [];
      for (const to of needs) loaded.add(posix.join(posix.dirname(path), to));
    }
    expect(loaded).toContain('render/render.ts');
    expect(loaded).not.toContain('model/manifest.ts');
  });

  test('does not use the disk, the clock or the process in pure folders', () => {
    const impure =
      /\bprocess\.|\bDate\.now\(|new Date\(\)|\bperformance\.|Math\.random|\brandom(?:Bytes|Int|UUID)|\bset(?:Timeout|Interval|Immediate)\(|\bfetch\(/g;
    const wrong = offenders(({ folder, text, imports }) =>
      PURE.includes(folder)
        ? [...imports.filter((target) => /^node:(?!crypto$)/.test(target)), ...(text.match(impure) ?? [])]
        : [],
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    ['sets the exit code', /process\.exit\w*/g, /^cli\.ts$/],
    [
      'writes to the console or a stream of the process',
      /\bconsole\.|process\.std(?:out|err|in)\b/g,
      /^(?:ui\/|cli\.ts$)/,
    ],
    ['starts programs', /'execa'|'node:child_process'/g, /^post\//],
    ['touches the disk', /'node:fs(?:\/promises)?'/g, /^(?:(?:project|catalog)\/|ui\/output\.ts$)/],
    [
      'loads the schema library',
      /'zod\/[\w/]+'/g,
      /^(?:catalog\/(?:parse-manifest|read-pack)|model\/(?:manifest|record-schema|policy-schema|fleet-schema))\.ts$/,
    ],
    // prompts' copy of kleur reads NODE_DISABLE_COLORS itself, when it is loaded.
    ['reads the environment', /process\.env\b/g, /^(?:cli\.ts$|post\/|ui\/prompter\.ts$)/],
  ])('%s in one place only', (_, pattern, allowed) => {
    const found = SOURCES.filter(({ text }) => text.match(pattern) !== null).map(({ path }) => path);
    expect(found.filter((path) => !allowed.test(path))).toEqual([]);
  });

  test('names no framework, layer or database; they are folders of the pack', () => {
    const { framework, dbLayer, database } = catalog.parts;
    const ids = [...framework, ...dbLayer, ...database].map((part) => part.id);
    // "none" is a word of the list syntax and of the workspace too.
    const names = new Set(ids.filter((id) => id !== 'none'));
    expect(names.size).toBeGreaterThan(0);
    const literals = (text: string) =>
      [...text.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)].map((match) => match.slice(1).join(''));
    expect(offenders(({ text }) => literals(text).filter((literal) => names.has(literal)))).toEqual([]);
  });
});

/** A word that is an axis of the built-in pack and something else too: crates have features. */
const AMBIGUOUS = 'features';

test('src names no axis; they are data of the pack', () => {
  const keys = catalog.axes.map(({ id }) => id).filter((id) => id !== AMBIGUOUS);
  expect(keys.length).toBeGreaterThan(0);
  const axis = new RegExp(`\\b(?:${keys.join('|')})\\b`, 'g');
  // Prose may name them: descriptions in the schema, labels of flags, messages.
  const code = (text: string) => text.replace(/'(?:[^'\\\n]|\\.)* (?:[^'\\\n]|\\.)*'/g, "''");
  expect(offenders(({ text }) => code(text).match(axis) ?? [])).toEqual([]);
  expect(offenders(({ text }) => text.match(/(?:chosen|answers|parts)\.features\b|'features'/g) ?? [])).toEqual([]);
});

test('every source file stays small', () => {
  const long = SOURCES.filter(({ path }) => readFileSync(join(SRC, path), 'utf8').split('\n').length > 400);
  expect(long.map(({ path }) => path)).toEqual([]);
});

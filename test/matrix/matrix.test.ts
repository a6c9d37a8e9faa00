import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { partsIn } from '../../src/model/catalog.ts';
import type { FileSet } from '../../src/model/files.ts';
import { mergeImports } from '../../src/render/imports.ts';
import { loneSelections } from '../support/lone-selections.ts';
import { catalog, everySelection, renderProject, selectionsWithResources } from '../support/projects.ts';
import { declaredModules, importedPaths, moduleFiles, pathRoots, usedRoots } from '../support/rust-source.ts';
import { DATABASE_TRACES, tracesOf, WITH_OTHER_TRACES } from './traces.ts';

/** Roots of a path that are no crate of Cargo.toml. */
const LANGUAGE_ROOTS = new Set(['std', 'core', 'alloc', 'crate', 'self', 'super']);

const selections = everySelection();

/** Types that slots and values of parts bring into files of others. */
const STANDARD_TYPES = ['Arc', 'Duration', 'HashMap', 'Instant'];

test('there are combinations to prove', () => {
  expect(selections.length).toBeGreaterThanOrEqual(12);
});

const ids = partsIn(catalog)
  .map((part) => part.id)
  .filter((id) => id !== 'none');

test('the traces are of choices', () => {
  expect(WITH_OTHER_TRACES.filter((id) => !ids.includes(id))).toEqual([]);
});

test.each([...selections, ...selectionsWithResources(), ...loneSelections()])(
  '$title imports the types of its values',
  ({ answers }) => {
    for (const { path, text } of renderProject(answers).filter(({ path }) => path.endsWith('.rs'))) {
      const imported = importedPaths(text.replace(/^ +use /gm, 'use ')).map((item) => item.split('::').at(-1));
      const used = STANDARD_TYPES.filter((type) => new RegExp(`(?<![:\\w])${type}::`).test(text));
      expect(
        used.filter((type) => !imported.includes(type)),
        path,
      ).toEqual([]);
    }
  },
);

describe.each([...selections, ...selectionsWithResources()])('$title', ({ answers }) => {
  const files = renderProject(answers);
  const rust = files.filter((file) => file.path.endsWith('.rs'));
  const manifest = parseToml(textOf(files, 'Cargo.toml')) as Record<string, Record<string, unknown>>;
  const crates = ['dependencies', 'dev-dependencies'].flatMap((table) => Object.keys(manifest[table] ?? {}));

  test('every TOML, YAML and JSON file parses', () => {
    for (const file of files) {
      if (/\.toml$|^Cargo\.lock$/.test(file.path)) parseToml(file.text);
      if (/\.json$/.test(file.path)) JSON.parse(file.text);
      // JSON is also YAML, in which a duplicate key is an error.
      if (/\.(?:json|ya?ml)$/.test(file.path)) {
        for (const document of parseAllDocuments(file.text)) expect(document.errors, file.path).toEqual([]);
      }
    }
  });

  test('nothing of the template language is left, and every text file ends with one newline', () => {
    for (const file of files) {
      expect(file.text, file.path).not.toMatch(/\{\{[#/>^]|\{\{(?:else|this)\b|\[object Object\]|\bundefined\b/);
      if (file.text !== '') expect(file.text, file.path).toMatch(/[^\n]\n$/);
      expect(file.text, file.path).not.toMatch(/[ \t]$|\r|\n{3}/m);
    }
  });

  test('README.md has every command of the justfile', () => {
    const readme = textOf(files, 'README.md');
    const commands = textOf(files, 'justfile').match(/(?<=^ {4})[a-z].*/gm) ?? [];
    expect(commands.length).toBeGreaterThanOrEqual(5);
    for (const command of commands) {
      // README.md leaves `--locked` out, and has placeholders for a recipe's arguments.
      expect(readme).toContain(command.replace(' --locked', '').replace(/ \{\{.*/, ''));
    }
  });

  test('imports are merged by module', () => {
    for (const file of rust) expect(mergeImports(file.text), file.path).toBe(file.text);
  });

  test('every module has its file, and every file its module', () => {
    const paths = new Set(files.map((file) => file.path));
    const declared = new Set(['src/main.rs', 'src/lib.rs', 'build.rs', 'migration/src/lib.rs', 'tests/api/main.rs']);
    for (const file of rust) {
      for (const name of declaredModules(file.text)) {
        const found = moduleFiles(file.path, name).filter((path) => paths.has(path));
        expect(found, `mod ${name} in ${file.path}`).toHaveLength(1);
        for (const path of found) declared.add(path);
      }
    }
    expect(rust.map((file) => file.path).filter((path) => !declared.has(path))).toEqual([]);
  });

  test('every import has its crate, and every crate is used', () => {
    const own = answers.name.replaceAll('-', '_');
    const modules = new Set(rust.flatMap((file) => declaredModules(file.text)));
    const names = new Set(crates.map((name) => name.replaceAll('-', '_')));
    for (const file of rust) {
      for (const root of usedRoots(file.text)) {
        const known = LANGUAGE_ROOTS.has(root) || root === own || names.has(root) || modules.has(root);
        expect(known, `${file.path} uses ${root}`).toBe(true);
      }
    }
    const used = new Set(rust.flatMap((file) => [...pathRoots(file.text), ...usedRoots(file.text)]));
    expect([...names].filter((name) => !used.has(name))).toEqual([]);
  });

  test('every variable is read outside the configuration', () => {
    const config = textOf(files, 'src/config/mod.rs');
    const fields = [...config.matchAll(/^ {8}pub (\w+): .* = Variable \{$/gm)].map(([, field = '']) => field);
    expect(fields.length).toBeGreaterThan(0);
    const readers = rust.filter((file) => file.path.startsWith('src/') && !file.path.startsWith('src/config/'));
    const code = readers.map((file) => file.text).join('\n');
    expect(fields.filter((field) => !new RegExp(`\\.${field}\\b`).test(code))).toEqual([]);
  });

  test('the tests keep their database only where it is read, because clippy reports an unread field', () => {
    const tests = rust.filter(({ path }) => path.startsWith('tests/api/')).map(({ text }) => text);
    const isKept = /^ {4}pub database: TestDatabase,$/m.test(textOf(files, 'tests/api/support.rs'));
    expect(isKept).toBe(tests.some((text) => text.includes('app.database.')));
  });

  test('clippy denies what panics and what is unfinished, outside tests everywhere', () => {
    const lints = (manifest['lints'] as { clippy?: object } | undefined)?.clippy;
    expect(lints).toMatchObject({
      ...{ expect_used: 'deny', panic: 'deny', unwrap_used: 'deny' },
      ...{ dbg_macro: 'deny', todo: 'deny', unimplemented: 'deny' },
    });
    for (const { path, text } of rust.filter((file) => !file.path.startsWith('tests/'))) {
      expect(text, path).not.toMatch(
        /\b(?:allow|expect)\([^)]*\bclippy::(?:expect_used|panic|unwrap_used|todo|unimplemented)/,
      );
    }
  });

  test('Cargo.lock has every crate of Cargo.toml under the name of the project', () => {
    const lock = parseToml(textOf(files, 'Cargo.lock')) as unknown as {
      package: readonly { name: string; dependencies?: readonly string[] }[];
    };
    const root = lock.package.find((entry) => entry.name === answers.name);
    const packages = crates.map((crate) => packageOf(manifest['dependencies']?.[crate]) ?? crate);
    expect(root?.dependencies?.map((dependency) => dependency.split(' ')[0])).toEqual(packages.sort());
    expect(lock.package.some((entry) => entry.name === 'service-name')).toBe(false);
  });

  test('what was not chosen appears nowhere', () => {
    // Loco's generators add a deployment that was not chosen.
    const isAbsent = ({ path }: { path: string }) =>
      path === 'Cargo.lock' || path.startsWith('.loco-templates/deployment/');
    const texts = files.filter((file) => !isAbsent(file));
    const all = texts.map((file) => `${file.path}\n${file.text}`).join('\n');
    const { framework, dbLayer, database, auth, middleware, features } = answers;
    const chosen = [framework, dbLayer, database, auth, ...middleware, ...features];
    for (const id of ids) {
      for (const trace of tracesOf(id)) expect(trace.test(all), `${trace} of ${id}`).toBe(chosen.includes(id));
    }
    const identifiesClients = auth !== 'none' || middleware.includes('rate-limit');
    expect(/TRUSTED_PROXIES|src\/client\.rs/.test(all)).toBe(identifiesClients);
    for (const trace of DATABASE_TRACES) expect(trace.test(all), `${trace}`).toBe(answers.database !== null);
  });
});

function textOf(files: FileSet, path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path} in the project`);
  return file.text;
}

/** The package that a dependency renames, if it does. */
function packageOf(dependency: unknown): string | undefined {
  return (dependency as { package?: string } | undefined)?.package;
}

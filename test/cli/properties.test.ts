import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { main } from '../../src/commands/main.ts';
import type { Combination } from '../../src/model/axes.ts';
import { EXIT } from '../../src/model/errors.ts';
import { axisOptions } from '../../src/options/schema.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { BUILT_PACK, catalog } from '../support/projects.ts';
import { describeWithTools } from '../support/tools.ts';
import { folderOfFile } from './support/service-folder.ts';

const RESERVED = ['fn', 'self', 'async', 'gen', 'test', 'core', 'con', 'nul', 'tokio', 'default', 'list', 'help'];
const PIECES = [
  ...['"', "'", '`', '\\', '{', '}', '{{x}}', '*/', '//', '"#', '# ', ': ', '- ', '---', '<!--', '[a]'],
  ...['\n', '\r\n', '\t', '\u2028', '\u001b', '\u0000', '\u00a0', '\u200f', '\u202e', 'é', '🚀', '$(x)', '%s', ' '],
];

const letters = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength, maxLength });
const words = fc.array(letters(1, 20), { minLength: 1, maxLength: 4 }).map((words) => words.join('-'));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.array(fc.oneof(fc.constantFrom(...PIECES), words), { maxLength: 12 }).map((pieces) => pieces.join('')),
);
const anyName = fc.oneof(
  { arbitrary: words, weight: 4 },
  { arbitrary: letters(62, 65), weight: 2 },
  { arbitrary: words.map((name) => `-${name}`), weight: 1 },
  { arbitrary: fc.constantFrom(...RESERVED), weight: 1 },
  { arbitrary: anyText, weight: 1 },
);
/** Arguments cannot contain NUL, and names of folders are at most 255 bytes. */
const segment = fc
  .oneof(anyName, fc.constantFrom('', '.', '..', '-', '--', '--yes'))
  .map((text) => [...text.replaceAll('\0', '')].slice(0, 63).join(''));
const anyPath = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
const combination = fc.constantFrom(...supportedCombinations(catalog));

const root = folderOfFile();

interface Given {
  readonly path: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly chosen: Combination;
}

/** Runs the command line in a new folder, which `look` is then shown with the project's folder and the exit code. */
async function create(given: Given, look: (cwd: string, project: string, exitCode: number, said: string) => void) {
  const folder = mkdtempSync(join(root, 'run-'));
  try {
    const cwd = join(folder, 'work');
    mkdirSync(cwd);
    const project = resolve(cwd, given.path);
    fc.pre(project === cwd || project.startsWith(cwd + sep));
    const output = new PassThrough({ encoding: 'utf8' });
    const exitCode = await main({
      argv: argumentsOf(given),
      cwd,
      env: {},
      isWindows: false,
      nodeVersion: process.versions.node,
      pack: BUILT_PACK,
      today: '2026-11-27',
      version: '1.2.3',
      script: '/usr/local/bin/create-api',
      streams: { stdin: new PassThrough(), stdout: output, stderr: output } as never,
      signal: new AbortController().signal,
    });
    look(cwd, project, exitCode, output.read() ?? '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function argumentsOf({ path, name, description, chosen }: Given): readonly string[] {
  const flags: Readonly<Record<string, string | null>> = { ...chosen };
  return [
    ...(name === undefined ? [] : [`--name=${name}`]),
    ...(description === undefined ? [] : [`--description=${description}`]),
    ...axisOptions(catalog).flatMap(({ key, flag }) => (flags[key] ? [flag, flags[key]] : [])),
    ...['--no-install', '--no-git', '--', path],
  ];
}

function filesIn(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => statSync(join(folder, path)).isFile());
}

test('any name, description and path yields a project whose files parse, or a usage error and no file', {
  timeout: 180_000,
}, async () => {
  const given = fc.record({
    path: anyPath,
    name: fc.option(anyName, { nil: undefined }),
    description: fc.option(anyText, { nil: undefined }),
    chosen: combination,
  });
  const outcomes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(given, (given) =>
      create(given, (cwd, project, exitCode, said) => {
        outcomes.add(exitCode);
        if (exitCode === EXIT.usage) {
          expect(readdirSync(cwd)).toEqual([]);
          return;
        }
        expect(exitCode, said).toBe(EXIT.done);
        for (const path of filesIn(project)) expectToParse(path, readFileSync(join(project, path), 'utf8'));
        const manifest = parseToml(readFileSync(join(project, 'Cargo.toml'), 'utf8'));
        expect(manifest['package']).toMatchObject({
          ...(given.name !== undefined && { name: given.name }),
          ...(given.description !== undefined && { description: given.description }),
        });
      }),
    ),
    { numRuns: 200 },
  );
  // Both outcomes must occur, or the test would prove only one of them.
  expect(outcomes).toEqual(new Set([EXIT.done, EXIT.usage]));
});

function expectToParse(path: string, text: string): void {
  if (/\.toml$|^Cargo\.lock$/.test(path)) parseToml(text);
  if (/\.json$/.test(path)) JSON.parse(text);
  if (/\.ya?ml$/.test(path)) {
    for (const document of parseAllDocuments(text)) expect(document.errors, path).toEqual([]);
  }
}

describeWithTools([{ name: 'rustfmt', install: 'https://rustup.rs' }], 'rustfmt', () => {
  test('leaves a project unchanged, however long its name', async () => {
    const given = fc.record({
      path: fc.constant('.'),
      name: fc.oneof(words, letters(1, 1), letters(64, 64)),
      chosen: combination,
    });
    await fc.assert(
      fc.asyncProperty(given, (given) =>
        create(given, (_, project, exitCode) => {
          fc.pre(exitCode === EXIT.done);
          const roots = ['src/main.rs', 'src/lib.rs', 'build.rs', 'tests/api/main.rs'];
          const there = roots.filter((path) => existsSync(join(project, path)));
          const { status, stdout, stderr } = spawnSync('rustfmt', ['--check', '--edition', '2024', ...there], {
            cwd: project,
            encoding: 'utf8',
          });
          expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
        }),
      ),
      { numRuns: 8 },
    );
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Combination } from '../../src/model/axes.ts';
import type { FieldType, Resource } from '../../src/model/resource.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { SPECIMEN } from '../../src/plan/specimen.ts';
import { answersFor, catalog, EXTRAS, type Extras, extrasOf, renderProject } from '../support/projects.ts';
import { describeWithTools, runTool } from '../support/tools.ts';

const RUSTFMT = { name: 'rustfmt', install: 'https://rustup.rs' };

const SHORTEST_NAME = 2;
const LONGEST_NAME = 28;

/** Resources with names of every length, and fields whose names are as long. */
const RESOURCES = Array.from({ length: LONGEST_NAME - SHORTEST_NAME + 1 }, (_, index) =>
  resourceNamed(nameOf(index + SHORTEST_NAME)),
);

function nameOf(length: number): string {
  const letters = 'bcdfghjklm'.repeat(3).slice(0, length - 1);
  return `${letters.replace(/^(...).(?=.)/, '$1_')}x`;
}

function resourceNamed(singular: string): Resource {
  const types: readonly FieldType[] = [
    { kind: 'string', length: 40 },
    { kind: 'timestamp' },
    { kind: 'enum', values: ['open', 'half_done'] },
    { kind: 'decimal', precision: 10, scale: 2 },
    { kind: 'ref', resource: 'user' },
  ];
  const fields = types.map((type, index) => ({
    name: `${'pqrst'[index]}${singular.slice(1, 25)}`,
    type,
    ...{
      optional: index === 1 || index === 2,
      unique: index === 0,
      index: false,
      min: null,
      max: null,
      cascade: false,
      owner: false,
    },
  }));
  return { singular, plural: `${singular}s`, fields };
}

/** How rustfmt would format a project with these resources otherwise. */
async function unformatted(combination: Combination, extras: Extras): Promise<string> {
  const answers = answersFor(combination, {
    middleware: extrasOf('middleware', extras),
    features: extrasOf('features', extras),
    resources: [...RESOURCES, SPECIMEN],
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'create-api-format-'));
  try {
    // rustfmt would look for the files of modules, too; `cargo fmt` checks those that declare some.
    const files = renderProject(answers).filter(
      ({ path: file, text }) => file.endsWith('.rs') && !/^(?:pub )?mod \w+;/m.test(text),
    );
    for (const file of files) {
      await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
      await writeFile(path.join(folder, file.path), file.text);
    }
    const paths = files.map((file) => file.path);
    return await runTool(RUSTFMT, ['--edition', '2024', '--check', '--color', 'never', ...paths], folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Every framework with each authentication, and every database layer, whose derives are on the models; one has its own layout. */
const combinations = supportedCombinations(catalog).filter(
  ({ framework, dbLayer, auth }) =>
    dbLayer === 'none' ||
    (auth === 'none' && (framework === 'axum' || (framework === 'loco' && dbLayer === 'sea-orm'))),
);

describeWithTools([RUSTFMT], 'a project is formatted, however long the names of its resources are', () => {
  const cases = combinations.flatMap((combination) => EXTRAS.map((extras) => [combination, extras] as const));
  test.each(cases.map(([combination, extras]) => [Object.values(combination).join(' '), extras, combination] as const))(
    '%s, %s of the extras',
    async (_, extras, combination) => {
      expect(await unformatted(combination, extras)).toBe('');
    },
  );
});

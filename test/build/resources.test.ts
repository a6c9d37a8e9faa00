import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import type { Storage } from '../conformance/storage.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { BUILD_RESOURCES } from '../support/build-resources.ts';
import { cargo, LINTED, lint, removeArtifacts } from '../support/cargo.ts';
import { answersFor, catalog, renderProject } from '../support/projects.ts';
import { oneInTurn } from '../support/sample.ts';
import { provideStorage } from '../support/storage-of.ts';

const BUILD_MS = 20 * 60_000;
const NAME = `resources-on-trial-${process.pid}`;

// Layers do not know frameworks, and authentication only adds tables of its own.
const [framework] = catalog.parts.framework.map((part) => part.id);
const projects = supportedCombinations(catalog)
  .filter((combination) => combination.framework === framework && combination.auth === 'none')
  .map((combination) => answersFor(combination, { name: NAME, resources: BUILD_RESOURCES }));

for (const answers of oneInTurn(projects)) {
  const title = `resources in ${[answers.dbLayer, answers.database].filter(Boolean).join(' × ')}`;
  provideStorage(title, answers, (storage) => defineProof(answers, storage));
}

function defineProof(answers: Answers, storage: Storage): void {
  const project = temporaryFolder('resources');
  beforeAll(async () => {
    await removeArtifacts(NAME);
    for (const file of renderProject(answers)) {
      await mkdir(path.dirname(path.join(project, file.path)), { recursive: true });
      await writeFile(path.join(project, file.path), file.text);
    }
  });
  afterAll(() => removeArtifacts(NAME));

  test('are formatted', () => cargo(['fmt', '--check'], project), BUILD_MS);

  test('compile without a warning of rustc or clippy', () => lint(project), BUILD_MS);

  test(
    'pass their tests',
    async () => {
      const output = await cargo(['test', '--locked'], project, { ...LINTED, ...(await storage.storage()) });
      for (const { plural } of BUILD_RESOURCES)
        expect(output).toMatch(new RegExp(`^test ${plural}::.* \\.\\.\\. ok$`, 'm'));
    },
    BUILD_MS,
  );
}

import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { legalCombinations } from '../../src/plan/legality.ts';
import { cargo } from '../support/cargo.ts';
import { answersFor, catalog, renderProject } from '../support/projects.ts';
import { provideStorage } from '../support/storage-of.ts';

const BUILD_MS = 20 * 60_000;

// Query data is the layer's and the database's: one framework is enough.
const [framework] = catalog.parts.framework.map((part) => part.id);
const shipping = legalCombinations(catalog)
  .filter((combination) => combination.framework === framework)
  .map((combination) => answersFor(combination))
  .filter((answers) => renderProject(answers).some((file) => file.path.startsWith('.sqlx/')));

const missing = spawnSync('cargo', ['sqlx', '--version']).status !== 0 && !process.env['CI'];
describe.skipIf(missing)(`the shipped query data${missing ? ' (needs cargo install sqlx-cli)' : ''}`, () => {
  for (const answers of shipping) defineQueryData(answers);
});

function defineQueryData(answers: Answers): void {
  provideStorage(`of ${answers.dbLayer} on ${answers.database}`, answers.database, (storage) => {
    let project = '';
    beforeAll(async () => {
      project = await mkdtemp(path.join(tmpdir(), 'create-api-queries-'));
      for (const file of renderProject(answers)) {
        await mkdir(path.dirname(path.join(project, file.path)), { recursive: true });
        await writeFile(path.join(project, file.path), file.text);
      }
    });
    afterAll(() => rm(project, { recursive: true, force: true }));

    test(
      'is what the layer itself writes',
      async () => {
        const env = await storage.storage();
        await cargo(['sqlx', 'database', 'setup'], project, env);
        await cargo(['sqlx', 'prepare', '--check'], project, env);
      },
      BUILD_MS,
    );
  });
}

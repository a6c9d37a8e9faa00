import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { currentResources } from '../../src/model/resource-history.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { describeWith } from '../harness/describe-with.ts';
import { createDatabase } from '../harness/server.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { changedResourcesFor } from '../support/build-resources.ts';
import { cargo } from '../support/cargo.ts';
import { answersFor, catalog, renderProject } from '../support/projects.ts';
import { oneInTurn } from '../support/sample.ts';
import { engineOf } from '../support/storage-of.ts';
import { describeWithTools } from '../support/tools.ts';

const BUILD_MS = 20 * 60_000;

// Query data depends on the layer and the database only: one framework is enough.
const [framework] = catalog.parts.framework.map((part) => part.id);
const shipping = supportedCombinations(catalog)
  .filter((combination) => combination.framework === framework)
  .map((combination) => answersFor(combination))
  .filter((answers) => renderProject(answers).some((file) => file.path.startsWith('.sqlx/')));

// With authentication there are more queries, but not other ones of resources.
const withResources = shipping
  .filter(({ auth }) => auth === 'none')
  .map((answers) => ({ ...answers, resources: changedResourcesFor(answers) }));

describeWithTools([{ name: 'cargo-sqlx', install: 'cargo install sqlx-cli' }], 'the shipped query data', () => {
  for (const answers of [...shipping, ...oneInTurn(withResources)]) defineQueryData(answers);
});

function defineQueryData(answers: Answers): void {
  const resources = currentResources(answers.resources).map(({ plural }) => plural);
  const title = `of ${answers.dbLayer} on ${answers.database} with auth ${[answers.auth, ...resources].join(' and ')}`;
  const engine = engineOf(answers.database);
  // Named as in .env.example: MySQL reports the database with each column, so the name is in the data.
  if (engine !== undefined) describeWith(engine, title, (server) => defineProof(() => createDatabase(server(), 'app')));
  else describe(title, () => defineProof(async (project) => `${answers.database}://${project}/app.db`));

  function defineProof(urlFor: (project: string) => Promise<string>): void {
    test(
      'is what the layer itself writes, and no more',
      async () => {
        const project = temporaryFolder('queries');
        for (const file of renderProject(answers)) {
          await mkdir(path.dirname(path.join(project, file.path)), { recursive: true });
          await writeFile(path.join(project, file.path), file.text);
        }
        const env = { DATABASE_URL: await urlFor(project) };
        await cargo(['sqlx', 'database', 'setup'], project, env);
        expect(await cargo(['sqlx', 'prepare', '--check'], project, env)).not.toContain('potentially unused queries');
      },
      BUILD_MS,
    );
  }
}

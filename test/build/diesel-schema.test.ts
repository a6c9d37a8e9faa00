import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { currentResources } from '../../src/model/resource-history.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { describeWith } from '../harness/describe-with.ts';
import { createDatabase } from '../harness/server.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { changedResourcesFor } from '../support/build-resources.ts';
import { groupBy } from '../support/group-by.ts';
import { answersFor, catalog, renderProject } from '../support/projects.ts';
import { engineOf } from '../support/storage-of.ts';
import { describeWithTools, runTool } from '../support/tools.ts';

const DIESEL = { name: 'diesel', install: 'cargo install diesel_cli' };
const SCHEMA = 'src/db/schema.rs';
const MIGRATIONS_MS = 60_000;

// The schema does not depend on the framework, but on resources, and on whether the sessions are in the database or in Redis.
const [framework] = catalog.parts.framework.map((part) => part.id);
const combinations = supportedCombinations(catalog).filter((combination) => combination.framework === framework);
const projects = combinations
  .flatMap((combination) => [[], ['redis']].map((features) => answersFor(combination, { features })))
  .flatMap((answers) => [answers, { ...answers, resources: changedResourcesFor(answers) }])
  .filter((answers) => renderProject(answers).some((file) => file.path === SCHEMA));

describeWithTools([DIESEL], "Diesel's schema", () => {
  for (const [database, sharing] of groupBy(projects, (answers) => `${answers.database}`)) {
    const engine = engineOf(database);
    if (engine === undefined) {
      describe(`on ${database}`, () => defineSchemas(sharing, async () => `${temporaryFolder('schema')}/app.db`));
    } else {
      describeWith(engine, `on ${database}`, (server) => {
        let created = 0;
        defineSchemas(sharing, () => createDatabase(server(), `schema_${created++}`));
      });
    }
  }
});

/** For each project, checks its schema against what Diesel's CLI reads from the migrated database that `urlFor` creates. */
function defineSchemas(projects: readonly Answers[], urlFor: () => Promise<string>): void {
  for (const answers of projects) {
    test(
      `with auth ${[answers.auth, ...answers.features, ...currentResources(answers.resources).map(({ plural }) => plural)].join(' and ')} is what \`diesel print-schema\` prints`,
      async () => {
        const project = temporaryFolder('diesel');
        for (const file of renderProject(answers)) {
          await mkdir(path.dirname(path.join(project, file.path)), { recursive: true });
          await writeFile(path.join(project, file.path), file.text);
        }
        const shipped = await readFile(path.join(project, SCHEMA), 'utf8');
        const diesel = async (...args: readonly string[]) => runTool(DIESEL, [...args, '--database-url', url], project);

        const url = await urlFor();
        // An edit that the migration must undo: `diesel.toml` says where the schema is.
        await writeFile(path.join(project, SCHEMA), '');
        await diesel('migration', 'run');
        expect(await readFile(path.join(project, SCHEMA), 'utf8')).toBe(shipped);
        expect(`${await diesel('print-schema')}\n`).toBe(shipped);
      },
      MIGRATIONS_MS,
    );
  }
}

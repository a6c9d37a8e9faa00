import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { accountsOf } from '../conformance/accounts.ts';
import type { Launcher } from '../conformance/target.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { renderProject } from './projects.ts';
import { describeWithTools, runTool } from './tools.ts';

const SEA_ORM = { name: 'sea-orm-cli', install: 'cargo install sea-orm-cli' };
const ENTITIES = /^src\/(?:db\/entity|models\/_entities)\//;
const COMMAND = new RegExp(`^${SEA_ORM.name} (generate entity .*)$`, 'm');

/**
 * Registers a test of SeaORM's entities, if the project has any: they are what its README's command writes from the database
 * that the service has migrated. Not on MySQL, where the README says why they differ.
 */
export function defineGeneratedEntities(answers: Answers, { storage, run }: Launcher): void {
  const files = renderProject(answers).filter((file) => ENTITIES.test(file.path));
  if (files.length === 0 || answers.database === 'mysql') return;

  describeWithTools([SEA_ORM], 'the entities', () => {
    test('are what SeaORM writes', async () => {
      const readme = renderProject(answers).find((file) => file.path === 'README.md')?.text ?? '';
      const args = COMMAND.exec(readme)?.[1]?.split(' ') ?? [];
      const env = { ...(await storage()), ...accountsOf(answers.auth).env };
      const { code, logs } = await run(['migrate'], env);
      expect(code, logs).toBe(0);

      const folder = temporaryFolder('entities');
      await runTool(SEA_ORM, [...args, '--database-url', env['DATABASE_URL'] ?? ''], folder);
      const written = args[args.indexOf('--output-dir') + 1] ?? '';
      const texts = (await readdir(path.join(folder, written))).map(async (name) => [
        `${written}/${name}`,
        await readFile(path.join(folder, written, name), 'utf8'),
      ]);
      const expected = Object.fromEntries(files.map(({ path, text }) => [path, text]));
      expect(Object.fromEntries(await Promise.all(texts))).toEqual(expected);
    });
  });
}

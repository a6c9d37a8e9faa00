import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadCreateOptions } from '../../src/commands/create/create-options.ts';
import { equivalentCommand, nextCommands } from '../../src/commands/create/next-steps.ts';
import { prepare } from '../../src/commands/create/prepare.ts';
import { readRequest } from '../../src/options/resolve.ts';
import { createOptions } from '../../src/options/schema.ts';
import { createdText } from '../../src/ui/created-text.ts';
import { createStyle } from '../../src/ui/style.ts';
import { fieldTables, optionsTable } from '../support/options-table.ts';
import { answersFor, BUILT_PACK, catalog, renderProject } from '../support/projects.ts';

const README = path.join(import.meta.dirname, '../../README.md');
const readme = await readFile(README, 'utf8');

/** What `npx create-api my-service --yes` prints in /home/ada where every step succeeds. */
async function exampleOutput(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(import.meta.dirname, '../../package.json'), 'utf8'));
  const options = loadCreateOptions(BUILT_PACK);
  const raw = { values: {}, switches: {}, operands: ['my-service'], problems: [] };
  const { request } = readRequest(raw, options.all, options.rules);
  const at = { cwd: '/home/ada', program: `npx create-api@${version}`, isWindows: false };
  const prepared = await prepare({ ...request, chosen: { name: 'my-service' } }, options, at.cwd);
  const steps = prepared.steps.map(({ step }) => ({ step, status: 'done' }) as const);
  return createdText(
    {
      name: 'my-service',
      path: prepared.target.path,
      origins: prepared.origins,
      files: { written: prepared.files.map((file) => file.path), skipped: [], overwritten: [] },
      kept: { differing: [], buildInputs: [], incompleteIgnores: [] },
      workspace: null,
      outside: [],
      leftOut: [],
      steps,
      next: nextCommands(prepared, { buildInputs: [] }, steps, null, at),
      equivalent: equivalentCommand(prepared, options, at),
      isWindows: at.isWindows,
    },
    { out: createStyle(false), columns: 100 },
  );
}

/** `vitest -u` rewrites all of them. */
test("the README's tables match the schema, and its example what create-api prints", async () => {
  const table = optionsTable(createOptions(catalog));
  const [fields, output] = [fieldTables(), await exampleOutput()];
  const expected = readme
    .replace(/(<!-- options -->\n)[\s\S]*(<!-- \/options -->)/, `$1${table}\n$2`)
    .replace(/(<!-- fields -->\n)[\s\S]*(<!-- \/fields -->)/, (_, start, end) => `${start}${fields}\n${end}`)
    .replace(/(\$ npx create-api my-service --yes\n)[\s\S]*?(\n\$ curl )/, `$1${output}$2`);
  for (const part of [table, fields, output]) expect(expected).toContain(part);
  await expect(expected).toMatchFileSnapshot(README);
});

test('the README says how to call every command from a clone, and names the middleware of every project', () => {
  expect(readme).toContain('node dist/cli.js doctor');
  const minimal = answersFor(
    { framework: 'axum', dbLayer: 'none', database: null, auth: 'none' },
    { middleware: [], features: [] },
  );
  const files = renderProject(minimal).flatMap(({ path }) => /^src\/middleware\/(?!mod\.rs)(.*)/.exec(path)?.[1] ?? []);
  const [line = ''] = /^src\/middleware\/.*$/m.exec(readme) ?? [];
  for (const file of files) expect(line).toContain(file);
});

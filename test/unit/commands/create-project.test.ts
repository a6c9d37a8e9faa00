import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Context } from '../../../src/commands/context.ts';
import { loadCreateOptions } from '../../../src/commands/create/create-options.ts';
import { createProject } from '../../../src/commands/create/create-project.ts';
import { type Prepared, prepare } from '../../../src/commands/create/prepare.ts';
import { readCommandLine } from '../../../src/commands/create/request.ts';
import { createTerminal, type Streams } from '../../../src/ui/terminal.ts';
import { ENVIRONMENT } from '../../cli/support/command.ts';
import { BUILT_PACK } from '../../support/projects.ts';
import { contentsOf, temporaryFolder } from '../project/temporary-folder.ts';

const WORKSPACE = '[workspace]\nmembers = []\n';

/** A run in a folder that is a workspace with the manifest `text`, up to where it would write. */
async function joining(text: string) {
  const cwd = temporaryFolder();
  const manifest = join(cwd, 'Cargo.toml');
  writeFileSync(manifest, text);
  const stream = { isTTY: false, write: () => true };
  const context: Context = {
    argv: ['orders', '--workspace', 'join', '--git', '--no-install'],
    cwd,
    env: ENVIRONMENT,
    isWindows: false,
    nodeVersion: '20.19.0',
    pack: BUILT_PACK,
    today: '2026-11-27',
    version: '0.0.0',
    program: 'create-api',
    terminal: createTerminal({ stdin: stream, stdout: stream, stderr: stream } as unknown as Streams, {}),
    signal: new AbortController().signal,
  };
  const { request, options } = await readCommandLine(context, loadCreateOptions(BUILT_PACK), null);
  const prepared = await prepare(request, options, cwd);
  const run = (change: Partial<Prepared> = {}) => createProject({ ...prepared, ...change }, options, context);
  return { cwd, manifest, prepared, run };
}

test('a workspace that can no longer be joined once the project is written fails like a step; the rest is done', async () => {
  const { cwd, manifest, prepared, run } = await joining(WORKSPACE);
  const [first, ...others] = prepared.files;
  if (first === undefined) throw new Error('a project without a file');
  const files = [
    {
      ...first,
      // The manifest changes while the project is written.
      get text() {
        writeFileSync(manifest, '[workspace]\nmembers = 1\n');
        return first.text;
      },
    },
    ...others,
  ];
  const result = await run({ files });
  expect(result).toMatchObject({
    exitCode: 1,
    problems: [
      {
        code: 'workspace-not-edited',
        message: expect.stringMatching(/Cargo\.toml.*; the files are kept$/),
        hint: 'add "orders" to workspace.members there',
      },
    ],
    json: { ok: false, exitCode: 1, steps: [{ step: 'git', status: 'done' }], problems: [{}] },
  });
  expect(result.text).not.toContain(`member of ${manifest}`);
  expect(existsSync(join(cwd, 'orders/.git'))).toBe(true);
  for (const { path, text } of prepared.files) expect(readFileSync(join(cwd, 'orders', path), 'utf8')).toBe(text);
});

test.each([
  ['has a form that is not edited', (_: string) => {}, 'workspace.members = ["a"]\n'],
  [
    'is a link',
    (manifest: string) => {
      rmSync(manifest);
      writeFileSync(`${manifest}.shared`, WORKSPACE);
      symlinkSync(`${manifest}.shared`, manifest);
    },
    WORKSPACE,
  ],
])('nothing is written if the manifest %s', async (_, change, text) => {
  const { cwd, manifest, run } = await joining(text);
  change(manifest);
  const before = contentsOf(cwd);
  await expect(run()).rejects.toMatchObject({ exitCode: 1, problems: [{ code: 'workspace-not-edited' }] });
  expect(contentsOf(cwd)).toEqual(before);
});

test('the report says that the project joined the workspace', async () => {
  const { manifest, run } = await joining(WORKSPACE);
  const result = await run();
  expect(result).toMatchObject({ exitCode: 0, json: { problems: [] } });
  expect(result.text.replace(/\s+/g, ' ')).toContain(`member of ${manifest}`);
  expect(readFileSync(manifest, 'utf8')).toBe('[workspace]\nmembers = ["orders"]\n');
});

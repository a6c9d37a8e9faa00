import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { LOCK_FILE } from '../../src/model/project-record.ts';
import { describeWithTools, runTool } from '../support/tools.ts';
import { CLI, create, ENVIRONMENT } from './support/command.ts';
import { git } from './support/earlier-release.ts';
import { edit, makeOlder } from './support/older-project.ts';
import { emptyFolder, folderOfFile } from './support/service-folder.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const WORKFLOW = join(DOCS, 'fleet/workflow.yml');
const { version } = JSON.parse(readFileSync(join(DOCS, '../package.json'), 'utf8'));

const rendered = join(folderOfFile(), 'orders');

beforeAll(async () => {
  expect(await create(['orders', '--yes', '--no-install'], { cwd: join(rendered, '..') })).toMatchObject({ code: 0 });
});

/** Runs a script as a step of a workflow, in which npx starts the create-api that is tested. */
function step(script: string, cwd: string, env: NodeJS.ProcessEnv) {
  const bin = join(emptyFolder(), 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'npx'),
    `#!/bin/sh\n[ "$1 $2" = "--yes create-api@${version}" ] || exit 99\nshift 2\nexec '${process.execPath}' '${CLI}' "$@"\n`,
    { mode: 0o755 },
  );
  writeFileSync(join(bin, 'gh'), '#!/bin/sh\n[ "$*" = "auth setup-git" ]\n', { mode: 0o755 });
  return spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
    cwd,
    env: { ...ENVIRONMENT, ...env, PATH: `${bin}${delimiter}${process.env['PATH']}` },
    encoding: 'utf8',
  });
}

const ACTIONLINT = { name: 'actionlint', install: 'go install github.com/rhysd/actionlint/cmd/actionlint@latest' };

describeWithTools([ACTIONLINT], 'the workflow', () => {
  test('is one that actionlint accepts', async () => {
    expect(await runTool(ACTIONLINT, ['-no-color', WORKFLOW], DOCS)).toBe('');
  });
});

describe.skipIf(process.platform === 'win32')('the recipes', { timeout: 120_000 }, () => {
  test('the workflow clones and checks each service in one part, and collects all of them', {
    timeout: 120_000,
  }, () => {
    const { jobs, env } = parse(readFileSync(WORKFLOW, 'utf8'));
    expect(env.CREATE_API).toBe(`create-api@${version}`);
    const scripts = (job: { steps: { run?: string }[] }) => job.steps.flatMap(({ run }) => run ?? []);
    const remotes = emptyFolder();
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    for (const name of names.slice(0, -1)) {
      cpSync(rendered, join(remotes, name), { recursive: true });
      if (name !== 'two') continue;
      edit(join(remotes, name), 'clippy.toml', (text) => `${text}\n# Ours.\n`);
      git(join(remotes, name), 'commit', '--quiet', '--all', '--message', 'Ours');
    }
    const reports = emptyFolder();
    const parts: number[] = jobs.check.strategy.matrix.part;
    for (const part of parts) {
      const cwd = emptyFolder();
      writeFileSync(join(cwd, 'services.txt'), `# Ours\n\n  # Theirs\n${names.join(' \r\n  ')}\none\n`);
      const values = { ...env, SERVICES: `file://${remotes}`, PART: `${part}`, PARTS: `${parts.length}` };
      const ended = scripts(jobs.check).map((script) => step(script, cwd, values).status);
      // The second part has a service that drifted, and one that cannot be cloned.
      expect(ended).toEqual([0, part === 2 ? 2 : 0]);
      cpSync(join(cwd, `report-${part}.json`), join(reports, `report-${part}.json`));
    }
    const [collect = ''] = scripts(jobs.report);
    expect(step(collect, reports, env).status).toBe(2);
    const page = readFileSync(join(reports, 'fleet.html'), 'utf8');
    expect(
      [...page.matchAll(/<td>(\w+)<\/td><td class="\w+">([^<]*)/g)].map(([, ...cells]) => cells.join(': ')),
    ).toEqual([
      ...['one: ok', 'two: drift: 1 finding', 'three: ok', 'four: ok', 'five: ok', 'six: ok', 'seven: not usable'],
    ]);
  });

  test('Renovate finds the version in a lock, also below the root, and its command updates the service', () => {
    const config = JSON.parse(readFileSync(join(DOCS, 'fleet/renovate.json'), 'utf8'));
    const [manager] = config.customManagers;
    const [rule] = config.packageRules;
    expect(manager).toMatchObject({ customType: 'regex', depNameTemplate: 'create-api', datasourceTemplate: 'npm' });
    const isManaged = new RegExp(manager.managerFilePatterns[0].slice(1, -1));
    for (const path of [LOCK_FILE, `services/mail/${LOCK_FILE}`]) expect(path).toMatch(isManaged);
    expect('x.create-api/lock.json').not.toMatch(isManaged);

    const repository = emptyFolder();
    cpSync(rendered, join(repository, 'mail'), { recursive: true, filter: (path) => !/\.git$/.test(path) });
    const cwd = join(repository, 'mail');
    makeOlder(cwd);
    edit(cwd, LOCK_FILE, (text) => text.replace(`"createApi": "${version}"`, '"createApi": "0.1.9"'));
    git(repository, 'init', '--quiet');
    git(repository, 'add', '--all');
    git(repository, 'commit', '--quiet', '--message', 'Created');
    const pattern = new RegExp(manager.matchStrings[0], 'g');
    const matches = [...readFileSync(join(cwd, LOCK_FILE), 'utf8').matchAll(pattern)];
    expect(matches.map(({ groups }) => groups?.['currentValue'])).toEqual(['0.1.9']);
    // Renovate replaces the version, and then runs the command.
    edit(cwd, LOCK_FILE, (text) => text.replace('0.1.9', version));
    const { commands, workingDirTemplate } = rule.postUpgradeTasks;
    expect(workingDirTemplate).toBe('{{{packageFileDir}}}');
    const command = commands[0].replace('{{{newVersion}}}', version);
    const allowed = /"allowedCommands": \["(.*)"\]/.exec(readFileSync(join(DOCS, 'fleet.md'), 'utf8'))?.[1] ?? '';
    expect(command).toMatch(new RegExp(JSON.parse(`"${allowed}"`)));
    expect(step(command, join(cwd, '.create-api'), {})).toMatchObject({ status: 0 });
    const check = execFileSync(process.execPath, [CLI, 'check', '--json'], { cwd, env: ENVIRONMENT, encoding: 'utf8' });
    expect(JSON.parse(check)).toMatchObject({ ok: true });
  });
});

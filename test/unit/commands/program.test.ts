import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { programName } from '../../../src/commands/program.ts';
import { temporaryFolder } from '../project/temporary-folder.ts';

const launch = { cwd: '/work', env: {}, isWindows: false, version: '1.2.3' };

test.each([
  ['a clone, from its folder', '/work/dist/cli.js', 'node dist/cli.js'],
  ['a clone elsewhere', '/src/create-api/dist/cli.js', 'node /src/create-api/dist/cli.js'],
  ['a clone with a space in its path', '/my src/create-api/dist/cli.js', "node '/my src/create-api/dist/cli.js'"],
  ['a global installation', '/usr/local/bin/create-api', 'create-api'],
  ['a global installation on Windows', 'C:\\npm\\node_modules\\create-api\\dist\\cli.js', 'create-api'],
  ['a dependency', '/work/node_modules/.bin/create-api', 'npx create-api'],
])('%s', (_, script, program) => {
  expect(programName({ ...launch, script })).toBe(program);
});

describe('through npx', () => {
  const cacheOf = (spec: string) => {
    const folder = join(temporaryFolder(), '_npx/0a1b');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { 'create-api': spec } }));
    return folder;
  };
  const run = (folder: string, env: NodeJS.ProcessEnv = {}) =>
    programName({ ...launch, env, script: join(folder, 'node_modules/.bin/create-api') });

  test('from the registry it is this version', () => {
    expect(run(cacheOf('^1.2.0'))).toBe('npx create-api@1.2.3');
    expect(run(cacheOf('^1.2.0'), { npm_command: 'init' })).toBe('npm create api@1.2.3 --');
  });

  test('from a file it is that file, wherever the next command is typed', () => {
    const folder = cacheOf('file:../../create-api-1.2.3.tgz');
    expect(run(folder)).toBe(`npx file:${join(folder, '../../create-api-1.2.3.tgz')}`);
  });

  test('from a repository it is that repository', () => {
    expect(run(cacheOf('github:acme/create-api#v1'))).toBe("npx 'github:acme/create-api#v1'");
  });

  test('without the package.json of npx it is this version', () => {
    expect(run(join(temporaryFolder(), '_npx/0a1b'))).toBe('npx create-api@1.2.3');
  });
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../../src/commands/command-names.ts';
import { bashScript } from '../../../src/commands/completion/bash.ts';
import { packIdsCommand } from '../../../src/commands/completion/completable.ts';
import { fishScript } from '../../../src/commands/completion/fish.ts';
import { zshScript } from '../../../src/commands/completion/zsh.ts';
import { COMMANDS, optionsOf } from '../../../src/commands/registry.ts';
import { PACKS_FILE } from '../../../src/model/project-record.ts';
import { catalog } from '../fixtures/catalog.ts';
import { options } from '../fixtures/rules.ts';

const completable = {
  program: 'npx create-api',
  options,
  packIds: packIdsCommand(['extras', 'more']),
  commands: COMMAND_NAMES.map((name) => ({ name, ...COMMANDS[name], options: optionsOf(name, () => catalog) })),
};

/** What shells complete as folders and files is here, and nothing else: what the root of a machine holds is not known. */
const cwd = mkdtempSync(join(tmpdir(), 'completion-'));
mkdirSync(join(cwd, 'etc'));
mkdirSync(join(cwd, '.create-api'));
const recorded = (path: string) =>
  `{"pack":"acme","path":"${path}","executable":false,"text":"\\"path\\":\\"more/no/part.json"}`;
const FILES = ['base/part.json', 'extras/about/part.json', 'extras/about/kite/part.json', 'more/audit/part.json'];
writeFileSync(join(cwd, PACKS_FILE), FILES.map(recorded).join('\n'));
writeFileSync(join(cwd, 'services.txt'), '');
afterAll(() => rmSync(cwd, { recursive: true }));

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

/** A command line as bash passes it to a completion: split at spaces and "=". */
function bash(line: string): readonly string[] {
  const words = line.split(/ |(=)/).filter((word) => word !== undefined);
  const script = `${bashScript(completable)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
compopt() { :; }
_create_api
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8', cwd });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe.runIf(has('bash'))('bash', () => {
  test.each([
    ['create-api svc --framework ', ['kite', 'wren']],
    ['create-api svc --framework=w', ['wren']],
    ['create-api svc --middleware tr', ['trace']],
    ['create-api svc --middleware trace,me', ['trace,meter']],
    ['create-api svc --middleware default,+me', ['default,+meter']],
    ['create-api svc --middleware -tr', ['-trace']],
    ['create-api svc --on-conflict s', ['skip']],
    ['create-api svc --res', ['--resource']],
    ['create-api svc --resource ', ['']],
    ['create-api svc --dry', ['--dry-run']],
    ['create-api svc --no-g', ['--no-git']],
    ['create-api doc', ['doctor']],
    ['create-api completion f', ['fish']],
    ['create-api pack ch', ['check']],
    ['create-api pack check et', ['etc']],
    ['create-api fleet up', ['update']],
    ['create-api fleet check serv', ['services.txt']],
    ['create-api fleet check services.txt et', ['etc']],
    ['create-api fleet update --fr', ['--from']],
    ['create-api list --c', ['--combinations']],
    ['create-api list --framework', ['']],
    ['create-api adopt --rel', ['--release']],
    ['create-api adopt --framework w', ['wren']],
    ['create-api adopt --release ', ['']],
    ['create-api et', ['etc']],
    // Of the packs of the project in this folder.
    ['create-api add a', ['about', 'audit']],
    ['create-api remove ab', ['about']],
  ])('%s', (line, completions) => {
    expect(bash(line)).toEqual(completions);
  });
});

/** What fish offers for the last word of a line, without the descriptions. */
function fish(line: string): readonly string[] {
  const script = `${fishScript(completable)}\ncomplete -C '${line}'`;
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', cwd });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((offered) => offered.split('\t')[0] ?? '');
}

describe.runIf(has('fish'))('fish', () => {
  test.each([
    ['create-api svc --framework ', ['kite', 'wren']],
    ['create-api svc --middleware trace,me', ['trace,meter']],
    ['create-api svc --middleware default,+me', ['default,+meter']],
    ['create-api svc --on-conflict s', ['skip']],
    ['create-api svc --dry', ['--dry-run']],
    ['create-api completion f', ['fish']],
    ['create-api fleet check serv', ['services.txt']],
    ['create-api fleet update --fr', ['--from']],
    ['create-api list --c', ['--combinations']],
    ['create-api adopt --rel', ['--release']],
    ['create-api adopt --framework w', ['wren']],
    ['create-api add a', ['about', 'audit']],
    ['create-api remove ab', ['about']],
  ])('%s', (line, completions) => {
    expect(fish(line)).toEqual(completions);
  });
});

describe.runIf(has('zsh'))('zsh', () => {
  test('is a script that zsh accepts', () => {
    const script = `autoload -U compinit; compinit -D -u\n${zshScript(completable)}\nwhence -w _create_api`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe('_create_api: function');
  });

  test('finds the ids of packs', () => {
    // Words are completed in a terminal only; the arguments are what they are chosen from.
    const script = `compdef() { }
${zshScript(completable)}
_arguments() { print -rl -- "$@" }
words=(create-api add a); CURRENT=3; _create_api`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8', cwd });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^2:word:\([^)]*\babout\naudit\)$/m);
  });
});

test.each([
  ['bash', bashScript(completable)],
  ['zsh', zshScript(completable)],
  ['fish', fishScript(completable)],
])('%s knows every option and id', (_, script) => {
  const words = options.flatMap((option) => [
    option.flag.slice(2),
    ...(option.kind === 'choice' || option.kind === 'list' ? option.choices.map((choice) => choice.id) : []),
  ]);
  expect(words.filter((word) => !script.includes(word))).toEqual([]);
});

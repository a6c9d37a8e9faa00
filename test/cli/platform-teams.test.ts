import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type PublishedPackage, startRegistry } from '../support/registry.ts';
import { CLI, ENVIRONMENT, finish } from './support/command.ts';
import { emptyFolder } from './support/service-folder.ts';

const text = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');
const GUIDE = text(import.meta.dirname, '../../docs/platform-teams.md');

/** The folder in which the guide is followed, as its outputs have it. */
const SHOWN = '/home/ada/acme';

/** Comes before npm in PATH: what is published goes to a folder, from where the registry of the test has it. */
const NPM = `#!/bin/sh
PATH=\${PATH#*:}
[ "$1" = publish ] && exec npm pack --silent --pack-destination "$PUBLISHED" >/dev/null
exec npm "$@"
`;

/** Runs the built command, which downloads no crates. */
const CREATE_API = `#!/bin/sh
case "$1 $2" in
  check*|list*|preset*|pack*|"fleet check") exec node '${CLI}' "$@" ;;
  *) exec node '${CLI}' "$@" --no-install ;;
esac
`;

/** A block of the guide. */
interface Block {
  /** `sh` has commands, and `console` commands with what they print; others are files or examples. */
  readonly language: string;
  readonly text: string;
  /** What the paragraph above says to write; `null` if nothing. */
  readonly path: string | null;
}

function blocksOf(guide: string): readonly Block[] {
  // Prose and blocks in turn.
  const [first = '', ...others] = guide.split(/^```(\w+)\n(.*?)^```$/ms);
  let above = first;
  const blocks: Block[] = [];
  for (let index = 0; index + 2 < others.length; index += 3) {
    const [language = '', text = '', below = ''] = others.slice(index, index + 3);
    const path = /.*\bWrite\s+`([^`]+)`[^`]*$/s.exec(above)?.[1] ?? null;
    blocks.push({ language, text, path });
    above = below;
  }
  return blocks;
}

/** The commands of a session, each with what it prints. */
function sessionOf(text: string): readonly { readonly command: string; readonly output: string }[] {
  const commands = text.split(/^\$ /m).slice(1);
  return commands.map((each) => {
    const [command = '', ...output] = each.split('\n');
    return { command, output: output.join('\n') };
  });
}

const words = (text: string) => text.replace(/\s+/g, ' ').trim();

const blocks = blocksOf(GUIDE);

test('the files in the guide for platform teams are what editors and CI accept', () => {
  const files = blocks.filter(({ path, language }) => path !== null && language === 'json');
  const described = files.map(({ text }) => JSON.parse(text)).filter((json) => '$schema' in json);
  expect(described.length).toBeGreaterThanOrEqual(4);
  for (const json of described) {
    const schema = text(import.meta.dirname, '../../schemas', basename(json.$schema));
    const accepts = new Ajv2020({ strict: false }).compile(JSON.parse(schema));
    expect(accepts(json), JSON.stringify(accepts.errors)).toBe(true);
  }
  const workflows = blocks.filter(({ language }) => language === 'yaml');
  expect(workflows.map((each) => Object.keys(parse(each.text)))).toContainEqual(['name', 'on', 'permissions', 'jobs']);
});

test('the guide for platform teams works to the letter', { timeout: 1_200_000 }, async () => {
  const home = emptyFolder();
  const [bin, published, cwd] = [join(home, 'bin'), join(home, 'published'), join(home, 'acme')];
  for (const folder of [bin, published, cwd]) mkdirSync(folder);
  writeFileSync(join(bin, 'npm'), NPM, { mode: 0o755 });
  writeFileSync(join(bin, 'create-api'), CREATE_API, { mode: 0o755 });
  const packages: PublishedPackage[] = [];
  const env = { ...ENVIRONMENT, ...(await startRegistry(packages, join(home, 'cache'))) };
  const ofGuide = { ...env, PATH: `${bin}:${env['PATH']}`, PUBLISHED: published };
  const state = join(home, 'state');
  writeFileSync(state, cwd);

  /** Runs commands where the previous ones ended; what they print on both streams is in `stdout`. */
  const shell = async (commands: string, status = 0) => {
    const script = `exec 2>&1; cd "$(cat '${state}')"; trap 'pwd > ${state}' EXIT; (exit ${status})\n${commands}`;
    const ended = await finish(spawn('bash', ['-c', script], { cwd, env: ofGuide, stdio: ['ignore', 'pipe', 'pipe'] }));
    const tarballs = readdirSync(published).map((name) => {
      const version = /-([\d.]+)\.tgz$/.exec(name)?.[1] ?? '';
      return { name: '@acme/standard', version, tarball: readFileSync(join(published, name)) };
    });
    packages.splice(0, packages.length, ...tarballs);
    return ended;
  };

  expect(blocks.filter(({ path }) => path !== null).length).toBeGreaterThanOrEqual(6);
  for (const { language, text, path } of blocks) {
    if (path !== null) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    } else if (language === 'sh') {
      for (const line of text.trim().split('\n')) {
        const { code, stdout } = await shell(line);
        expect(code, `${line}\n${stdout}`).toBe(0);
      }
    } else if (language === 'console') {
      let status = 0;
      for (const { command, output } of sessionOf(text)) {
        const { code, stdout } = await shell(command, status);
        status = code ?? 0;
        const shown = stdout.replaceAll(cwd, SHOWN).replaceAll(`node ${CLI}`, 'create-api');
        expect(words(shown), command).toBe(words(output));
      }
    }
  }
});

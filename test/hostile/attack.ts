import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { BUILT_PACK } from '../support/projects.ts';
import { temporaryFolder } from '../unit/project/temporary-folder.ts';

/** Text, bytes or JSON by path. */
export type Files = Readonly<Record<string, string | Uint8Array | object>>;

/** What somebody hostile wrote, what a person does with it, and what has to come of it. */
export interface Attack {
  /** Below the folder of the corpus; `{outside}` is a folder that nobody may touch or read. */
  readonly files?: Files;
  readonly link?: readonly [from: string, to: string];
  /** A named pipe, at which a reader would wait for ever. */
  readonly pipe?: string;
  /** One of the files, which was written long ago. */
  readonly old?: string;
  /** Instead of the words of the corpus. */
  readonly argv?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** The exit code and a part of the message, after which everything is as before; if absent, the command succeeds. */
  readonly refused?: readonly [exitCode: number, message: string];
  /** What a file of the project has to contain. */
  readonly contains?: readonly [path: string, text: string];
}

/** Attacks of one kind. All folders are below a home that is made for each attack. */
export interface Corpus {
  /** What is hostile, in the plural. */
  readonly title: string;
  /** Where the files of an attack are. */
  readonly folder: string;
  /** What a person types in `work`. */
  readonly argv: readonly string[];
  readonly attacks: Readonly<Record<string, Attack>>;
  /** Makes what is there before the attack; returns the files of an attack. */
  readonly prepare?: (home: string, attack: Attack) => Promise<Files>;
}

/** Where the project of every attack is. */
export const PROJECT = 'work/orders';

const SECRET = 'a secret of this machine';
/** Milliseconds; on a busy machine. A loop or an expression without limits takes hours. */
const LONGEST = 300_000;

const counts = new Map<string, number>();
let escapes = 0;

/** Counts an attack of a kind, and what escaped, for the report at the end. */
export function count(title: string, escaped: number): void {
  counts.set(title, (counts.get(title) ?? 0) + 1);
  escapes += escaped;
}

/** Prints the number of attacks of each kind, and of everything that escaped. */
export function reportAtTheEnd(): void {
  afterAll(() => {
    const kinds = [...counts].map(([title, attacks]) => `${attacks} ${title}`).join(', ');
    console.info(`${[...counts.values()].reduce((sum, each) => sum + each, 0)} attacks (${kinds}), ${escapes} escapes`);
  });
}

/** Declares a test for each attack of a corpus. */
export function testCorpus(corpus: Corpus): void {
  describe(`hostile ${corpus.title}:`, () => {
    test.each(Object.entries(corpus.attacks))('%s', { timeout: LONGEST }, async (_, attack) => {
      const { exitCode, output, escaped, changed, project } = await outcomeOf(corpus, attack);
      count(corpus.title, escaped.length);
      expect(escaped).toEqual([]);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      // What a terminal would obey, and what would show a text in another order than it is.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those must not reach a terminal
      expect(output).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      if (attack.refused === undefined) {
        expect(exitCode, output).toBe(0);
        const [path = 'Cargo.toml', text = 'name = "orders"'] = attack.contains ?? [];
        expect(readFileSync(join(project, path), 'utf8')).toContain(text);
        return;
      }
      const [code, message] = attack.refused;
      expect(words(output)).toContain(words(message));
      expect(exitCode, output).toBe(code);
      expect(changed).toEqual([]);
    });
  });
}

/** What came of an attack. */
interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  /** What was written outside of the project, or has the secret. */
  readonly escaped: readonly string[];
  /** Everything that was written, wherever it is. */
  readonly changed: readonly string[];
  readonly project: string;
}

/** Runs the command of an attack, in a home of its own. */
export async function outcomeOf(corpus: Omit<Corpus, 'attacks'>, attack: Attack): Promise<Outcome> {
  const home = temporaryFolder();
  for (const folder of ['temporary', 'work']) mkdirSync(join(home, folder));
  write(join(home, 'outside'), {
    secret: SECRET,
    'part.json': { vars: { secret: SECRET } },
    'bin/tool': '#!/bin/sh\n',
  });
  const files = (await corpus.prepare?.(home, attack)) ?? attack.files;
  place(join(home, corpus.folder), join(home, 'outside'), { ...attack, ...(files && { files }) });
  const before = entriesOf(home);
  const { exitCode, output } = await run(attack.argv ?? corpus.argv, home, attack.env);
  const now = entriesOf(home);
  const changed = differences(before, now);
  const isInProject = (path: string) => path === PROJECT || path.startsWith(`${PROJECT}/`);
  const written = [...now.keys()].filter((path) => isInProject(path) && lstatSync(join(home, path)).isFile());
  const leaked = written.filter((path) => readFileSync(join(home, path)).includes(SECRET));
  const escaped = [
    ...changed.filter((path) => !isInProject(path)),
    ...leaked,
    ...(output.includes(SECRET) ? ['output'] : []),
  ];
  return { exitCode, output, escaped, changed, project: join(home, PROJECT) };
}

/** Text without the places where lines break. */
const words = (text: string) => text.replace(/\s+/g, ' ');

function place(folder: string, outside: string, { files = {}, link, pipe, old }: Attack): void {
  const placed = (text: string) => text.replaceAll('{outside}', outside);
  write(folder, files, placed);
  if (link) symlinkSync(placed(link[1]), made(join(folder, link[0])));
  if (pipe) execFileSync('mkfifo', [made(join(folder, pipe))]);
  if (old) utimesSync(join(folder, old), 0, 0);
}

/** Writes text, bytes and JSON below a folder. */
export function write(folder: string, files: Files, change = (text: string) => text): void {
  for (const [path, content] of Object.entries(files)) {
    const bytes =
      content instanceof Uint8Array ? content : change(typeof content === 'string' ? content : JSON.stringify(content));
    writeFileSync(made(join(folder, path)), bytes);
  }
}

/** The path, whose folder exists then. */
export function made(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** Runs a command line in `work`, with the temporary folder of the home, and without a terminal. */
export async function run(argv: readonly string[], home: string, env: NodeJS.ProcessEnv = {}) {
  vi.stubEnv('TMPDIR', join(home, 'temporary'));
  onTestFinished(() => void vi.unstubAllEnvs());
  let output = '';
  const stream = () =>
    new PassThrough().on('data', (chunk) => {
      output += chunk;
    }) as unknown as NodeJS.WriteStream;
  const exitCode = await main({
    argv,
    cwd: join(home, argv.includes('--yes') ? 'work' : PROJECT),
    env: { ...process.env, HOME: join(home, 'user'), ...env },
    isWindows: false,
    nodeVersion: process.versions.node,
    pack: BUILT_PACK,
    today: '2026-11-27',
    version: '1.0.0',
    script: '/usr/local/bin/create-api',
    streams: {
      stdin: new PassThrough() as unknown as NodeJS.ReadStream,
      stdout: stream(),
      stderr: stream(),
    },
    signal: new AbortController().signal,
  });
  return { exitCode, output };
}

/** Everything below a folder by its path, with what would tell that somebody wrote to it; no link is followed. */
function entriesOf(root: string, folder = ''): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(join(root, folder)).flatMap((name): readonly (readonly [string, string])[] => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const entry = lstatSync(join(root, path));
      if (entry.isDirectory()) return [[path, `${entry.mode}`], ...entriesOf(root, path)];
      const content = entry.isFile() ? hashOf(readFileSync(join(root, path))) : readlinkOf(join(root, path));
      return [[path, `${entry.mode} ${entry.mtimeMs} ${content}`]];
    }),
  );
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const readlinkOf = (path: string) => (lstatSync(path).isSymbolicLink() ? readlinkSync(path) : '');

/** The paths of what is different, new or gone. */
function differences(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter((path) => before.get(path) !== now.get(path)).sort();
}

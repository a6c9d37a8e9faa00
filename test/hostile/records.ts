import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { BASE_FILE, LOCK_FILE, PACKS_FILE } from '../../src/model/project-record.ts';
import { type Attack, type Corpus, PROJECT, run } from './attack.ts';

const PENDING = '.create-api/pending/record.json';
const STAGE = '.create-api-writing';
/** A process of another machine, which is gone if it has not written for two minutes. */
const OWNER = `${STAGE}/owner.1.elsewhere`;

/** A lock, or the first line of a base, with other keys. */
interface Changed extends Attack {
  readonly lock?: object;
  readonly answers?: object;
  readonly line?: object;
  /** Texts of the lock that are replaced. */
  readonly replaced?: readonly [from: string, to: string];
}

const HASH = `sha256-${'A'.repeat(43)}=`;
const pack = (source: string, more: object = {}) => ({
  lock: { packs: [{ name: 'acme', source, integrity: HASH, ...more }] },
});
/** A line of the files of packs. */
const packFile = (more: object) => ({
  files: { [PACKS_FILE]: JSON.stringify({ pack: 'acme', path: 'pack.json', executable: false, text: '{}', ...more }) },
});
const text = (path: string, content: string | Uint8Array) => ({ files: { [path]: content } });
const UPDATE = ['update', '--allow-dirty', '--no-install'];
/** What a command that was killed while it wrote these files would have left. */
const interrupted = (...paths: readonly string[]) => ({
  files: {
    [`${STAGE}/journal.json`]: {
      files: paths.map((path) => ({ path, before: `file:${'0'.repeat(64)}`, after: `file:${'1'.repeat(64)}` })),
      folders: [],
    },
    ...Object.fromEntries(paths.map((_, index) => [`${STAGE}/old/${index}`, 'hostile'])),
    [OWNER]: '',
  },
  old: OWNER,
  argv: UPDATE,
});
/** What a command that had conflicts would have left, for `continue` or `abort`. */
const pending = (argv: readonly string[], ...paths: readonly string[]) => {
  const state = (path: string) =>
    path.startsWith('link:')
      ? { mode: 'link', base64: Buffer.from('../../outside').toString('base64') }
      : { mode: 'file', base64: Buffer.from('hostile').toString('base64') };
  const named = paths.map((path) => ({ path: path.replace(/^link:/, ''), state: state(path) }));
  return {
    files: {
      [PENDING]: {
        formatVersion: 1,
        command: 'update',
        files: named.map((each) => ({ path: each.path, written: 'absent', before: each.state })),
        next: named.map((each) => ({ path: each.path, before: null, after: each.state })),
      },
    },
    argv,
  };
};

const ATTACKS: Readonly<Record<string, Changed>> = {
  // Files of the record.
  'a lock that is a named pipe': { pipe: LOCK_FILE, refused: [5, 'it is not a file'] },
  'a lock that is a link': { link: [LOCK_FILE, '{outside}/secret'], refused: [5, 'it is a link'] },
  'a lock that is a link to a device without end': { link: [LOCK_FILE, '/dev/zero'], refused: [5, 'it is a link'] },
  'a lock that is a folder': { files: { [`${LOCK_FILE}/x`]: 'x' }, refused: [5, 'it is not a file'] },
  'a lock of two megabytes': { ...text(LOCK_FILE, `{${' '.repeat(2_000_000)}}`), refused: [5, 'it has 2000002 bytes'] },
  'a lock of lists in lists': { ...text(LOCK_FILE, '['.repeat(100_000)), refused: [5, 'nested deeper'] },
  'a lock with a prototype': {
    replaced: ['{', '{"__proto__":{"polluted":"yes"},'],
    refused: [5, '__proto__ cannot be a key'],
  },
  'a lock with a key twice': { replaced: ['{', '{"formatVersion":1,'], refused: [5, 'stands twice'] },
  'a lock of a newer version, which is a command': {
    lock: { formatVersion: 9, createApi: '9.9.9; touch {outside}/x' },
    refused: [2, 'npx create-api@latest'],
  },
  'a base that is a named pipe': { pipe: BASE_FILE, refused: [5, 'it is not a file'] },
  'a base that is a link': { link: [BASE_FILE, '{outside}/secret'], refused: [5, 'it is a link'] },
  'a base of thirty megabytes': { ...text(BASE_FILE, '\n'.repeat(30_000_000)), refused: [5, 'bytes'] },

  // Paths.
  'a base with a file outside': { line: { path: '../../outside/secret' }, refused: [5, 'is not a line'] },
  'a base with a file anywhere': { line: { path: '/etc/passwd' }, refused: [5, 'is not a line'] },
  'a base with a hook of git': { line: { path: '.git/hooks/post-checkout' }, refused: [5, 'is not a line'] },
  'a base with a device': { line: { path: 'src/con.rs' }, refused: [5, 'is not a line'] },
  'a base with its own lock': { line: { path: LOCK_FILE }, refused: [5, 'is not a line'] },
  'a base with a text that was not rendered': { line: { text: 'x' }, refused: [5, 'is not what was rendered'] },
  'a deleted file outside': { lock: { deleted: ['../../outside/secret'] }, refused: [5, 'deleted[0]'] },
  'a place outside': {
    lock: { placement: { workspace: 'join', inWorkspace: '', inRepository: '../../outside' } },
    refused: [5, 'placement.inRepository'],
  },

  // Answers.
  'a name that is a path': { answers: { name: '../../outside' }, argv: UPDATE, refused: [5, 'name'] },
  'a name with a line of TOML': { answers: { name: 'x"\n[patch.crates-io]' }, argv: UPDATE, refused: [5, 'name'] },
  'a description with a line of TOML': {
    answers: { description: 'x"\n[patch.crates-io]\nx = "1' },
    argv: UPDATE,
    refused: [5, 'description'],
  },
  'a description that clears the screen': {
    answers: { description: 'x\u001b[2J' },
    argv: UPDATE,
    refused: [5, 'description'],
  },
  'a choice that every object has': { answers: { framework: 'constructor' }, refused: [5, 'constructor'] },
  'a choice that clears the screen': { answers: { framework: '\u001b[2J' }, refused: [5, 'framework'] },
  'a resource with SQL': { answers: { resources: ["x'); drop table users; -- name:text"] }, refused: [5, "x')"] },
  'an option that does not exist': { answers: { cloud: 'x' }, refused: [5, 'answers.cloud is not known'] },

  // Presets, policies and packs.
  'a preset over two lines': {
    lock: { presets: [{ source: 'x\n\u001b[2J', integrity: HASH }] },
    refused: [5, 'presets[0].source'],
  },
  'a policy of something else': {
    lock: { policies: [{ source: 'x', policy: { lok: 1 } }] },
    refused: [5, 'policies[0].policy'],
  },
  'a reason that clears the screen': {
    lock: { policies: [{ source: 'x', policy: { deny: { framework: { axum: 'x\u001b[2J' } } } }] },
    refused: [5, 'deny.framework.axum'],
  },
  // No source is read because a lock has it.
  'a pack that is a program': { ...pack(`git+ext::sh -c touch% x#${'a'.repeat(40)}`), refused: [5, 'it is missing'] },
  'a pack that is a flag of git': {
    ...pack(`git+https://--upload-pack=touch/x#${'a'.repeat(40)}`),
    refused: [5, 'it is missing'],
  },
  'a pack that is a flag of npm': {
    ...pack('npm:--registry=https://evil.example@1.0.0'),
    refused: [5, 'it is missing'],
  },
  'a pack on another machine': { ...pack('\\\\evil.example\\share'), refused: [5, 'it is missing'] },
  'a pack that makes others call a host': {
    ...pack('git+https://evil.example/pack.git#0123456789012345678901234567890123456789'),
    argv: UPDATE,
    refused: [5, 'it is missing'],
  },
  'a pack with the name of another file': { ...pack('../pack', { name: '../x' }), refused: [5, 'packs[0].name'] },
  'a pack that is not what it was': { ...pack('../pack'), ...packFile({}), refused: [5, 'is not that of'] },
  'a pack with a file outside': {
    ...pack('../pack'),
    ...packFile({ path: '../../outside/secret' }),
    refused: [5, ':1 is not a line'],
  },
  'a pack with a hook of git': {
    ...pack('../pack'),
    ...packFile({ path: 'base/files/.git/hooks/post-checkout' }),
    refused: [5, ':1 is not a line'],
  },
  'a pack of a prototype': { ...pack('../pack'), ...packFile({ pack: '__proto__' }), refused: [5, ':1 is not a line'] },
  'a pack that clears the screen': {
    ...pack('../pack'),
    ...packFile({ path: 'base/\u001b[2J' }),
    refused: [5, ':1 is not a line'],
  },
  'packs that are a link': { ...pack('../pack'), link: [PACKS_FILE, '{outside}/secret'], refused: [5, 'it is a link'] },
  'packs that are a named pipe': { ...pack('../pack'), pipe: PACKS_FILE, refused: [5, 'it is not a file'] },
  'packs without end': { ...pack('../pack'), link: [PACKS_FILE, '/dev/zero'], refused: [5, 'it is a link'] },

  // What a command that was interrupted would have left.
  'a journal with a file outside': {
    ...interrupted('../../outside/secret'),
    refused: [5, 'was not left by an interrupted'],
  },
  'a journal with a hook of git': {
    ...interrupted('.git/hooks/post-checkout'),
    refused: [5, 'was not left by an interrupted'],
  },
  'a journal with a file below a link': {
    ...interrupted('docs/x'),
    link: ['docs', '{outside}'],
    refused: [5, 'docs is a link'],
  },
  'a stage that is a link': {
    link: [STAGE, '{outside}'],
    argv: UPDATE,
    refused: [3, 'which no create-api has left like that'],
  },
  'a change of a file outside, continued': {
    ...pending(['continue'], '../../outside/secret'),
    refused: [5, 'was not written by this version of create-api'],
  },
  'a change of a file outside, aborted': {
    ...pending(['abort'], '../../outside/secret'),
    refused: [5, 'was not written by this version of create-api'],
  },
  'a change of the repository, aborted': {
    ...pending(['abort'], '.git/config'),
    refused: [5, 'was not written by this version of create-api'],
  },
  'a link and a file below it, aborted': {
    ...pending(['abort'], 'link:docs', 'docs/secret'),
    refused: [5, 'was not written by this version of create-api'],
  },
  'a link and a file below it, continued': {
    ...pending(['continue'], 'link:docs', 'docs/secret'),
    refused: [5, 'was not written by this version of create-api'],
  },
};

/** The home with the project of all attacks, which is made once. */
const original = mkdtempSync(join(tmpdir(), 'create-api-test-'));
afterAll(() => rmSync(original, { recursive: true, force: true }));

/** Copies the project, and puts what is hostile into its record. */
async function prepare(home: string, { lock, answers, line, replaced, files, link, pipe }: Changed) {
  if (!existsSync(join(original, PROJECT))) await makeProject(original);
  cpSync(join(original, PROJECT), join(home, PROJECT), { recursive: true });
  const texts = { [LOCK_FILE]: textOf(LOCK_FILE), [BASE_FILE]: textOf(BASE_FILE) };
  if (lock || answers) {
    const json = JSON.parse(texts[LOCK_FILE]);
    texts[LOCK_FILE] = JSON.stringify({ ...json, ...lock, answers: { ...json.answers, ...answers } });
  }
  if (replaced) texts[LOCK_FILE] = texts[LOCK_FILE].replace(...replaced);
  if (line) {
    const [first = '', ...others] = texts[BASE_FILE].split('\n');
    texts[BASE_FILE] = [JSON.stringify({ ...JSON.parse(first), ...line }), ...others].join('\n');
  }
  const special = link?.[0] ?? pipe;
  const isReplaced = (path: string) =>
    path === special || Object.keys(files ?? {}).some((each) => each.startsWith(`${path}/`));
  for (const path of [LOCK_FILE, BASE_FILE]) if (isReplaced(path)) rmSync(join(home, PROJECT, path));
  return { ...Object.fromEntries(Object.entries(texts).filter(([path]) => !isReplaced(path))), ...files };
}

async function makeProject(home: string): Promise<void> {
  for (const folder of ['temporary', 'work']) mkdirSync(join(home, folder));
  const { exitCode, output } = await run(['orders', '--yes', '--no-install', '--no-git'], home);
  if (exitCode !== 0) throw new Error(output);
}

const textOf = (path: string) => readFileSync(join(original, PROJECT, path), 'utf8');

/** Records of projects, with which somebody's repository is checked or updated. */
export const RECORDS: Corpus = {
  title: 'records of projects',
  folder: PROJECT,
  argv: ['check'],
  attacks: ATTACKS,
  prepare,
};

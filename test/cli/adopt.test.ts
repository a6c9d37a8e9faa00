import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BASE_FILE, LOCK_FILE } from '../../src/model/project-record.ts';
import { create } from './support/command.ts';
import { git, TARBALL, unpackRelease } from './support/earlier-release.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';
import { createInTerminal, KEY } from './support/terminal.ts';

/** Each run of the earlier release is a process, of which recognising a project without a README takes a few dozen. */
const PATIENTLY = { timeout: 120_000 };

const release = unpackRelease();

const adopt = (cwd: string, ...args: readonly string[]) =>
  create(['adopt', '--release', release.folder, ...args], { cwd });
const update = (cwd: string, ...args: readonly string[]) => create(['update', '--no-install', ...args], { cwd });

const textAt = (cwd: string, path: string) => readFileSync(join(cwd, path), 'utf8');
const edit = (cwd: string, path: string, change: (text: string) => string) => {
  const before = textAt(cwd, path);
  const after = change(before);
  if (after === before) throw new Error(`${path} was not edited`);
  writeFileSync(join(cwd, path), after);
};
const commit = (cwd: string) => {
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'Changed');
};

interface Edit {
  /** Where it is made, and where it is after the update if the file has another name then. */
  readonly path: string;
  readonly now?: string;
  /** What is inserted, before the text `before` if it is given, else at the end. */
  readonly text: string;
  readonly before?: string;
  /** What a person is told about the file, if it is for them to decide. */
  readonly conflict?: RegExp;
}

const SAME_LINES = /^You and the templates changed the same lines\.$/;
const GONE = /^You edited it, but the templates no longer have it/;

const EDITS: readonly Edit[] = [
  {
    ...{ path: 'src/routes/mod.rs', text: '        .nest("/api/v1/teas", teas::routes())', before: '        .layer((' },
    conflict: SAME_LINES,
  },
  { path: 'src/routes/mod.rs', text: 'mod teas;', before: 'mod users;', conflict: SAME_LINES },
  { path: 'src/routes/users.rs', text: 'async fn tea() -> &\'static str {\n    "tea"\n}' },
  { path: 'src/config/mod.rs', text: '    pub tea: u8,', before: '    pub timeout: TimeoutConfig,' },
  { path: 'src/models/user.rs', text: 'pub const LONGEST_TEA: usize = 7;', conflict: SAME_LINES },
  { path: 'src/lib.rs', text: 'pub mod tea;' },
  { path: 'Cargo.toml', text: 'rand = "0.9.2"', before: 'serde = ' },
  { path: 'README.md', text: '## Tea\n\nIt is served at four.' },
  { path: '.env.example', text: 'TEA_URL=http://localhost:4000' },
  { path: '.gitignore', text: '*.tea' },
  { path: 'src/telemetry.rs', now: 'src/telemetry/mod.rs', text: '// Ours: the log of tea.' },
  { path: 'src/config/values.rs', now: 'src/config/seconds.rs', text: '// Ours: minutes of tea.' },
  { path: 'src/input.rs', text: '// Ours: what tea is.', conflict: GONE },
  { path: 'clippy.toml', text: 'too-many-lines-threshold = 50' },
  { path: 'migrations/20260101000000_create_users.up.sql', text: '-- Ours: tea.' },
  { path: 'tests/api/users.rs', text: '// Ours: tea for users.' },
];

/** A project with these edits, a file of its own, and one that was deleted. */
function editedProject(): string {
  const cwd = release.project();
  for (const { path, text, before } of EDITS) {
    if (before === undefined) appendFileSync(join(cwd, path), `${text}\n`);
    else edit(cwd, path, (file) => file.replace(before, () => `${text}\n${before}`));
  }
  writeFileSync(join(cwd, 'src/routes/teas.rs'), '//! Tea.\n');
  rmSync(join(cwd, 'tests/api/cors.rs'));
  commit(cwd);
  return cwd;
}

/** The lines of the edits that are not in the files where they should be. */
function lostLines(cwd: string): readonly string[] {
  return EDITS.flatMap(({ path, now = path, text }) => {
    const lines = existsSync(join(cwd, now)) ? textAt(cwd, now).split('\n') : [];
    return text.split('\n').filter((line) => !lines.includes(line));
  });
}

describe('a project of 0.1.0', () => {
  test(
    'that is untouched becomes, adopted and updated, what would be created today, but for its migrations',
    PATIENTLY,
    async () => {
      const flags = ['--auth', 'jwt', '--features', '+openapi'];
      const cwd = release.project(...flags);
      const before = hashesOf(cwd);
      const adopted = await adopt(cwd);
      expect(adopted).toMatchObject({ code: 0, stderr: '' });
      expect(adopted.stdout).toMatch(/Authentication +jwt\n[\s\S]*As rendered +106 files\n +Edited +0 files/);
      const { [LOCK_FILE]: lock, [BASE_FILE]: base, ...others } = hashesOf(cwd);
      expect([lock, base]).toEqual([expect.any(String), expect.any(String)]);
      expect(others).toEqual(before);
      const drift = JSON.parse((await create(['check', '--json'], { cwd })).stdout).findings as { rule: string }[];
      expect(drift.map(({ rule }) => rule)).toEqual(['newer-standard']);
      commit(cwd);

      expect(await update(cwd)).toMatchObject({ code: 0, stderr: '' });
      const today = emptyFolder();
      const created = await create(['orders', ...flags, '--yes', '--no-install', '--no-git'], { cwd: today });
      expect(created.code).toBe(0);
      // A database may have applied the migrations, so they stay as they were, and so they are in the base.
      const apart = ([path]: [string, string]) => path !== BASE_FILE && !path.startsWith('migrations/');
      const [updated, fresh] = [hashesOf(cwd), hashesOf(join(today, 'orders'))].map(Object.entries<string>);
      expect(updated?.filter(apart)).toEqual(fresh?.filter(apart));
      expect(updated?.filter(([path]) => path.startsWith('migrations/'))).toEqual(
        Object.entries(before).filter(([path]) => path.startsWith('migrations/')),
      );
      expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
    },
  );

  test('keeps every edit: merged, or for a person to decide, with the reason', PATIENTLY, async () => {
    const cwd = editedProject();
    const { files } = JSON.parse((await adopt(cwd, '--json')).stdout);
    expect(files.edited).toEqual([...new Set(EDITS.map(({ path }) => path))].sort());
    expect(files).toMatchObject({ deleted: ['tests/api/cors.rs'], unknown: ['src/routes/teas.rs'] });
    commit(cwd);
    const adopted = hashesOf(cwd);

    const refused = JSON.parse((await update(cwd, '--json')).stdout);
    const expected = new Map(EDITS.flatMap(({ path, conflict }) => (conflict ? [[path, conflict]] : [])));
    expect(refused.exitCode).toBe(3);
    expect(hashesOf(cwd)).toEqual(adopted);

    const marked = JSON.parse((await update(cwd, '--mark-conflicts', '--json')).stdout);
    const conflicts = (marked.files as { path: string; action: string; reason: string }[]).filter(
      ({ action }) => action === 'conflict',
    );
    expect(conflicts.map(({ path }) => path)).toEqual([...expected.keys()].sort());
    for (const { path, reason } of conflicts) expect(reason, path).toMatch(expected.get(path) ?? /(?!)/);
    expect(lostLines(cwd)).toEqual([]);
    expect(existsSync(join(cwd, 'src/telemetry.rs'))).toBe(false);

    for (const { path } of conflicts) writeFileSync(join(cwd, path), withoutMarkers(textAt(cwd, path)));
    expect(await create(['continue', '--no-install'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    expect(lostLines(cwd)).toEqual([]);
    expect(textAt(cwd, 'src/routes/teas.rs')).toBe('//! Tea.\n');
    expect(existsSync(join(cwd, 'tests/api/cors.rs'))).toBe(false);
    const check = JSON.parse((await create(['check', '--json'], { cwd })).stdout);
    expect(check.findings).toEqual([expect.objectContaining({ rule: 'edited-file', path: 'clippy.toml' })]);
    commit(cwd);
    expect((await update(cwd)).stdout).toContain('nothing to change');
  });

  test('is recognised without its README, by what the release renders', PATIENTLY, async () => {
    const chosen = ['--framework', 'loco', '--db-layer', 'sea-orm', '--database', 'postgres', '--auth', 'session'];
    const cwd = release.project(...chosen);
    rmSync(join(cwd, 'README.md'));
    const lists = ['--middleware', 'default', '--features', 'default'];
    const dry = await adopt(cwd, ...lists, '--dry-run', '--json');
    expect(dry.code).toBe(0);
    expect(hashesOf(cwd)).not.toHaveProperty(LOCK_FILE);
    const { answers, files } = JSON.parse(dry.stdout);
    expect(answers).toMatchObject({ framework: 'loco', dbLayer: 'sea-orm', database: 'postgres', auth: 'session' });
    expect(files).toMatchObject({ edited: [], deleted: ['README.md'], unknown: [] });
  });

  test('is adopted as the member of the workspace that it is', PATIENTLY, async () => {
    const root = emptyFolder();
    writeFileSync(join(root, 'Cargo.toml'), '[workspace]\nmembers = ["services/*"]\n');
    mkdirSync(join(root, 'services'));
    release.render(join(root, 'services/orders'));
    const cwd = join(root, 'services/orders');
    const { code, stdout } = await adopt(cwd, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).files).toMatchObject({ edited: [], deleted: [] });
    const { placement } = JSON.parse(textAt(cwd, LOCK_FILE));
    expect(placement).toEqual({ workspace: 'join', inWorkspace: 'services/orders', inRepository: '' });
  });

  test('in a terminal it is adopted once a person agrees', PATIENTLY, async () => {
    const cwd = release.project();
    const args = ['adopt', '--release', release.folder];
    const first = createInTerminal(args, { cwd });
    await first.see('was made by create-api 0.1.0');
    await first.see('Write its record');
    first.press(KEY.down + KEY.enter);
    expect(await first.ended).toBe(130);
    expect(existsSync(join(cwd, '.create-api'))).toBe(false);
    const second = createInTerminal(args, { cwd });
    await second.see('Write its record');
    second.press(KEY.enter);
    expect(await second.ended).toBe(0);
    expect(existsSync(join(cwd, LOCK_FILE))).toBe(true);
  });
});

/** A person's decision to keep both sides of every conflict. */
function withoutMarkers(text: string): string {
  return text.replace(/^\|{7} [\s\S]*?(?=^={7}$)/gm, '').replace(/^(?:<{7} .*|={7}|>{7} .*)\n/gm, '');
}

describe('the release', () => {
  /** A registry that has a package called create-api, version 0.1.0. */
  async function registryWith(tarball: Buffer): Promise<NodeJS.ProcessEnv> {
    const server = createServer(({ url }, response) => {
      if (url?.endsWith('.tgz')) return response.end(tarball);
      const dist = {
        tarball: `${address()}/create-api-0.1.0.tgz`,
        integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
      };
      const versions = { '0.1.0': { name: 'create-api', version: '0.1.0', dist } };
      response.end(JSON.stringify({ name: 'create-api', 'dist-tags': { latest: '0.1.0' }, versions }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { npm_config_registry: address(), npm_config_cache: emptyFolder(), npm_config_update_notifier: 'false' };
  }

  test('comes from the registry if none is given', PATIENTLY, async () => {
    const cwd = release.project();
    const env = await registryWith(readFileSync(TARBALL));
    expect(await create(['adopt'], { cwd, env })).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(textAt(cwd, LOCK_FILE)).createApi).toBe('0.1.0');
  });

  test('is not run if the registry has another package of that name', PATIENTLY, async () => {
    const cwd = release.project();
    const bytes = readFileSync(TARBALL);
    // The operating system in the header of gzip.
    bytes[9] = 255 - (bytes[9] ?? 0);
    const refused = await create(['adopt', '--json'], { cwd, env: await registryWith(bytes) });
    expect(refused.code).toBe(5);
    expect(JSON.parse(refused.stdout).problems).toEqual([expect.objectContaining({ code: 'foreign-release' })]);
    expect(existsSync(join(cwd, '.create-api'))).toBe(false);
  });

  test('can be a tarball, without a network', PATIENTLY, async () => {
    const cwd = release.project();
    const env = { npm_config_offline: 'true', npm_config_cache: emptyFolder() };
    const offline = await create(['adopt', '--json'], { cwd, env });
    expect(offline.code).toBe(1);
    const [problem] = JSON.parse(offline.stdout).problems;
    expect(problem).toMatchObject({
      code: 'release-unavailable',
      hint: expect.stringContaining('--release ./create-api-'),
    });
    expect(await create(['adopt', '--release', TARBALL], { cwd, env })).toMatchObject({ code: 0, stderr: '' });
  });
});

const OPTIONS = {
  options: [
    { key: 'framework', kind: 'choice', choices: [{ id: 'axum', label: 'Axum', default: true, excludesAxes: [] }] },
    { key: 'auth', kind: 'choice', choices: [{ id: 'none', label: 'None', default: true, excludesAxes: [] }] },
  ],
};

/** A package that lists `options`, renders `files`, and then runs `more`. */
function fakeRelease({ version = '0.1.0', options = OPTIONS as object, files = {}, more = '' }): string {
  const folder = emptyFolder();
  const manifest = { name: 'create-api', version, bin: { 'create-api': 'cli.js' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'cli.js'),
    `const { mkdirSync, symlinkSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const files = ${JSON.stringify(files)};
if (process.argv[2] === 'list') console.log(${JSON.stringify(JSON.stringify(options))});
else if (process.argv.includes('--dry-run'))
  console.log(JSON.stringify({ files: Object.keys(files).map((path) => ({ path, sha256: '' })) }));
else {
  for (const [path, text] of Object.entries(files)) {
    const place = join(process.argv[2], path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  ${more}
}
`,
  );
  return folder;
}

/** A project with one file. */
function smallProject(manifest = '[package]\nname = "tea"\n'): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'Cargo.toml'), manifest);
  return cwd;
}

const CARGO = { 'Cargo.toml': '[package]\nname = "tea"\n' };

describe('adopt refuses', () => {
  test.each<readonly [string, number, string, () => { readonly cwd: string; readonly args: readonly string[] }]>([
    [
      'a folder without a package',
      2,
      'no-project',
      () => ({ cwd: emptyFolder(), args: ['--release', release.folder] }),
    ],
    ['a workspace', 2, 'no-project', () => ({ cwd: smallProject('[workspace]\n'), args: [] })],
    ['a manifest that is no TOML', 2, 'no-project', () => ({ cwd: smallProject('[package'), args: [] })],
    [
      'a name that no project can have',
      2,
      'invalid-name',
      () => ({ cwd: smallProject('[package]\nname = "--git"\n'), args: [] }),
    ],
    ['a project that has a record', 3, 'already-adopted', adoptedProject],
    [
      'another project',
      2,
      'unrecognised-project',
      () => ({ cwd: smallProject(), args: ['--release', release.folder, '--auth', 'none'] }),
    ],
    ['a word', 2, 'too-many-arguments', () => ({ cwd: smallProject(), args: ['tea'] })],
    ['an unknown id', 2, 'unknown-value', () => ({ cwd: smallProject(), args: ['--framework', 'rocket'] })],
    [
      'a release that is nowhere',
      1,
      'release-unavailable',
      () => ({ cwd: smallProject(), args: ['--release', './tea'] }),
    ],
    [
      'a version that nobody knows',
      1,
      'release-unavailable',
      () => ({ cwd: smallProject(), args: ['--release', '0.0.9'] }),
    ],
    ['a folder that is no release', 5, 'unusable-release', () => ({ cwd: smallProject(), args: ['--release', '.'] })],
    ['a newer release', 2, 'newer-release', () => withRelease({ version: '99.0.0' })],
    ['a release that lists nothing', 1, 'unusable-release', () => withRelease({ options: {} })],
    ['a release that fails', 1, 'unusable-release', () => withRelease({ files: CARGO, more: 'process.exit(1);' })],
    ['a choice that no longer exists', 2, 'unknown-value', () => withRelease({ files: CARGO, options: WITH_ROCKET })],
    ['a link', 5, 'unusable-release', () => withRelease({ files: CARGO, more: LINK })],
    ['bytes that are no text', 5, 'unusable-release', () => withRelease({ files: CARGO, more: BYTES })],
    [
      'a name that not every system has',
      5,
      'unusable-release',
      () => withRelease({ files: { ...CARGO, 'src/a:b.rs': '' } }),
    ],
    [
      'names that are one where case does not count',
      5,
      'unusable-release',
      () => withRelease({ files: { ...CARGO, 'a.rs': '', 'A.rs': '' } }),
    ],
  ])('%s, exit %i', PATIENTLY, async (_, code, problem, make) => {
    const { cwd, args } = make();
    const before = hashesOf(cwd);
    const refused = await create(['adopt', ...args, '--json'], { cwd });
    const { problems } = JSON.parse(refused.stdout) as { problems: { code: string; message: string }[] };
    expect({ code: refused.code, problems: problems.map((each) => each.code) }).toEqual({ code, problems: [problem] });
    expect(hashesOf(cwd)).toEqual(before);
  });
});

const WITH_ROCKET = {
  options: [
    { key: 'framework', kind: 'choice', choices: [{ id: 'rocket', label: 'Rocket', default: true, excludesAxes: [] }] },
  ],
};
const LINK = "symlinkSync('/etc/passwd', join(process.argv[2], 'LICENSE'));";
const BYTES = "writeFileSync(join(process.argv[2], 'LICENSE'), Buffer.from([0xff, 0xfe]));";

function withRelease(fake: Parameters<typeof fakeRelease>[0]) {
  return { cwd: smallProject(), args: ['--release', fakeRelease(fake)] };
}

function adoptedProject() {
  const cwd = smallProject();
  mkdirSync(dirname(join(cwd, LOCK_FILE)));
  writeFileSync(join(cwd, LOCK_FILE), '{}');
  return { cwd, args: [] };
}

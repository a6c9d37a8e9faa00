import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { create } from './support/command.ts';
import { shownBy } from './support/screen.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';
import { createInTerminal, KEY } from './support/terminal.ts';

const QUESTION = 'Do it (';
const ADD = ['add', 'metrics', '--no-install'];

let cwd = '';
beforeEach(async () => {
  const folder = emptyFolder();
  await create(['orders', '--yes', '--no-install'], { cwd: folder });
  cwd = join(folder, 'orders');
});

function commit(): void {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...author, 'commit', '--quiet', '--all', '--message', 'edits'], { cwd });
}

describe('in a terminal, a change', () => {
  test('is listed by file, and made after Enter', async () => {
    const planned = JSON.parse((await create([...ADD, '--dry-run', '--json'], { cwd })).stdout);
    const session = createInTerminal(ADD, { cwd });
    for (const { path } of planned.files) await session.see(path);
    await session.see(QUESTION);
    session.press(KEY.enter);
    expect(await session.ended).toBe(0);
    expect(session.text()).toContain('added metrics');
    expect(hashesOf(cwd)).toMatchObject(
      Object.fromEntries(planned.files.map(({ path, sha256 }: { path: string; sha256: string }) => [path, sha256])),
    );
  });

  test.each([
    ['"Stop"', KEY.down + KEY.enter],
    ['Ctrl-C', KEY.interrupt],
    ['Esc', KEY.escape],
  ])('writes nothing after %s, exit 130', async (_, keys) => {
    const before = hashesOf(cwd);
    const session = createInTerminal(ADD, { cwd });
    await session.see(QUESTION);
    session.press(keys);
    expect(await session.ended).toBe(130);
    expect(session.text()).toContain('nothing was written');
    expect(session.raw().lastIndexOf('\u001b[?25h')).toBeGreaterThan(session.raw().lastIndexOf('\u001b[?25l'));
    expect(hashesOf(cwd)).toEqual(before);
    // Nor is anything left that would be in the way.
    expect(await create(ADD, { cwd })).toMatchObject({ code: 0 });
  });

  test('that drops a column is not made after Enter alone', async () => {
    const generate = (field: string) => ['generate', 'resource', 'product', field, '--no-install'];
    expect(await create([...generate('name:string(50)'), '--allow-dirty'], { cwd })).toMatchObject({ code: 0 });
    execFileSync('git', ['add', '--all'], { cwd });
    commit();
    const before = hashesOf(cwd);
    const session = createInTerminal(generate('price:i64?'), { cwd });
    await session.see(QUESTION);
    session.press(KEY.enter);
    expect(await session.ended).toBe(130);
    expect(session.text()).toContain('drops the column name');
    expect(hashesOf(cwd)).toEqual(before);
  });

  test('is the only one in its project while the question is open', async () => {
    const session = createInTerminal(ADD, { cwd });
    await session.see(QUESTION);
    const other = await create(['add', 'redis', '--no-install', '--json'], { cwd });
    expect(other.code).toBe(3);
    expect(JSON.parse(other.stdout).problems).toMatchObject([{ code: 'folder-in-use' }]);
    session.press(KEY.enter);
    expect(await session.ended).toBe(0);
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
  });

  test('in conflict shows where and why, and writes markers after Enter, exit 3', async () => {
    appendFileSync(join(cwd, 'clippy.toml'), '# Ours.\n');
    commit();
    const line = readFileSync(join(cwd, 'clippy.toml'), 'utf8').split('\n').indexOf('# Ours.') + 1;
    const session = createInTerminal(['add', 'openapi', '--no-install'], { cwd });
    await session.see('conflict');
    await session.see('clippy.toml:');
    await session.see(`${line}`);
    await session.see('You edited a file that create-api manages');
    await session.see('1 in conflict)?');
    session.press(KEY.enter);
    expect(await session.ended).toBe(3);
    expect(readFileSync(join(cwd, 'clippy.toml'), 'utf8')).toContain('<<<<<<< yours');
    expect(session.text()).toContain('abort');
  });

  test('without colours and with 40 columns has no line that is too long, apart from paths', async () => {
    const session = createInTerminal(['add', 'kubernetes', '--no-install'], {
      cwd,
      columns: 40,
      env: { NO_COLOR: '1' },
    });
    await session.see(QUESTION);
    const raw = session.raw();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(raw.match(/\u001b\[(?:3\d|9\d)m/g)).toBeNull();
    const lines = stripVTControlCharacters(raw).split(/\r?\n/);
    expect(lines.filter((text) => text.length > 40 && !/\S{29}/.test(text))).toEqual([]);
    expect(shownBy(raw, 40).lines.join(' ')).toContain('deploy/kubernetes');
    session.press(KEY.enter);
    expect(await session.ended).toBe(0);
  });
});

test('without git it is said before the question that nothing can be undone', async () => {
  const folder = emptyFolder();
  await create(['tea', '--yes', '--no-install', '--no-git'], { cwd: folder });
  const session = createInTerminal(ADD, { cwd: join(folder, 'tea') });
  await session.see('git cannot');
  await session.see(QUESTION);
  session.press(KEY.interrupt);
  expect(await session.ended).toBe(130);
});

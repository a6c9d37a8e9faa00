import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/builtin.ts';
import { axisOptions } from '../../src/options/schema.ts';
import { create } from './support/command.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';
import { createInTerminal, KEY } from './support/terminal.ts';

const axes = axisOptions(await loadCatalog()).filter((option) => option.choices.length > 1);
const NAME = 'Name of the project';
const CREATE = 'Create it?';
const QUESTIONS = [NAME, ...axes.map((option) => option.label), CREATE];
const FLAGS = ['--no-install', '--no-git'];

const isCursorShown = (raw: string) => raw.lastIndexOf('\u001b[?25h') >= raw.lastIndexOf('\u001b[?25l');

/** A folder with a cargo that says one line and then takes its time. */
function slowCargo(): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'cargo'), '#!/bin/sh\necho "Updating the index" >&2\nsleep 60\n', { mode: 0o755 });
  return folder;
}

describe('in a terminal', () => {
  test('every question can be answered by enter, and the command at the end makes the same project', async () => {
    const cwd = emptyFolder();
    const session = createInTerminal(FLAGS, { cwd });
    await session.see(NAME);
    session.press('orders\r');
    for (const question of QUESTIONS.slice(1)) {
      await session.see(question);
      session.press(KEY.enter);
    }
    expect(await session.ended).toBe(0);
    expect(isCursorShown(session.raw())).toBe(true);

    const [, version, typed = ''] = /npx create-api@(\S+) (orders .*)/.exec(session.text().replace(/\s+/g, ' ')) ?? [];
    expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    const again = emptyFolder();
    expect(await create(typed.trim().split(' '), { cwd: again })).toMatchObject({ code: 0 });
    expect(hashesOf(again)).toEqual(hashesOf(cwd));
  });

  test.each(QUESTIONS)('Ctrl-C at %j ends it with 130, nothing written, the cursor shown', async (last) => {
    const cwd = emptyFolder();
    const session = createInTerminal(FLAGS, { cwd });
    for (const question of QUESTIONS) {
      await session.see(question);
      if (question === last) break;
      session.press(question === NAME ? 'orders\r' : KEY.enter);
    }
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
    expect(session.text()).toContain('nothing was written');
    expect(isCursorShown(session.raw())).toBe(true);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('Esc goes back, and the new answer counts', async () => {
    const cwd = emptyFolder();
    const [first, second] = axes;
    if (first?.kind !== 'choice' || second === undefined) throw new Error('the first question is not a choice');
    const session = createInTerminal(FLAGS, { cwd });
    await session.see(NAME);
    session.press('orders\r');
    await session.see(first.label);
    session.press(KEY.enter);
    await session.see(second.label);
    session.press(KEY.escape);
    await session.see(first.label);
    session.press(KEY.escape);
    await session.see(NAME);
    session.press('\u0015invoices\r');
    await session.see(first.label);
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
    expect(session.text()).toContain('invoices');
  });

  test('says what is wrong with a name while it is typed, and goes on only with a valid one', async () => {
    const session = createInTerminal(FLAGS, { cwd: emptyFolder() });
    await session.see(NAME);
    session.press('9');
    await session.see('starts with a digit');
    session.press('\r');
    session.press('\u007Forders\r');
    await session.see(QUESTIONS[1] ?? '');
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
  });

  test('asks only for what the flags leave open', async () => {
    const cwd = emptyFolder();
    const given = axes.map((option) => `${option.flag}=${option.kind === 'list' ? 'none' : option.choices[0]?.id}`);
    const session = createInTerminal(['orders', ...given, ...FLAGS], { cwd });
    await session.see(CREATE);
    for (const question of QUESTIONS.slice(0, -1)) expect(session.text()).not.toContain(`? ${question}`);
    session.press(KEY.enter);
    expect(await session.ended).toBe(0);
    expect(existsSync(join(cwd, 'orders/Cargo.toml'))).toBe(true);
  });

  test('asks nothing with --yes, or where CI is set', async () => {
    for (const [args, env] of [
      [['--yes'], {}],
      [[], { CI: 'true' }],
    ] as const) {
      const cwd = emptyFolder();
      const session = createInTerminal(['orders', ...args, ...FLAGS], { cwd, env });
      expect(await session.ended).toBe(0);
      expect(session.text()).not.toContain('?');
    }
  });

  test('is readable at 60 columns and has no colour with NO_COLOR', async () => {
    const session = createInTerminal(FLAGS, { cwd: emptyFolder(), columns: 60, env: { NO_COLOR: '1' } });
    await session.see(NAME);
    session.press('orders\r');
    for (const question of QUESTIONS.slice(1, -1)) {
      await session.see(question);
      session.press(KEY.enter);
    }
    await session.see(CREATE);
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(session.raw()).not.toMatch(/\u001b\[[0-9;]*m/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: where the cursor is moved another piece begins
    const pieces = session.raw().split(/\r?\n|\u001b\[\d*[A-HJK]|\u001b[78]/);
    const wide = pieces.map(stripVTControlCharacters).filter((piece) => piece.length > 60);
    // A list that was answered stays as one paragraph, which the terminal wraps.
    expect(wide.filter((piece) => !piece.startsWith('✔'))).toEqual([]);
  });

  test('Ctrl-C while cargo runs ends cargo and keeps the project, exit 130', async () => {
    const cwd = emptyFolder();
    const session = createInTerminal(['orders', '--yes'], {
      cwd,
      env: { PATH: `${slowCargo()}:${process.env['PATH']}` },
    });
    await session.see('Updating the index');
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
    expect(isCursorShown(session.raw())).toBe(true);
    expect(session.text()).toContain('cargo update --workspace');
    expect(existsSync(join(cwd, 'orders/Cargo.toml'))).toBe(true);
  });
});

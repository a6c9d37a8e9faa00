import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/builtin.ts';
import { axisOptions } from '../../src/options/schema.ts';
import { create } from './support/command.ts';
import { shownBy } from './support/screen.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';
import { createInTerminal, KEY } from './support/terminal.ts';

const axes = axisOptions(await loadCatalog()).filter((option) => option.choices.length > 1);
const NAME = 'Name of the project';
const CREATE = 'Create it?';
const QUESTIONS = [NAME, ...axes.map((option) => option.label), CREATE];
const FLAGS = ['--no-install', '--no-git'];

const isCursorShown = (raw: string) => raw.lastIndexOf('\u001b[?25h') >= raw.lastIndexOf('\u001b[?25l');

const PATIENTLY = { timeout: 20_000 };

const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('');

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
    expect(session.text().replace(/\s+/g, ' ')).toContain('create-api <directory> --yes');
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

  test.each([
    ['at the top of a screen of 80 columns', 80, 3],
    ['at the bottom of a screen of 80 columns', 80, 39],
    ['in the middle of a screen of 60 columns', 60, 20],
  ])('a wrong name leaves nothing behind and takes nothing away, %s', async (_, columns, count) => {
    const above = Array.from({ length: count }, (_, index) => `line ${index}`);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'taken'), '');
    const session = createInTerminal(FLAGS, { cwd, columns });
    const see = (lines: readonly string[]) =>
      expect.poll(() => shownBy(textOf(above) + session.raw(), columns).lines, PATIENTLY).toEqual([...above, ...lines]);
    await session.see(NAME);
    for (const key of 'My S') session.press(key);
    const problem = '› "My S" cannot be the name of the project: it has a capital letter';
    await see([
      `? ${NAME} › My S`,
      ...(columns === 60 ? [problem.slice(0, -15), '  capital letter'] : [problem]),
      '  try "my-s"',
    ]);
    session.press(KEY.eraseLine);
    await see([`? ${NAME} › my-service`]);
    session.press('taken\r');
    await session.see('file');
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
    const left = shownBy(textOf(above) + session.raw(), columns).lines;
    expect(left.slice(0, count + 3)).toEqual([...above, `✖ ${NAME} … taken`, '', expect.stringContaining('stopped')]);
  });

  test('what is typed at the start of a name stands where the cursor is', async () => {
    const session = createInTerminal(FLAGS, { cwd: emptyFolder() });
    const label = `? ${NAME} › `;
    await session.see(NAME);
    session.press('rders');
    const see = (text: string, column: number) =>
      expect
        .poll(() => shownBy(session.raw(), 80), PATIENTLY)
        .toEqual({ lines: [label + text], column: label.length + column });
    await see('rders', 5);
    session.press(KEY.start);
    await see('rders', 0);
    session.press('o');
    await see('orders', 1);
  });

  test.each([
    [80, {}],
    [60, { NO_COLOR: '1' }],
  ])(
    'points in a list at the choice that space ticks, wraps the answer at words: %i columns, %j',
    async (columns, env) => {
      const list = axes.find(({ kind }) => kind === 'list');
      if (list === undefined) throw new Error('no question is a list');
      const given = axes.filter(({ kind }) => kind !== 'list').map(({ flag, choices }) => `${flag}=${choices[0]?.id}`);
      const session = createInTerminal(['orders', ...given, ...FLAGS], { cwd: emptyFolder(), columns, env });
      const shown = () => shownBy(session.raw(), columns).lines;
      const seeRows = async (pointed: number, toggled?: number) => {
        const rows = list.choices.map((choice, index) => {
          const isTicked = choice.default !== (index === toggled);
          return `${index === pointed ? '❯' : ' '} ${isTicked ? '◉' : '◯'} ${choice.label} `;
        });
        const isShown = (row: string) => shown().some((line) => line.startsWith(row));
        await expect.poll(() => rows.filter(isShown), PATIENTLY).toEqual(rows);
      };
      await seeRows(0);
      session.press(KEY.down + KEY.space);
      await seeRows(1, 1);
      session.press(KEY.space + KEY.enter);
      const chosen = list.choices.filter((choice) => choice.default).map((choice) => choice.label);
      const text = () =>
        shown()
          .map((line) => line.trim())
          .join(' ');
      await expect.poll(text, PATIENTLY).toContain(`✔ ${list.label} › ${chosen.join(', ')} ?`);
    },
  );

  test('enter alone neither replaces nor mixes in what is in the folder already', async () => {
    const cwd = emptyFolder();
    await create(['orders', '--yes', ...FLAGS], { cwd });
    const before = hashesOf(cwd);
    const given = axes.map((option) => `${option.flag}=${option.choices[1]?.id}`);
    const session = createInTerminal(['orders', ...given, ...FLAGS], { cwd });
    await session.see(CREATE);
    await session.see('more and write the rest');
    session.press(KEY.enter);
    expect(await session.ended).toBe(130);
    expect(hashesOf(cwd)).toEqual(before);
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
    expect(pieces.map(stripVTControlCharacters).filter((piece) => piece.length > 60)).toEqual([]);
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

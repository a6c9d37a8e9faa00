import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { axisOptions } from '../../src/options/schema.ts';
import { catalog } from '../support/projects.ts';
import { CLI, create, ENVIRONMENT } from './support/command.ts';
import { shownBy } from './support/screen.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';
import { createInTerminal, KEY } from './support/terminal.ts';

const axes = axisOptions(catalog).filter((option) => option.choices.length > 1);
const NAME = 'Project name';
const DESCRIPTION = 'Description';
const DEFAULTS = 'Use the defaults?';
const RESOURCE = 'Add a resource?';
const CREATE = 'Create it?';
const QUESTIONS = [NAME, DESCRIPTION, DEFAULTS, ...axes.map((option) => option.label), RESOURCE, CREATE];

/** The keys for each question, such that every one is asked. */
const replyTo = (question: string) =>
  question === NAME ? 'orders\r' : question === DEFAULTS ? KEY.down + KEY.enter : KEY.enter;
const FLAGS = ['--no-install', '--no-git'];

const isCursorShown = (raw: string) => raw.lastIndexOf('\u001b[?25h') >= raw.lastIndexOf('\u001b[?25l');

const PATIENTLY = { timeout: 20_000 };

const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('');

/** A folder with a cargo that prints one line and then hangs. */
function slowCargo(): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'cargo'), '#!/bin/sh\necho "Updating the index" >&2\nsleep 60\n', { mode: 0o755 });
  return folder;
}

describe('in a terminal', () => {
  test('every question can be answered, and the command at the end creates the same project', async () => {
    const cwd = emptyFolder();
    const session = createInTerminal(FLAGS, { cwd });
    for (const question of QUESTIONS) {
      await session.see(question);
      session.press(question === DESCRIPTION ? "It's for orders\r" : replyTo(question));
    }
    expect(await session.ended).toBe(0);
    expect(isCursorShown(session.raw())).toBe(true);

    // Typed as it is shown, over several lines.
    const [, typed = ''] = /The same again\s*([\s\S]*)/.exec(session.text()) ?? [];
    expect(typed).toContain("--description 'It'\\''s for orders'");
    const again = emptyFolder();
    const shell = spawnSync('sh', ['-c', typed.replaceAll('\r', '')], {
      cwd: again,
      env: ENVIRONMENT,
      encoding: 'utf8',
    });
    expect(shell).toMatchObject({ status: 0, stderr: '' });
    expect(hashesOf(again)).toEqual(hashesOf(cwd));
  });

  test('five times Enter accepts the defaults', async () => {
    const cwd = emptyFolder();
    const session = createInTerminal(FLAGS, { cwd });
    for (const question of [NAME, DESCRIPTION, DEFAULTS, RESOURCE, CREATE]) {
      await session.see(question);
      session.press(KEY.enter);
    }
    expect(await session.ended).toBe(0);
    for (const { label } of axes) expect(session.text()).not.toContain(`? ${label}`);
    const byFlag = emptyFolder();
    await create(['my-service', '--yes', ...FLAGS], { cwd: byFlag });
    expect(hashesOf(cwd)).toEqual(hashesOf(byFlag));
  });

  test.each(QUESTIONS)('Ctrl-C at %j exits with 130, writes nothing and shows the cursor', async (last) => {
    const cwd = emptyFolder();
    const session = createInTerminal(FLAGS, { cwd });
    for (const question of QUESTIONS) {
      await session.see(question);
      if (question === last) break;
      session.press(replyTo(question));
    }
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
    expect(session.text()).toContain('nothing was written');
    expect(session.text().replace(/\s+/g, ' ')).toContain(`node ${CLI} <new directory> --yes`);
    expect(isCursorShown(session.raw())).toBe(true);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('Esc goes back, and the new answer replaces the old one', async () => {
    const cwd = emptyFolder();
    const [first, second] = axes;
    if (first?.kind !== 'choice' || second === undefined) throw new Error('the first question is not a choice');
    const session = createInTerminal(FLAGS, { cwd });
    for (const question of [NAME, DESCRIPTION, DEFAULTS]) {
      await session.see(question);
      session.press(replyTo(question));
    }
    await session.see(first.label);
    session.press(KEY.enter);
    await session.see(second.label);
    session.press(KEY.escape);
    for (const question of [first.label, DEFAULTS, DESCRIPTION]) {
      await session.see(question);
      session.press(KEY.escape);
    }
    await session.see(NAME);
    session.press(`${KEY.eraseLine}invoices\r`);
    await session.see(DESCRIPTION);
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
    expect(session.text()).toContain('invoices');
  });

  test('explains how to choose another folder where a path is typed as the name, and shows the folder', async () => {
    const cwd = emptyFolder();
    const session = createInTerminal(FLAGS, { cwd });
    await session.see(NAME);
    session.press('../x');
    await session.see(`to choose the folder, run node ${CLI} ../x`);
    session.press(`${KEY.eraseLine}orders\r`);
    await session.see(`Folder: ${cwd}/orders`);
    await session.see(DESCRIPTION);
  });

  test('the choices about existing files are readable at 45 columns', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'notes.txt'), 'mine');
    const session = createInTerminal(['.', ...FLAGS], { cwd, columns: 45 });
    await session.see('Overwrite');
    const shown = () => shownBy(session.raw(), 45).lines.join(' ').replace(/\s+/g, ' ');
    await expect.poll(shown, PATIENTLY).toContain('Keep keep every existing file, write the others');
  });

  test('validates a name while it is typed, and continues only with a valid one', async () => {
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
  ])('the error of an invalid name is erased cleanly, %s', async (_, columns, count) => {
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

  test('text typed at the start of a name appears at the cursor', async () => {
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
    'marks the choice that space toggles in a list, and wraps the answer at words: %i columns, %j',
    async (columns, env) => {
      const list = axes.find(({ kind }) => kind === 'list');
      if (list === undefined) throw new Error('no question is a list');
      const given = axes.filter(({ kind }) => kind !== 'list').map(({ flag, choices }) => `${flag}=${choices[0]?.id}`);
      const flags = ['--description', 'x', ...FLAGS];
      const session = createInTerminal(['orders', ...given, ...flags], { cwd: emptyFolder(), columns, env });
      await session.see(DEFAULTS);
      session.press(KEY.down + KEY.enter);
      await session.see('space: toggle');
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

  test('a workspace whose members include the folder is joined only after a question, and the summary lists the differences', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'Cargo.toml'), '[workspace]\nresolver = "3"\nmembers = ["crates/*"]\n');
    const session = createInTerminal(['crates/orders', ...FLAGS], { cwd });
    for (const question of [DESCRIPTION, DEFAULTS, RESOURCE]) {
      await session.see(question);
      session.press(KEY.enter);
    }
    await session.see('is a Cargo workspace');
    expect(existsSync(join(cwd, 'crates'))).toBe(false);
    session.press(KEY.enter);
    await session.see('This folder is inside a Cargo workspace');
    await session.see('Left out');
    await session.see('Cargo.lock: ');
    await session.see(CREATE);
    session.press(KEY.enter);
    expect(await session.ended).toBe(0);
    expect(session.text()).toContain('--workspace join');
    expect(existsSync(join(cwd, 'crates/orders/Cargo.lock'))).toBe(false);
  });

  describe('a folder that is not empty', () => {
    const occupied = () => {
      const cwd = emptyFolder();
      mkdirSync(join(cwd, 'orders'));
      writeFileSync(join(cwd, 'orders/README.md'), 'mine');
      writeFileSync(join(cwd, 'orders/notes.txt'), 'mine');
      return cwd;
    };

    test('is reported first, and Enter alone changes nothing', async () => {
      const cwd = occupied();
      const before = hashesOf(cwd);
      const session = createInTerminal(['orders', ...FLAGS], { cwd });
      await session.see('orders contains README.md, notes.txt.');
      await session.see('The folder is not empty');
      expect(session.text()).not.toContain(DESCRIPTION);
      session.press(KEY.enter);
      expect(await session.ended).toBe(130);
      const [, said = ''] = session.text().replace(/\s+/g, ' ').split('stopped ');
      expect(said).toMatch(/^ ?nothing was written try choose another directory; or --on-conflict skip/);
      expect(hashesOf(cwd)).toEqual(before);
    });

    test('that the name leads to is reported before the next question', async () => {
      const session = createInTerminal(FLAGS, { cwd: occupied() });
      await session.see(NAME);
      session.press('orders\r');
      await session.see('The folder is not empty');
      expect(session.text()).not.toContain(DESCRIPTION);
    });

    test.each([
      ['keep', KEY.down, 'mine', 'Kept'],
      ['overwrite', KEY.down + KEY.down, '# orders', 'Overwritten'],
    ])('%s does that, and the summary names the files', async (_, keys, readme, label) => {
      const cwd = occupied();
      const session = createInTerminal(['orders', ...FLAGS], { cwd });
      await session.see('The folder is not empty');
      session.press(keys + KEY.enter);
      for (const question of [DESCRIPTION, DEFAULTS, RESOURCE]) {
        await session.see(question);
        session.press(KEY.enter);
      }
      await session.see(label);
      await session.see('README.md');
      await session.see(CREATE);
      session.press(KEY.enter);
      expect(await session.ended).toBe(0);
      expect(readFileSync(join(cwd, 'orders/README.md'), 'utf8').split('\n')[0]).toBe(readme);
      expect(readFileSync(join(cwd, 'orders/notes.txt'), 'utf8')).toBe('mine');
    });

    test('with only files such as a licence causes a question only if they conflict', async () => {
      const cwd = emptyFolder();
      mkdirSync(join(cwd, 'orders'));
      writeFileSync(join(cwd, 'orders/.gitattributes'), 'mine');
      writeFileSync(join(cwd, 'orders/LICENSE'), 'mine');
      const given = axes.map((option) => `${option.flag}=${option.kind === 'list' ? 'none' : option.choices[0]?.id}`);
      const session = createInTerminal(['orders', '--description', 'x', ...given, '--resource=none', ...FLAGS], {
        cwd,
      });
      await session.see(CREATE);
      await session.see('.gitattributes and write the rest');
      session.press(KEY.enter);
      expect(await session.ended).toBe(130);
      expect(session.text()).not.toContain('The folder is not empty');
      expect(session.text()).toMatch(/stopped {2}nothing was written\s*$/);
    });
  });

  test('the summary describes the next steps in words', async () => {
    const session = createInTerminal(['orders'], { cwd: emptyFolder() });
    for (const question of [DESCRIPTION, DEFAULTS, RESOURCE]) {
      await session.see(question);
      session.press(KEY.enter);
    }
    await session.see('fetch crates, first commit');
    await session.see(CREATE);
    expect(session.text()).not.toContain('git init');
    session.press(KEY.interrupt);
    expect(await session.ended).toBe(130);
  });

  describe('a resource', () => {
    const [FIRST_NAME, FIRST_FIELD, NEXT_FIELD] = ['Its name', 'First field', 'Next field'];
    const [TYPE, IN_FULL, ANOTHER] = ['Type of ', 'Type in full', 'Add another resource?'];

    /** A session at the question about resources, in a narrow window without colours. */
    async function atResources(cwd: string) {
      const session = createInTerminal(['orders', '--description', 'x', ...FLAGS], {
        ...{ cwd, columns: 40, env: { NO_COLOR: '1' } },
      });
      await session.see(DEFAULTS);
      session.press(KEY.enter);
      await session.see(RESOURCE);
      session.press(KEY.down + KEY.enter);
      return session;
    }

    test('is described by its name and fields, and is in the command at the end', async () => {
      const cwd = emptyFolder();
      const session = await atResources(cwd);
      const answer = async (question: string, keys: string) => {
        await session.see(question);
        session.press(keys);
      };
      await answer(FIRST_NAME, 'match');
      await answer('Rust keyword', `${KEY.enter}${KEY.eraseLine}payment\r`);
      await answer(FIRST_FIELD, 'amount\r');
      await answer(`${TYPE}amount`, KEY.down.repeat(5) + KEY.enter);
      await answer(IN_FULL, 'i65');
      await answer('unknown type i65', `${KEY.eraseLine}i64:min=1\r`);
      await answer(NEXT_FIELD, 'user\r');
      await answer(`${TYPE}user`, KEY.up + KEY.enter);
      await answer(IN_FULL, KEY.enter);
      await answer(NEXT_FIELD, KEY.enter);
      await answer(ANOTHER, KEY.enter);
      await session.see('payments');
      await answer(CREATE, KEY.enter);
      expect(await session.ended).toBe(0);
      const words = session.text().replace(/\s*\\?\s+/g, ' ');
      expect(words).toContain("--resource 'payment amount:i64:min=1 user:ref(user)'");
      expect(existsSync(join(cwd, 'orders/src/models/payment.rs'))).toBe(true);
    });

    test('Esc leads back through its questions, and Ctrl-C writes nothing', async () => {
      const cwd = emptyFolder();
      const session = await atResources(cwd);
      await session.see(FIRST_NAME);
      session.press('payment\r');
      await session.see(FIRST_FIELD);
      session.press('amount\r');
      await session.see(TYPE);
      for (const question of [FIRST_FIELD, FIRST_NAME, RESOURCE, DEFAULTS]) {
        session.press(KEY.escape);
        await session.see(question);
      }
      session.press(KEY.enter);
      await session.see(RESOURCE);
      session.press(KEY.down + KEY.enter);
      await session.see(FIRST_NAME);
      session.press(KEY.interrupt);
      expect(await session.ended).toBe(130);
      expect(isCursorShown(session.raw())).toBe(true);
      expect(readdirSync(cwd)).toEqual([]);
    });
  });

  test('asks only for options that no flag sets', async () => {
    const cwd = emptyFolder();
    const given = axes.map((option) => `${option.flag}=${option.kind === 'list' ? 'none' : option.choices[0]?.id}`);
    const session = createInTerminal(['orders', '--description', 'x', ...given, '--resource=none', ...FLAGS], { cwd });
    await session.see(CREATE);
    for (const question of QUESTIONS.slice(0, -1)) expect(session.text()).not.toContain(`? ${question}`);
    session.press(KEY.enter);
    expect(await session.ended).toBe(0);
    expect(existsSync(join(cwd, 'orders/Cargo.toml'))).toBe(true);
  });

  test('asks nothing with --yes, or if CI is set', async () => {
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

  test.each([60, 45])('is readable at %i columns and has no colour with NO_COLOR', async (columns) => {
    const cwd = emptyFolder();
    const session = createInTerminal(FLAGS, { cwd, columns, env: { NO_COLOR: '1' } });
    for (const question of QUESTIONS.slice(0, -1)) {
      await session.see(question);
      session.press(replyTo(question));
    }
    await session.see(CREATE);
    session.press(KEY.enter);
    expect(await session.ended).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(session.raw()).not.toMatch(/\u001b\[[0-9;]*m/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: where the cursor is moved another piece begins
    const pieces = session.raw().split(/\r?\n|\u001b\[\d*[A-HJK]|\u001b[78]/);
    // Only paths are too long to fit beside their label.
    const tooLong = pieces.map(stripVTControlCharacters).filter((piece) => piece.length > columns);
    expect(tooLong.filter((piece) => !piece.includes(cwd))).toEqual([]);
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
    expect(session.text()).toContain('stopped  not all steps were done; the files are kept');
    // The folder comes first: typed in this order, no repository appears in the folder above.
    const [, next = ''] = /Next\s+([\s\S]*?)\n\s*\n/.exec(session.text()) ?? [];
    const commands = next.split('\n').map((line) => line.trim().replace(/ -- .*/, ''));
    expect(commands.filter((command) => !command.startsWith('#'))).toEqual([
      'cd orders',
      'cargo update --workspace',
      'cargo fetch',
      'git init --initial-branch=main',
      'git add --force',
      'git commit --message "Initial commit"',
      'cargo run',
    ]);
    expect(existsSync(join(cwd, 'orders/Cargo.toml'))).toBe(true);
  });
});

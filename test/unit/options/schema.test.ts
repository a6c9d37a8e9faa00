import { describe, expect, test } from 'vitest';
import { flagOf } from '../../../src/model/axes.ts';
import { RESERVED_KEYS } from '../../../src/model/manifest.ts';
import { describeOption } from '../../../src/options/describe.ts';
import { axisOptions } from '../../../src/options/schema.ts';
import { optionsTable } from '../../support/options-table.ts';
import { catalog } from '../fixtures/catalog.ts';
import { options } from '../fixtures/rules.ts';

describe('the option schema', () => {
  test('has one option for every axis, with the choices of the catalog in its order', () => {
    expect(axisOptions(catalog).map((option) => [option.key, option.choices.map((choice) => choice.id)])).toEqual(
      catalog.axes.map(({ id }) => [id, catalog.parts[id].map((part) => part.id)]),
    );
  });

  test('has no duplicate flags', () => {
    const flags = options.map((option) => option.flag);
    expect(new Set(flags).size).toBe(flags.length);
    const others = options.filter(({ kind }) => kind !== 'resource' && kind !== 'pack');
    expect(others.every((option) => option.flag === flagOf(option.key))).toBe(true);
  });

  test('keeps axes of packs off the keys of the other options', () => {
    const isAxis = (key: string) => catalog.axes.some(({ id }) => id === key);
    const others = options.map(({ key }) => key).filter((key) => !isAxis(key));
    expect(others.filter((key) => !RESERVED_KEYS.includes(key))).toEqual([]);
    expect(RESERVED_KEYS).toEqual(
      expect.arrayContaining(Object.getOwnPropertyNames(Object.prototype).filter((name) => !name.startsWith('__'))),
    );
  });

  test('every choice has exactly one default', () => {
    const choices = options.filter((option) => option.kind === 'choice');
    expect(choices.map((option) => option.choices.filter((choice) => choice.default).length)).toEqual(
      choices.map(() => 1),
    );
  });

  test('describes itself', () => {
    const described = Object.fromEntries(options.map((option) => [option.key, describeOption(option)]));
    expect(described).toMatchObject({
      name: { flag: '--name <name>', allowed: [], default: '' },
      database: { flag: '--database <id>', allowed: ['file', 'server'], default: 'file' },
      middleware: { flag: '--middleware <ids>', default: 'trace, limit' },
      git: { flag: '--[no-]git', default: 'on' },
      yes: { flag: '-y, --yes', default: '' },
    });
  });

  test('is a table with a row for each option', () => {
    const rows = optionsTable(options).split('\n').slice(2);
    expect(rows).toHaveLength(options.length);
    expect(rows).toContain('| `--database <id>` | Database: `file`, `server` | file |');
  });
});

import { describe, expect, test } from 'vitest';
import { renderProject as planAndRender } from '../../../src/commands/change/render-project.ts';
import type { ExpectedError } from '../../../src/model/errors.ts';
import { currentResources, stepsOf } from '../../../src/model/resource-history.ts';
import { printResource } from '../../../src/model/resource-syntax.ts';
import { effectsOfChange, problemsOfChange, problemsOfHistory } from '../../../src/plan/check-history.ts';
import { ALONE } from '../../../src/plan/placement.ts';
import { parsed } from '../../support/build-resources.ts';
import { options } from '../../support/project-in-memory.ts';
import { answersFor, catalog, renderProject } from '../../support/projects.ts';

const FIRST = 'payment amount:i64:min=1 code:string(8) status:enum(open|paid) user:ref(user) note:text?';
const changeTo = (text: string) => problemsOfChange(parsed(FIRST), parsed(text));

test('the last form of each resource counts, in the order of creation', () => {
  const history = ['bag x:bool', 'cup y:bool', 'bag x:bool z:bool?'].map(parsed);
  expect(currentResources(history).map(printResource)).toEqual(['bag x:bool z:bool?', 'cup y:bool']);
  expect(stepsOf(history).map(({ before, position }) => [before && printResource(before), position])).toEqual([
    [null, 0],
    [null, 1],
    ['bag x:bool', 2],
  ]);
});

test.each([
  ['a field more, which is optional', `${FIRST} due:date?`],
  ['a field less, even a required one', FIRST.replace('code:string(8) ', '')],
  ['another order', 'payment note:text? user:ref(user) status:enum(open|paid) code:string(8) amount:i64:min=1'],
  ['other limits', FIRST.replace('min=1', 'min=5:max=9')],
  ['a longer string', FIRST.replace('string(8)', 'string(9)')],
  ['more values, in any order', FIRST.replace('open|paid', 'paid|lost|open')],
  ['a required field that becomes optional', FIRST.replace('string(8)', 'string(8)?')],
  ['keys and indexes', FIRST.replace('string(8)', 'string(8):unique').replace('i64', 'i64:index')],
  ['an owner', FIRST.replace('ref(user)', 'ref(user):owner')],
])('%s is a change that rows allow', (_, text) => {
  expect(changeTo(text)).toEqual([]);
});

test.each([
  ['nothing that differs', FIRST, 'payment would not change', undefined],
  [
    'another plural',
    FIRST.replace('payment', 'payment/paid'),
    'the plural of payment is payments, and stays so',
    'payment/payments',
  ],
  [
    'a new required field',
    `${FIRST} due:date`,
    'the new field due of payment is required, but rows that are there already lack it',
    'an optional one: due:date?',
  ],
  [
    'a new owner',
    `${FIRST} by:ref(user):owner`,
    'the new field by of payment is required',
    'an optional one: by:ref(user)?',
  ],
  [
    'a shorter string',
    FIRST.replace('string(8)', 'string(7)'),
    'code of payment would become shorter than values',
    'string(8) or longer',
  ],
  [
    'a value less',
    FIRST.replace('open|paid', 'paid|x'),
    'status of payment would lose open, which rows may have',
    'enum(open|paid), and more',
  ],
  ['another type', FIRST.replace('i64', 'i32'), 'amount of payment cannot become amount:i32:min=1', 'amount:i64:min=1'],
  [
    'another reference',
    FIRST.replace('ref(user)', 'ref(payment)?'),
    'user of payment cannot become user:ref(payment)?',
    'user:ref(user)',
  ],
  [
    'a column of another type with the same name',
    FIRST.replace('user:ref(user)', 'user_id:uuid'),
    'user_id of payment cannot become user_id:uuid',
    'user:ref(user)',
  ],
  [
    'another deletion',
    FIRST.replace('ref(user)', 'ref(user):cascade'),
    'user of payment would change what is deleted with a row',
    'user:ref(user)',
  ],
  [
    'an optional field that becomes required',
    FIRST.replace('text?', 'text'),
    'note of payment would become required, but rows may lack it',
    'note:text?',
  ],
])('%s is refused', (_, text, message, allowed) => {
  const [problem, ...others] = changeTo(text);
  expect(others).toEqual([]);
  expect(problem?.message).toContain(message);
  expect(problem).toMatchObject({ code: 'unsafe-change', hint: expect.any(String), ...(allowed && { allowed }) });
});

test('everything that is wrong with a change is reported at once', () => {
  expect(
    changeTo('payment amount:i32 code:string(7) status:enum(open) user:ref(user) note:text due:date'),
  ).toHaveLength(5);
});

test('what loses data is said, and that a rename is none', () => {
  const effects = effectsOfChange(parsed(FIRST), parsed(FIRST.replace('code:string(8)', 'label:string(8)?:unique')));
  expect(effects.filter(({ losesData }) => losesData).map(({ text }) => text)).toEqual([
    'drops the column code of payments with its data',
  ]);
  expect(effects.map(({ text }) => text).join()).toContain('does not rename');
  const unique = effectsOfChange(parsed(FIRST), parsed(FIRST.replace('string(8)', 'string(8):unique')));
  expect(unique).toEqual([{ text: expect.stringContaining('fails while rows have the same value'), losesData: false }]);
});

const answers = answersFor({ framework: 'axum', dbLayer: 'sqlx', database: 'sqlite', auth: 'none' });

describe('a history', () => {
  const problemsOf = (...texts: readonly string[]) =>
    problemsOfHistory(texts.map(parsed), answers, catalog).map(({ message }) => message);

  test('is right if each step is', () => {
    expect(problemsOf('bag x:bool', 'cup b:ref(bag)', 'bag x:bool y:i32?', 'bag x:bool')).toEqual([]);
  });

  test.each([
    [
      'a step that is not safe, though a later one is',
      ['bag x:bool', 'bag x:bool y:i32', 'bag x:bool'],
      'the new field y of bag is required',
    ],
    ['a step that changes nothing', ['bag x:bool', 'bag x:bool'], 'bag would not change'],
    [
      'a name that no column can have, though it is gone',
      ['bag x:bool select:bool', 'bag x:bool'],
      'it is a reserved word of SQL',
    ],
    [
      'a reference to what came later',
      ['bag x:bool', 'cup y:bool', 'bag x:bool c:ref(cup)?'],
      'refers to cup, which comes after it',
    ],
    ['one that was there only for a while', ['bag x:bool d:ref(d)?', 'bag x:bool'], 'unknown resource d'],
  ])('with %s is refused', (_, texts, message) => {
    expect(problemsOf(...texts).join()).toContain(message);
  });

  test('that is too long is refused before anything else', () => {
    const history = Array.from({ length: 1001 }, (_, index) => (index % 2 ? 'bag x:bool' : 'bag x:bool y:bool?'));
    expect(problemsOf(...history)).toEqual(['resources were added and changed 1001 times']);
  });
});

describe('migrations', () => {
  const HISTORY = [
    'payment code:string(8):unique status:enum(open|paid) gone:bool:index user:ref(user)',
    'refund payment:ref(payment)',
    'payment code:string(9)? status:enum(open|paid|lost) user:ref(user) day:date?:index by:ref(user)?:unique',
    'payment code:string(99)? status:enum(open|paid|lost) user:ref(user) day:date?:index by:ref(user)?:unique',
  ].map(parsed);
  const filesFor = (database: string, dbLayer = 'sqlx') =>
    new Map(
      renderProject({ ...answers, dbLayer, database, resources: HISTORY } as typeof answers).map(({ path, text }) => [
        path,
        text,
      ]),
    );
  const statements = (database: string, direction: string) =>
    filesFor(database).get(`migrations/20260101000300_change_payments.${direction}.sql`);

  test('have the numbers of their steps, and there is none for a step that changes no table', () => {
    const names = [...filesFor('postgres').keys()].filter((path) => path.endsWith('.up.sql'));
    expect(names.map((path) => path.replace(/.*\/20260101|\.up\.sql/g, ''))).toEqual([
      '000000_create_users',
      '000100_create_payments',
      '000200_create_refunds',
      '000300_change_payments',
    ]);
    expect([...filesFor('mysql').keys()]).toContain('migrations/20260101000400_change_payments.up.sql');
  });

  test('that create a table have its first fields', () => {
    const created = filesFor('sqlite').get('migrations/20260101000100_create_payments.up.sql');
    expect(created).toContain('gone       INTEGER NOT NULL,');
    expect(created).not.toContain('day');
  });

  test('use what PostgreSQL has, up and down', () => {
    expect(statements('postgres', 'up')).toBe(`ALTER TABLE payments DROP COLUMN gone;
ALTER TABLE payments DROP CONSTRAINT payments_code_key;
ALTER TABLE payments ALTER COLUMN code DROP NOT NULL;
ALTER TABLE payments DROP CONSTRAINT payments_status_check;
ALTER TABLE payments ADD CHECK (status IN ('open', 'paid', 'lost'));
ALTER TABLE payments ADD COLUMN day date;
CREATE INDEX payments_day ON payments (day);
ALTER TABLE payments ADD COLUMN by_id uuid UNIQUE REFERENCES users (id);
`);
    expect(statements('postgres', 'down')).toBe(`ALTER TABLE payments DROP COLUMN day;
ALTER TABLE payments DROP COLUMN by_id;
ALTER TABLE payments ADD UNIQUE (code);
ALTER TABLE payments ALTER COLUMN code SET NOT NULL;
ALTER TABLE payments DROP CONSTRAINT payments_status_check;
ALTER TABLE payments ADD CHECK (status IN ('open', 'paid'));
ALTER TABLE payments ADD COLUMN gone boolean NOT NULL;
CREATE INDEX payments_gone ON payments (gone);
`);
  });

  test('make columns anew on SQLite, which cannot change them', () => {
    expect(statements('sqlite', 'up')).toBe(`DROP INDEX payments_gone;
ALTER TABLE payments DROP COLUMN gone;
DROP INDEX payments_code_key;
ALTER TABLE payments RENAME COLUMN code TO code__before;
ALTER TABLE payments ADD COLUMN code TEXT;
UPDATE payments SET code = code__before;
ALTER TABLE payments DROP COLUMN code__before;
ALTER TABLE payments RENAME COLUMN status TO status__before;
ALTER TABLE payments ADD COLUMN status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'lost'));
UPDATE payments SET status = status__before;
ALTER TABLE payments DROP COLUMN status__before;
ALTER TABLE payments ADD COLUMN day TEXT;
CREATE INDEX payments_day ON payments (day);
ALTER TABLE payments ADD COLUMN by_id BLOB REFERENCES users (id);
CREATE UNIQUE INDEX payments_by_id_key ON payments (by_id);
`);
  });

  test('make a column anew once, whatever changes of it', () => {
    const history = ['bag kind:enum(a|b)', 'bag kind:enum(a|b|c)?'].map(parsed);
    const files = renderProject({ ...answers, resources: history });
    const [down, up] = files.filter(({ path }) => path.includes('change_bags')).map(({ text }) => text);
    expect(up).toBe(`ALTER TABLE bags RENAME COLUMN kind TO kind__before;
ALTER TABLE bags ADD COLUMN kind TEXT CHECK (kind IN ('a', 'b', 'c'));
UPDATE bags SET kind = kind__before;
ALTER TABLE bags DROP COLUMN kind__before;
`);
    expect(down).toBe(`ALTER TABLE bags RENAME COLUMN kind TO kind__before;
ALTER TABLE bags ADD COLUMN kind TEXT NOT NULL DEFAULT 'a' CHECK (kind IN ('a', 'b'));
UPDATE bags SET kind = kind__before;
ALTER TABLE bags DROP COLUMN kind__before;
`);
  });

  test('restate columns on MySQL, and name what they drop', () => {
    const history = [
      'payment code:string(8):unique gone:bool:index user:ref(user)',
      'payment code:string(9)? user:ref(user) status:enum(open|paid)? by:ref(user)?',
      'payment code:string(9)? user:ref(user) status:enum(open|paid|lost)?:index',
    ].map(parsed);
    const files = renderProject({ ...answers, database: 'mysql', resources: history });
    const [second, third] = files.filter(({ path }) => path.endsWith('change_payments.up.sql')).map(({ text }) => text);
    expect(second).toBe(`ALTER TABLE payments DROP COLUMN gone;
ALTER TABLE payments DROP INDEX code;
ALTER TABLE payments MODIFY COLUMN code VARCHAR(9);
ALTER TABLE payments ADD COLUMN status VARCHAR(50) COLLATE utf8mb4_bin;
ALTER TABLE payments ADD CONSTRAINT payments_status_check CHECK (status IN ('open', 'paid'));
ALTER TABLE payments ADD COLUMN by_id BINARY(16);
CREATE INDEX payments_by_id ON payments (by_id);
ALTER TABLE payments ADD CONSTRAINT payments_by_id_fkey FOREIGN KEY (by_id) REFERENCES users (id);
`);
    expect(third).toBe(`ALTER TABLE payments DROP FOREIGN KEY payments_by_id_fkey;
ALTER TABLE payments DROP COLUMN by_id;
CREATE INDEX payments_status ON payments (status);
ALTER TABLE payments DROP CONSTRAINT payments_status_check;
ALTER TABLE payments ADD CONSTRAINT payments_status_check CHECK (status IN ('open', 'paid', 'lost'));
`);
  });

  test.each([
    ['mysql', 'sqlx', ['drop payments gone_id', 'give payments status']],
    ['sqlite', 'sea-orm', ['drop payments gone_id', 'make payments code', 'give payments status']],
    ['sqlite', 'sqlx', []],
    ['postgres', 'sea-orm', []],
  ])('that are impossible on %s with %s are refused', (database, dbLayer, expected) => {
    const history = [
      'payment code:string(8):unique status:enum(open|paid) gone:ref(user)',
      'payment code:string(8) status:enum(open|paid|lost) late:enum(a|b)?',
      'payment code:string(8) status:enum(open|paid|lost) late:enum(a|b|c)?',
    ].map(parsed);
    const problemsOf = () => {
      try {
        const changed = { ...answers, dbLayer, database, resources: history } as typeof answers;
        planAndRender(changed, { placement: ALONE, migrations: {} }, [], options);
        return [];
      } catch (error) {
        return (error as ExpectedError).problems.map(({ message }) => message);
      }
    };
    const shortened = problemsOf().map((message) =>
      message.replace(/the table (\w+) was created with (\w+), which .* cannot (\w+).*/, '$3 $1 $2'),
    );
    expect(shortened).toEqual(expected);
  });

  test.each([
    ['sqlite', 'user_id created_at updated_at code status day by_id'],
    ['postgres', 'code status user_id created_at updated_at day by_id'],
  ])('leave the columns in the order that schema.rs has on %s', (database, columns) => {
    const schema = filesFor(database, 'diesel').get('src/db/schema.rs') ?? '';
    const table = /payments \(id\) \{([^}]*)\}/.exec(schema)?.[1] ?? '';
    expect([...table.matchAll(/(\w+) ->/g)].map(([, name]) => name)).toEqual(['id', ...columns.split(' ')]);
  });

  test('are numbered by SeaORM on SQLite as it finds the keys: those of columns that were added come first', () => {
    const history = ['pot mother:ref(pot)?', 'pot mother:ref(pot)? a:ref(pot)? b:ref(pot)?'].map(parsed);
    const files = renderProject({ ...answers, dbLayer: 'sea-orm', resources: history } as typeof answers);
    const entity = files.find(({ path }) => path === 'src/db/entity/pots.rs')?.text ?? '';
    const relations = [...entity.matchAll(/relation_enum = "(\w+)",\s+from = "(\w+)"/g)];
    expect(Object.fromEntries(relations.map(([, name, column]) => [column, name]))).toEqual({
      a_id: 'SelfRef1',
      b_id: 'SelfRef2',
      mother_id: 'SelfRef3',
    });
  });

  test('are listed by SeaORM', () => {
    const list = filesFor('postgres', 'sea-orm').get('src/db/migration/mod.rs');
    expect(list).toContain('Box::new(m20260101_000300_change_payments::Migration),');
    expect(list).not.toContain('000400');
  });
});

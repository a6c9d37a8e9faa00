import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KINDS } from '../../../src/model/resource.ts';
import { parseResource, printResource } from '../../../src/model/resource-syntax.ts';

/** The only field of a resource that has no problem. */
function fieldOf(text: string) {
  const { resource, problems } = parseResource(`thing ${text}`);
  expect(problems).toEqual([]);
  return resource?.fields[0];
}

function problemsOf(text: string) {
  return parseResource(text).problems;
}

describe('a resource', () => {
  test('has a name and fields', () => {
    const text =
      'payment amount_cents:i64:min=1 currency:string(3) description:text? status:enum(pending|paid|failed) user:ref(user)';
    const { resource } = parseResource(text);
    expect(resource).toMatchObject({ singular: 'payment', plural: 'payments' });
    expect(resource?.fields.map(({ name, type, optional }) => [name, type, optional])).toEqual([
      ['amount_cents', { kind: 'i64' }, false],
      ['currency', { kind: 'string', length: 3 }, false],
      ['description', { kind: 'text' }, true],
      ['status', { kind: 'enum', values: ['pending', 'paid', 'failed'] }, false],
      ['user', { kind: 'ref', resource: 'user' }, false],
    ]);
    expect(JSON.parse(JSON.stringify(resource))).toEqual(resource);
  });

  test.each([
    ['person x:bool', 'person', 'people'],
    ['audit_log x:bool', 'audit_log', 'audit_logs'],
    ['hero/champions x:bool', 'hero', 'champions'],
  ])('%s: its plural is the usual one, or given', (text, singular, plural) => {
    expect(parseResource(text).resource).toMatchObject({ singular, plural });
  });

  test.each([
    ['', 'the resource "" has no name'],
    ['amount:i64', 'the resource "amount:i64" has no name'],
    ['Payment x:bool', '"Payment" cannot be the name of a resource'],
    ['a/b/c x:bool', '"a/b/c" cannot be the name of a resource'],
    ['payment/Payments x:bool', '"Payments" cannot be the name of a resource'],
    ['series x:bool', 'the singular and the plural of the resource series are the same'],
    ['payments x:bool', 'the singular and the plural of the resource payments are the same'],
    ['payment', 'the resource payment has no fields'],
    [`payment ${'x:bool '.repeat(30)}`, 'the resource payment has 30 fields'],
    [`payment ${' '.repeat(10_000)}`, 'a resource is described with 10008 characters'],
  ])('%s: is refused', (text, message) => {
    expect(problemsOf(text).map((problem) => problem.message)).toContain(message);
  });
});

test.each([
  ['OrderItem x:bool', 'did you mean order_item?'],
  ['Payments x:bool', 'did you mean payment?'],
  ['order-item x:bool', 'did you mean order_item?'],
  ['a/b/c x:bool', 'person/people'],
  ['series x:bool', 'name both: series/series_list'],
  ['payments x:bool', 'did you mean payment? Or name both: payments/payments_list'],
  ['payment', 'for example: product name:string(100) price_cents:i64:min=0'],
])('%s: the error says what to do', (text, hint) => {
  expect(problemsOf(text).map((problem) => problem.hint)).toEqual([hint]);
});

describe('a field', () => {
  test('may have blanks in parentheses', () => {
    expect(fieldOf('price:decimal(10, 2)')?.type).toEqual({ kind: 'decimal', precision: 10, scale: 2 });
  });

  test.each([
    ['x:i64:min=-0:max=007', { min: '0', max: '7' }],
    ['x:f64:min=1:max=2.50', { min: '1.0', max: '2.5' }],
    ['x:f64:min=0.000001', { min: '0.000001' }],
    ['x:decimal(10,2):min=1:max=0099.5', { min: '1.00', max: '99.50' }],
    ['x:decimal(2,2):min=-0.5', { min: '-0.50' }],
    ['x:string(9):min=3:unique', { min: '3', unique: true }],
    ['x:ref(user)?:cascade', { optional: true, cascade: true }],
    ['x:ref(user):owner', { owner: true }],
  ])('%s: has modifiers, bounds in their shortest form', (text, expected) => {
    expect(fieldOf(text)).toMatchObject(expected);
  });

  test.each([
    ['x', 'has no type', /^string\(100\), text, .*ref\(user\)$/],
    ['X:bool', 'has a name that is not allowed', /^lowercase letters/],
    [`${'x'.repeat(29)}:bool`, 'has a name that is not allowed', /at most 28/],
    ['x:i65', 'has the unknown type i65', /i64/],
    ['x:bool(1)', 'has a type in parentheses', /^bool$/],
    ['x:string', 'has the type string without parentheses', /from 1 to 500/],
    ['x:string(0)', 'has the type string(0)', /from 1 to 500/],
    ['x:decimal(29,2)', 'has the type decimal(29,2)', /at most 28/],
    ['x:decimal(2,3)', 'has the type decimal(2,3)', /after the point/],
    ['x:enum(a|a)', 'has the type enum(a|a)', /different values/],
    ['x:enum(self)', 'has the type enum(self)', /not self/],
    ['x:enum(step_1)', 'has the type enum(step_1)', /no digit after an underscore/],
    ['x:ref(User)', 'has the type ref(User)', /in the singular/],
    ['x:bool:cool', 'has the unknown modifier :cool', /^:index$/],
    ['x:json:cool', 'has the unknown modifier :cool', /^none$/],
    ['x:bool:optional', 'has the unknown modifier :optional', undefined],
    ['x:bool:unique', 'cannot be :unique', /string/],
    ['x:text:index', 'cannot be :index', /string/],
    ['x:string(9):max=5', 'cannot be :max', /i64/],
    ['x:i32:min', 'has :min', /:min= and a whole number from -2147483648 to 2147483647/],
    ['x:i32:max=2147483648', 'has :max=2147483648', /2147483647/],
    ['x:decimal(4,2):max=100', 'has :max=100', /at most 2 digits before/],
    ['x:i32:index=1', 'has :index=1', /^:index$/],
    ['x:i32:index:index', 'has :index twice', undefined],
    ['x:i32:min=2:max=1', 'has a minimum above its maximum', undefined],
    ['x:i32:unique:index', 'is both :unique and :index', undefined],
    ['x:ref(user)?:owner', 'is optional and :owner', undefined],
  ])('%s: is refused, with what is allowed', (text, what, allowed) => {
    const [problem, ...others] = problemsOf(`thing ${text}`);
    expect(others).toEqual([]);
    expect(problem?.message).toBe(`the field "${text}" of thing ${what}`);
    if (allowed !== undefined) expect(problem?.allowed).toMatch(allowed);
  });

  test.each([
    ['varchar(20)', 'string(20)'],
    ['varchar', 'string(100)'],
    ['strng(20)', 'string(20)'],
    ['timestmp', 'timestamp'],
    ['numeric(12,2)', 'decimal(12,2)'],
    ['Int', 'i32'],
    ['I64', 'i64'],
    ['references(user)', 'ref(user)'],
  ])('%s: the error names the type that is meant', (type, meant) => {
    expect(problemsOf(`thing x:${type}`)[0]?.hint).toBe(`did you mean ${meant}?`);
  });

  test.each([
    ['x:i64:uniq', 'did you mean :unique?'],
    ['x:i64:indexed', 'did you mean :index?'],
    ['x:i64:minimum=1', 'did you mean :min?'],
    ['x:string(9):nullable', 'a question mark makes a field optional: string(9)?'],
    ['unitPrice:i64', 'did you mean unit_price?'],
  ])('%s: the error says what is meant', (field, hint) => {
    expect(problemsOf(`thing ${field}`).map((problem) => problem.hint)).toEqual([hint]);
  });

  test('all problems are reported at once', () => {
    expect(problemsOf('thing X:i65 y:string:cool z:i64:min=a:unique:index')).toHaveLength(6);
  });
});

const NAMES = ['a', 'total', 'amount_cents', 'x1', 'line_2', 'z'.repeat(28)];
const bounds = (texts: readonly string[]) => fc.option(fc.constantFrom(...texts), { nil: null });
const flag = fc.boolean();

/** Fields in any spelling that is allowed. */
const fieldText = fc
  .record({
    name: fc.constantFrom(...NAMES),
    kind: fc.constantFrom(...KINDS),
    ...{ optional: flag, unique: flag, index: flag, cascade: flag, blank: flag },
    min: bounds(['0', '-0', '1', '001']),
    max: bounds(['2', '5', '09']),
  })
  .map(({ name, kind, optional, unique, index, cascade, blank, min, max }) => {
    const parameters = {
      string: '(9)',
      decimal: blank ? '( 5, 2 )' : '(5,2)',
      enum: blank ? '(a | b_c)' : '(a|b_c)',
      ref: '(user)',
    };
    const type = kind + ((parameters as Record<string, string>)[kind] ?? '');
    const isMeasured = ['text', 'i32', 'i64', 'f64', 'decimal'].includes(kind);
    const isCompared = !['text', 'json', 'bool', 'f64'].includes(kind);
    const modifiers = [
      isCompared && unique ? ':unique' : '',
      isCompared && index && !unique && kind !== 'ref' ? ':index' : '',
      (isMeasured || kind === 'string') && min !== null ? `:min=${min}` : '',
      isMeasured && max !== null ? `:max=${max}` : '',
      kind === 'ref' && cascade ? ':cascade' : '',
    ];
    // The order of modifiers does not matter.
    return `${name}:${type}${optional ? '?' : ''}${(blank ? modifiers.reverse() : modifiers).join('')}`;
  });

test('what is printed is canonical: it means the same, and is printed in the same way', () => {
  const text = fc
    .tuple(fc.constantFrom('thing', 'person', 'hero/champions'), fc.array(fieldText, { minLength: 1, maxLength: 6 }))
    .map(([name, fields]) => [name, ...fields].join('  '));
  const check = (given: string) => {
    const { resource, problems } = parseResource(given);
    expect(problems).toEqual([]);
    if (resource === null) throw new Error('no resource');
    const printed = printResource(resource);
    expect(parseResource(printed).resource).toEqual(resource);
    expect(printed).not.toMatch(/ {2}|[( ]\s|optional/);
  };
  fc.assert(fc.property(text, check), { numRuns: 300 });
});

test('no text makes the parser throw or hang, and each is either a resource or has problems', () => {
  const pieces = fc.constantFrom(
    ...[
      'thing',
      'a:',
      'string(',
      ')',
      '(',
      '|',
      ':',
      '?',
      '=',
      '/',
      ' ',
      'enum(a|b',
      'min=1',
      ':unique',
      '\n',
      '\u0000',
    ],
    ...['decimal(9', ',', 'ref(x)', '🦀', '__proto__', 'constructor:text', 'toString', '(('],
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  const check = (given: string) => {
    const started = process.cpuUsage();
    const { resource, problems } = parseResource(given);
    expect(process.cpuUsage(started).user).toBeLessThan(500_000);
    expect(resource === null).toBe(problems.length > 0);
    for (const { code, message } of problems) expect([code, message].every((each) => each.length > 0)).toBe(true);
  };
  fc.assert(fc.property(text, check), { numRuns: 2000 });
  for (const repeated of ['(', ')', 'a:(', 'x:enum(', ':', '(()', 'a:b(c) ']) check(repeated.repeat(2000));
});

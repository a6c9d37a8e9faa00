import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/model/answers.ts';
import { parseResource } from '../../../src/model/resource-syntax.ts';
import { problemsOfResources } from '../../../src/plan/check-resources.ts';
import { catalog } from '../../support/projects.ts';

function problemsOf(texts: readonly string[], chosen: Partial<Answers> = {}) {
  const resources = texts.flatMap((text) => {
    const { resource, problems } = parseResource(text);
    expect(problems).toEqual([]);
    return resource ?? [];
  });
  return problemsOfResources(resources, chosen, catalog);
}

const GOOD = 'payment amount_cents:i64 status:enum(open|closed) user:ref(user)';

test('a payment and what refers to it have no problem', () => {
  expect(problemsOf([GOOD, 'refund payment:ref(payment):cascade parent:ref(refund)? owner:ref(user)'])).toEqual([]);
});

describe.each([
  ['match x:bool', 'no resource can be called match: it is a Rust keyword'],
  ['datum/keys x:bool', 'no resource can be called keys: it is a reserved word of SQL, so it cannot be a table'],
  ['thing/sqlite_things x:bool', 'no resource can be called sqlite_things: tables of the database itself begin so'],
  ['con x:bool', 'no resource can be called con: no file can have that name on Windows'],
  ['user/members x:bool', 'no resource can be called user: the resource user has that name'],
  ['thing/users x:bool', 'no resource can be called users: the resource user has that name'],
  ['page x:bool', 'no resource can be called page: the code of the service uses that name'],
  ['email x:bool', 'no resource can be called email: the service may have src/models/email.rs for something else'],
  [
    'thing/errors x:bool',
    'no resource can be called errors: the service may have tests/api/errors.rs for something else',
  ],
  ['secret/credentials x:bool', 'no resource can be called credentials: the code of the service uses that name'],
  ['new_user x:bool', 'the type NewUser would belong to both new_user and user'],
  ['thing id:uuid', 'the field id of thing cannot have that name: every resource has it already'],
  ['thing type:text', 'the field type of thing cannot have that name: it is a Rust keyword'],
  ['thing order:i32', 'the field order of thing cannot have that name: it is a reserved word of SQL'],
  ['thing/stuff stuff:text', 'the field stuff of thing cannot have that name: its table has that name'],
  ['thing x:bool x:text', 'the field x of thing cannot have that name: another field has that name'],
  [
    'thing user:ref(user) user_id:uuid',
    'the field user_id of thing cannot have that name: another field has that name',
  ],
  ['thing line_1:text line1:text', 'the field line1 of thing cannot have that name: it is too similar to line_1'],
  ['thing other:ref(other)', 'the field other of thing refers to the unknown resource other'],
  ['thing parent:ref(thing)', 'the field parent of thing refers to thing itself, so there could be no first one'],
  ['thing a:ref(user):owner b:ref(user):owner', 'thing has 2 owners'],
])('%s', (text, message) => {
  test('is refused', () => {
    expect(problemsOf([text]).map((problem) => problem.message)).toEqual([message]);
  });
});

test('a resource refers to earlier ones', () => {
  const [problem] = problemsOf(['refund payment:ref(payment)', GOOD]);
  expect(problem?.message).toBe('the field payment of refund refers to payment, which comes after it');
  expect(problem?.hint).toBe('give payment first');
});

test('resources that refer to each other cannot be put in order', () => {
  const [problem, ...others] = problemsOf(['alpha b:ref(beta)', 'beta c:ref(gamma)?', 'gamma a:ref(alpha)']);
  expect(problem?.hint).toBe(
    'they refer to each other: leave out one reference, and add it in a migration of your own',
  );
  expect(others.map(({ message }) => message)).toEqual(['the field c of beta refers to gamma, which comes after it']);
});

test.each([
  ['refund payment:ref(paymnt)', 'did you mean payment?'],
  ['refund payment:ref(payments)', 'did you mean payment?'],
  ['refund account:ref(account)', 'there has to be one before refund, such as "account name:string(100)"'],
])('%s: the error says what is meant', (text, hint) => {
  expect(problemsOf([GOOD, text]).map((problem) => problem.hint)).toEqual([hint]);
});

test('there can be a hundred resources', () => {
  const some = (count: number) => Array.from({ length: count }, (_, index) => `thing_${index} x:bool`);
  expect(problemsOf(some(100))).toEqual([]);
  expect(problemsOf(some(101))).toMatchObject([{ message: '101 resources were given', allowed: 'at most 100' }]);
});

test('resources have names, types and constraints of their own', () => {
  const messages = (...texts: string[]) => problemsOf(texts).map((problem) => problem.message);
  expect(messages(GOOD, GOOD)).toEqual([
    'no resource can be called payment: the resource payment has that name',
    'no resource can be called payments: the resource payment has that name',
  ]);
  expect(messages(GOOD, 'payment_status x:bool')).toEqual([
    'the type PaymentStatus would belong to both payment_status and payment',
  ]);
  expect(messages('alpha/a_list b_c:bool', 'beta/a_list_b c:bool')).toEqual([
    'constraints called a_list_b_c_… would belong to both beta and alpha',
  ]);
});

test('an owner is a caller who signs in', () => {
  const owned = 'note text_body:text author:ref(user):owner';
  expect(problemsOf([owned])).toEqual([]);
  expect(problemsOf([owned], { auth: 'jwt' })).toEqual([]);
  expect(problemsOf([owned], { auth: 'none' })).toMatchObject([
    {
      message: 'the field author of note is :owner, but nobody signs in with none',
      hint: '--auth jwt or session; or leave out :owner',
    },
  ]);
  expect(problemsOf([GOOD, 'refund payment:ref(payment):owner'])).toMatchObject([
    { message: 'the field payment of refund is :owner, but refers to payment', allowed: ':owner on a ref(user)' },
  ]);
});

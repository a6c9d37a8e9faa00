import { expect, test } from 'vitest';
import type { Answers } from '../../../src/model/answers.ts';
import { printResource } from '../../../src/model/resource-syntax.ts';
import { BACK, interview, type Prompter, type Question, type Reply } from '../../../src/options/interview.ts';
import type { Chosen } from '../../../src/options/questions.ts';
import { resourceSteps } from '../../../src/options/resource-questions.ts';
import { rules } from '../fixtures/rules.ts';

/** The resources that replies in order come to, and the questions. */
async function resourcesOf(replies: readonly (Reply | typeof BACK)[], chosen: Partial<Answers> = {}) {
  const [rest, asked]: [(Reply | typeof BACK)[], Question[]] = [[...replies], []];
  const prompter: Prompter = {
    async ask(question) {
      asked.push(question);
      const reply = rest.shift();
      if (reply === undefined) throw new Error(`no reply to ${question.message}`);
      if (question.kind === 'text' && reply !== BACK) expect(question.check(String(reply))).toBeNull();
      return reply;
    },
  };
  const state = await interview(resourceSteps<Chosen>(rules), { chosen, origins: {} }, prompter);
  expect(rest).toEqual([]);
  return { resources: (state.chosen.resources ?? []).map(printResource), asked };
}

test('no resource is one question', async () => {
  const { resources, asked } = await resourcesOf(['no']);
  expect(resources).toEqual([]);
  expect(asked.map(({ message }) => message)).toEqual(['Add a resource?']);
});

test('a resource has a name, then fields until there are no more; then there may be another', async () => {
  const payment = ['yes', 'payment', 'amount', 'i64', 'i64:min=1', 'note', 'text', 'text?', ''];
  const refund = ['yes', 'refund', 'payment', 'ref', 'ref(payment):cascade', ''];
  const { resources, asked } = await resourcesOf([...payment, ...refund, 'no']);
  expect(resources).toEqual(['payment amount:i64:min=1 note:text?', 'refund payment:ref(payment):cascade']);
  expect(asked.map(({ message }) => message).slice(0, 6)).toEqual([
    ...['Add a resource?', 'Its name, in the singular', 'First field', 'Type of amount'],
    ...['Type in full (? optional, :unique, :index, :min=, :max=)', 'Next field (empty: no more)'],
  ]);
  expect(asked[4]).toMatchObject({ kind: 'text', initial: 'i64' });
  // A field that is called after a resource refers to it.
  expect(asked.filter(({ message }) => message.startsWith('Type in full')).at(-1)).toMatchObject({
    ...{ message: 'Type in full (? optional, :unique, :cascade, :owner)', initial: 'ref(payment)' },
  });
  expect(asked.at(-1)).toMatchObject({ message: 'Add another resource?', choices: [{ hint: 'payment, refund' }, {}] });
});

test('going back changes an earlier reply', async () => {
  const replies: readonly (Reply | typeof BACK)[] = [
    'yes',
    'payment',
    'amount',
    'bool',
    BACK,
    'i64',
    'i64',
    BACK,
    'i32',
    '',
    'no',
  ];
  // After BACK from the next field, its type is asked again.
  expect((await resourcesOf(replies)).resources).toEqual(['payment amount:i32']);
});

test('wrong names and types are refused as they are typed', async () => {
  const { asked } = await resourcesOf(['yes', 'payment', 'amount', 'i64', 'i64', '', 'no']);
  const check = (index: number, text: string) => {
    const question = asked[index];
    return question?.kind === 'text' ? question.check(text) : null;
  };
  expect(check(1, 'match')).toMatch(/is a Rust keyword/);
  expect(check(1, 'OrderItem')).toMatch(/did you mean order_item/);
  expect(check(1, 'order item')).toMatch(/a name is one word/);
  const [, name, first, , , next] = asked.map((question) =>
    question.kind === 'text' ? question.checkOnEnter('') : null,
  );
  expect(await Promise.all([name, first, next])).toEqual(['nothing was entered', 'nothing was entered', null]);
  // It may become a reference, whose column is order_id.
  expect(check(2, 'order')).toBeNull();
  expect(check(2, 'match:')).toMatch(/a name is one word/);
  expect(check(2, 'amount:i64')).toMatch(/a name is one word/);
  expect(check(4, 'i65')).toMatch(/unknown type i65/);
  expect(check(4, 'ref(paymnt)')).toMatch(/unknown resource paymnt/);
  expect(check(5, 'amount')).toMatch(/another field has that name/);
  expect(check(5, '')).toBeNull();
});

test('nothing is asked if resources were given', async () => {
  expect((await resourcesOf([], { resources: [] })).asked).toEqual([]);
});

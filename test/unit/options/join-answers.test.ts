import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/model/answers.ts';
import { parseResource, printResource } from '../../../src/model/resource-syntax.ts';
import { joinAnswers } from '../../../src/options/join-answers.ts';
import { axisOptions } from '../../../src/options/schema.ts';
import { catalog } from '../../support/projects.ts';

const AXES = axisOptions(catalog);

interface Change extends Partial<Omit<Answers, 'resources'>> {
  readonly resources?: readonly string[];
}

function answers({ resources = [], ...others }: Change = {}): Answers {
  return {
    ...{
      name: 'orders',
      description: 'An HTTP API',
      framework: 'axum',
      dbLayer: 'sqlx',
      database: 'sqlite',
      auth: 'none',
    },
    ...{ middleware: ['request-id', 'cors'], features: ['openapi'] },
    ...others,
    resources: resources.flatMap((text) => parseResource(text).resource ?? []),
  };
}

function join(base: Change, ours: Change, theirs: Change, first: 'ours' | 'theirs' = 'ours') {
  const sides = { base: answers(base), ours: answers({ ...base, ...ours }), theirs: answers({ ...base, ...theirs }) };
  const joined = joinAnswers(sides, first, AXES);
  return { ...joined, resources: joined.answers.resources.map(printResource) };
}

describe('the answers of two branches', () => {
  test('have what either chose otherwise', () => {
    const { answers, problems } = join({}, { database: 'postgres' }, { auth: 'jwt', description: 'Sells tea' });
    expect(problems).toEqual([]);
    expect(answers).toMatchObject({ database: 'postgres', auth: 'jwt', description: 'Sells tea', framework: 'axum' });
  });

  test('have what either added to a list, and lack what either removed, in the order of the catalog', () => {
    const { answers, problems } = join(
      {},
      { middleware: ['request-id', 'cors', 'metrics'] },
      { middleware: ['request-id', 'timeout'] },
    );
    expect(problems).toEqual([]);
    expect(answers.middleware).toEqual(
      AXES.find(({ key }) => key === 'middleware')
        ?.choices.map(({ id }) => id)
        .filter((id) => ['request-id', 'metrics', 'timeout'].includes(id)),
    );
  });

  test('are a problem where both chose differently, each of them', () => {
    const { problems } = join({}, { database: 'postgres', auth: 'jwt' }, { database: 'mysql', auth: 'session' });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('answers.database is "postgres" on one branch and "mysql" on the other'),
      expect.stringContaining('answers.auth'),
    ]);
  });

  test.each([
    ['ours', ['order id:i32', 'tea name:text', 'cup size:i32']],
    ['theirs', ['order id:i32', 'cup size:i32', 'tea name:text']],
  ] as const)('have the resources of both, those of one first: %s', (first, expected) => {
    const [base, ours, theirs] = [
      ['order id:i32'],
      ['order id:i32', 'tea name:text'],
      ['order id:i32', 'cup size:i32'],
    ];
    const { resources, problems } = join({ resources: base }, { resources: ours }, { resources: theirs }, first);
    expect(problems).toEqual([]);
    expect(resources).toEqual(expected);
  });

  test('have a resource that both added alike once, and with the fields that each added or dropped', () => {
    const base = ['tea name:string(9) old:i32'];
    const ours = [...base, 'cup size:i32', 'tea name:string(9) old:i32 price:i64?'];
    const theirs = [...base, 'tea name:string(9):unique', 'cup size:i32', 'tea name:string(9):unique origin:text?'];
    const { resources, problems } = join({ resources: base }, { resources: ours }, { resources: theirs });
    expect(problems).toEqual([]);
    expect(resources).toEqual([
      ...ours,
      'tea name:string(9):unique price:i64?',
      'tea name:string(9):unique price:i64? origin:text?',
    ]);
  });

  test('of a branch that was rebased begin with what the other one has', () => {
    const { resources, problems } = join(
      { resources: ['cup size:i32'] },
      { resources: ['tea name:text', 'cup size:i32'] },
      { resources: ['cup size:i32', 'mug size:i32'] },
    );
    expect(problems).toEqual([]);
    expect(resources).toEqual(['tea name:text', 'cup size:i32', 'mug size:i32']);
  });

  test.each([
    ['made the same resource with other fields', [], ['tea name:text'], ['tea title:text']],
    [
      'changed a field differently',
      ['tea name:string(9)'],
      ['tea name:string(9)', 'tea name:string(20)'],
      ['tea name:string(9)', 'tea name:string(30)'],
    ],
    [
      'changed a field that the other dropped',
      ['tea name:text size:i32'],
      ['tea name:text size:i32', 'tea name:text'],
      ['tea name:text size:i32', 'tea name:text size:i32?'],
    ],
    ['have no common history', ['tea name:text'], ['cup size:i32'], ['mug size:i32']],
  ])('are a problem where both %s', (_, base, ours, theirs) => {
    const { problems } = join({ resources: base }, { resources: ours }, { resources: theirs });
    expect(problems).toMatchObject([{ code: 'different-answers' }]);
  });
});

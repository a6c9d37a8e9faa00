import { describe, expect, test } from 'vitest';
import { readFlags } from '../../../src/options/flags.ts';
import { completeAnswers, readRequest } from '../../../src/options/resolve.ts';
import { axes, options, rules } from '../fixtures/rules.ts';

const request = async (...argv: string[]) => readRequest(await readFlags(options, argv), options, rules);
const SEE_LIST = 'create-api list --combinations lists the supported combinations';
const complete = async (...argv: string[]) =>
  completeAnswers({ name: 'svc', ...(await request(...argv)).request.chosen }, axes, rules);

describe('readRequest', () => {
  test('without flags nothing is chosen and settings have their defaults', async () => {
    expect(await request()).toEqual({
      problems: [],
      request: {
        directory: null,
        chosen: {},
        origins: {},
        presets: [],
        settings: {
          install: true,
          git: true,
          verify: false,
          requestedSteps: [],
          onConflict: 'fail',
          workspace: null,
          dryRun: false,
          yes: false,
          json: false,
        },
      },
    });
  });

  test('only the given options are chosen', async () => {
    const argv = ['svc', '--name', 'other', '--description', 'Sells tea', '--framework', 'wren', '--features', 'none'];
    expect(await request(...argv)).toMatchObject({
      problems: [],
      request: {
        directory: 'svc',
        chosen: { name: 'other', description: 'Sells tea', framework: 'wren', features: [] },
      },
    });
  });

  test('only steps given by flag are requested', async () => {
    const { settings } = (await request('--install', '--verify', '--no-git')).request;
    expect(settings).toMatchObject({ install: true, verify: true, git: false, requestedSteps: ['install', 'verify'] });
  });

  test('resources are read, and all that is wrong with them is reported at once', async () => {
    const good = ['--resource', 'payment total:i64', '--resource', 'refund payment:ref(payment)'];
    expect(await request(...good)).toMatchObject({
      problems: [],
      request: { chosen: { resources: [{ singular: 'payment' }, { plural: 'refunds' }] } },
    });
    const { problems } = await request(
      '--resource',
      'payment total:i65',
      '--resource',
      'refund payment:ref(payment) id:uuid',
    );
    expect(problems.map(({ code }) => code)).toEqual(['invalid-field', 'reserved-name']);
    expect((await request('--resource', 'refund payment:ref(payment)')).problems).toMatchObject([
      { code: 'invalid-reference' },
    ]);
  });

  test('that there is no resource is an answer, but not beside resources', async () => {
    expect((await request('svc')).request.chosen.resources).toBeUndefined();
    expect((await request('svc', '--resource', 'none')).request.chosen.resources).toEqual([]);
    const { problems } = await request('--resource', 'none', '--resource', 'payment total:i64');
    expect(problems).toMatchObject([{ code: 'contradicting-value', hint: 'leave out none' }]);
  });

  test('settings are not part of the project', async () => {
    const { chosen, settings } = (await request('--on-conflict', 'skip', '--workspace', 'join')).request;
    expect(chosen).toEqual({});
    expect(settings).toMatchObject({ onConflict: 'skip', workspace: 'join' });
  });

  test('reports every problem at once, each with the allowed values and a suggestion', async () => {
    const { problems } = await request(
      'a',
      'b',
      '--name',
      'Bad',
      '--framework',
      'kyte',
      '--features',
      'dcos',
      '--zzz=1',
    );
    expect(problems).toMatchObject([
      { code: 'unknown-flag' },
      { code: 'unknown-value', allowed: 'kite, wren', hint: 'did you mean kite?' },
      { code: 'unknown-value', hint: 'did you mean docs?' },
      { code: 'too-many-arguments' },
      { code: 'invalid-name' },
    ]);
  });

  test.each([
    [['--framework', 'kite', '--framework', 'wren'], 'repeated-flag'],
    [['--framework', ''], 'unknown-value'],
    [[''], 'empty-directory'],
    [['--on-conflict', 'ask'], 'unknown-value'],
    [['--description', 'two\nlines'], 'invalid-description'],
  ])('%j is refused as %s', async (argv, code) => {
    expect((await request(...argv)).problems.map((problem) => problem.code)).toEqual([code]);
  });

  test('the same value twice is allowed', async () => {
    expect((await request('--framework', 'wren', '--framework', 'wren')).problems).toEqual([]);
  });

  test.each([
    [['--framework', 'wren', '--database', 'server'], 'WREN has no driver for it', SEE_LIST],
    [
      ['--db-layer', 'memory', '--database', 'file'],
      'MEMORY (memory) uses no database',
      'leave out --database, or choose another --db-layer',
    ],
    [['--framework', 'wren', '--middleware', 'limit'], 'WREN limits by itself', SEE_LIST],
  ])('%j do not go together', async (argv, reason, hint) => {
    expect((await request(...argv)).problems).toMatchObject([
      {
        code: 'unsupported-combination',
        message: `${argv.slice(0, 2).join(' ')} and ${argv.slice(2).join(' ')} cannot be combined: ${reason}`,
        hint,
      },
    ]);
  });
});

describe('completeAnswers', () => {
  const byDefault = {
    name: 'svc',
    description: 'An HTTP API',
    framework: 'kite',
    dbLayer: 'query',
    database: 'file',
    auth: 'none',
    middleware: ['trace', 'limit'],
    features: ['image'],
    resources: [],
  };

  test.each([
    [[], {}],
    [['--db-layer', 'memory'], { dbLayer: 'memory', database: null }],
    [['--database', 'server'], { database: 'server' }],
    [['--framework', 'wren'], { framework: 'wren', middleware: ['trace'] }],
    [['--middleware', '+meter'], { middleware: ['trace', 'limit', 'meter'] }],
  ])('%j: compatible defaults fill the rest', async (argv, changed) => {
    expect(await complete(...argv)).toEqual({ answers: { ...byDefault, ...changed } });
  });

  test('an incompatible default is replaced by a compatible one', async () => {
    expect(await complete('--features', 'sketch')).toEqual({
      answers: { ...byDefault, framework: 'wren', middleware: ['trace'], features: ['sketch'] },
    });
  });

  test('an axis without a compatible choice is a problem, not an empty answer', async () => {
    const none = { ...rules, incompatibilityReason: (_: unknown, axis: string) => (axis === 'auth' ? 'no' : null) };
    expect(completeAnswers({ name: 'svc' }, axes, none)).toMatchObject({
      problems: [{ code: 'unsupported-combination', message: expect.stringContaining('--auth') }],
    });
  });
});

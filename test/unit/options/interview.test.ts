import { describe, expect, test } from 'vitest';
import { BACK, interview, type Prompter, type Question, type Reply } from '../../../src/options/interview.ts';
import { axisStep, type Chosen, defaultsStep, descriptionStep, nameStep } from '../../../src/options/questions.ts';
import { axes, rules } from '../fixtures/rules.ts';

const steps = [
  nameStep<Chosen>('my-service', rules, async () => null),
  ...axes.map((option) => axisStep<Chosen>(option, rules)),
];

/** Replies in order, and records the questions. */
function scripted(
  replies: readonly (Reply | typeof BACK)[],
): Prompter & { readonly asked: Question[]; readonly ways: boolean[] } {
  const rest = [...replies];
  const asked: Question[] = [];
  const ways: boolean[] = [];
  return {
    asked,
    ways,
    async ask(question, canGoBack) {
      asked.push(question);
      ways.push(canGoBack);
      const reply = rest.shift();
      if (reply === undefined) throw new Error(`no reply to ${question.message}`);
      return reply;
    },
  };
}

const messages = ({ asked }: { asked: Question[] }) => asked.map((question) => question.message);

describe('the interview', () => {
  test('asks name first, then every axis that has a choice', async () => {
    const prompter = scripted(['svc', 'wren', 'query', 'file', ['trace'], []]);
    const { chosen } = await interview(steps, { chosen: {}, origins: {} }, prompter);
    expect(messages(prompter)).toEqual([
      'Project name',
      'Web framework',
      'Database layer',
      'Database',
      'Middleware',
      'Features',
    ]);
    expect(chosen).toEqual({
      name: 'svc',
      framework: 'wren',
      dbLayer: 'query',
      database: 'file',
      middleware: ['trace'],
      features: [],
    });
  });

  test('skips given answers, and a database that the layer does not use', async () => {
    const prompter = scripted(['memory', ['trace'], []]);
    await interview(steps, { chosen: { name: 'svc', framework: 'kite' }, origins: {} }, prompter);
    expect(messages(prompter)).toEqual(['Database layer', 'Middleware', 'Features']);
  });

  test('a choice that is incompatible with earlier answers has a reason and is not preselected', async () => {
    const prompter = scripted(['svc', 'wren', 'query', 'file', ['trace'], []]);
    await interview(steps, { chosen: {}, origins: {} }, prompter);
    expect(prompter.asked[3]).toMatchObject({
      kind: 'choice',
      initial: 'file',
      choices: [
        { id: 'file', disabledReason: null },
        { id: 'server', disabledReason: 'WREN has no driver for it' },
      ],
    });
    expect(prompter.asked[4]).toMatchObject({ kind: 'list', initial: ['trace'] });
  });

  test('a choice has the hint that an earlier answer gives it', async () => {
    for (const [framework, hint] of [
      ['kite', 'the hint of query'],
      ['wren', 'without migrations by WREN'],
    ]) {
      const prompter = scripted(['query', 'file', ['trace'], []]);
      await interview(steps, { chosen: { name: 'svc', framework: `${framework}` }, origins: {} }, prompter);
      expect(prompter.asked[0]).toMatchObject({ choices: [{ id: 'query', hint }, { hint: 'the hint of memory' }] });
    }
  });

  test('going back forgets the later answer, but offers it again', async () => {
    const prompter = scripted(['svc', 'wren', 'memory', BACK, BACK, 'kite', 'memory', ['meter'], []]);
    const { chosen } = await interview(steps, { chosen: {}, origins: {} }, prompter);
    expect(messages(prompter)).toEqual([
      'Project name',
      'Web framework',
      'Database layer',
      'Middleware',
      'Database layer',
      'Web framework',
      'Database layer',
      'Middleware',
      'Features',
    ]);
    expect(prompter.asked[4]).toMatchObject({ initial: 'memory' });
    expect(prompter.asked[5]).toMatchObject({ initial: 'wren' });
    expect(chosen).toEqual({ name: 'svc', framework: 'kite', dbLayer: 'memory', middleware: ['meter'], features: [] });
  });

  test('asks for the description, and offers all remaining defaults at once', async () => {
    const full = [
      steps[0] as (typeof steps)[number],
      descriptionStep<Chosen>(() => '  Folder: /work/svc'),
      defaultsStep<Chosen>(axes, rules),
    ];
    const prompter = scripted(['svc', 'Orders', 'defaults']);
    const { chosen } = await interview(
      [...full, ...steps.slice(1)],
      { chosen: { framework: 'wren' }, origins: {} },
      prompter,
    );
    expect(messages(prompter)).toEqual(['Project name', 'Description', 'Use the defaults?']);
    expect(prompter.asked[1]).toMatchObject({ kind: 'text', initial: 'An HTTP API', preface: '  Folder: /work/svc' });
    expect(prompter.asked[2]).toMatchObject({
      choices: [{ id: 'defaults', hint: expect.stringContaining('1 middleware') }, { id: 'custom' }],
    });
    expect(chosen).toEqual({
      name: 'svc',
      description: 'Orders',
      framework: 'wren',
      dbLayer: 'query',
      database: 'file',
      auth: 'none',
      middleware: ['trace'],
      features: expect.any(Array),
    });
  });

  test('asks everything if the defaults are declined, and does not offer them for a single question', async () => {
    const withDefaults = [defaultsStep<Chosen>(axes, rules), ...steps.slice(1)];
    const custom = scripted(['custom', 'wren', 'query', 'file', ['trace'], []]);
    await interview(withDefaults, { chosen: { name: 'svc' }, origins: {} }, custom);
    expect(messages(custom)[1]).toBe('Web framework');
    const single = scripted(['kite']);
    const rest = { dbLayer: 'query', database: 'file', auth: 'none', middleware: [], features: [] };
    await interview(withDefaults, { chosen: { name: 'svc', ...rest }, origins: {} }, single);
    expect(messages(single)).toEqual(['Web framework']);
  });

  test('the first question cannot go back', async () => {
    const prompter = scripted([BACK, 'svc', 'kite', 'memory', [], []]);
    await interview(steps, { chosen: {}, origins: {} }, prompter);
    expect(prompter.ways).toEqual([false, false, true, true, true, true]);
  });

  test('an earlier reply that is no longer compatible is not preselected', async () => {
    const prompter = scripted(['kite', 'query', 'server', BACK, BACK, BACK, 'wren', 'query', 'file', [], []]);
    await interview(steps, { chosen: { name: 'svc' }, origins: {} }, prompter);
    expect(prompter.asked[8]).toMatchObject({ message: 'Database', initial: null });
  });

  test('the name is checked as it is typed', async () => {
    const prompter = scripted(['svc', 'kite', 'memory', [], []]);
    await interview(steps, { chosen: {}, origins: {} }, prompter);
    const [name] = prompter.asked;
    expect(name?.kind === 'text' && [name.initial, name.check('ok'), name.check('No')]).toEqual([
      'my-service',
      null,
      'No has a capital',
    ]);
  });
});

test('an answer comes from a prompt, or is a default, whichever was chosen', async () => {
  const withDefaults = [defaultsStep<Chosen>(axes, rules), ...steps];
  const start = { chosen: { name: 'svc', framework: 'wren' }, origins: { name: 'flag', framework: 'preset' } } as const;
  const { origins } = await interview(withDefaults, start, scripted(['defaults']));
  const others = ['description', ...axes.map(({ key }) => key).filter((key) => key !== 'framework')];
  expect(origins).toEqual({ ...start.origins, ...Object.fromEntries(others.map((key) => [key, 'default'])) });
  const asked = await interview(steps.slice(0, 2), { chosen: {}, origins: {} }, scripted(['svc', 'kite']));
  expect(asked.origins).toEqual({ name: 'prompt', framework: 'prompt' });
});

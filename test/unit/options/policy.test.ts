import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../../src/catalog/read-policy.ts';
import { policyAxes } from '../../../src/commands/policy/policy-axes.ts';
import type { Answers, Origins } from '../../../src/model/answers.ts';
import { rulesOf, type SourcedPolicy } from '../../../src/model/policy.ts';
import { parseResource } from '../../../src/model/resource-syntax.ts';
import {
  broughtUpToPolicy,
  isBroken,
  originsUnder,
  overruled,
  violationsOf,
  withPolicies,
  withRequiredResources,
} from '../../../src/options/policy.ts';
import { axisStep } from '../../../src/options/questions.ts';
import { defaultFor } from '../../../src/options/resolve.ts';
import { catalog as builtin } from '../../support/projects.ts';
import { publishedPolicySchema } from '../../support/published-schemas.ts';
import { axes, rules } from '../fixtures/rules.ts';

const TODAY = '2026-11-27';
const read = (policy: unknown) =>
  readPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy), 'acme.json', policyAxes(axes));

/** Policies in force, which have to be valid. */
function enforce(...policies: readonly object[]) {
  const sourced = policies.map((policy, index): SourcedPolicy => {
    const { policy: parsed, problems } = read(policy);
    expect(problems).toEqual([]);
    return { source: `${index}.json`, policy: parsed };
  });
  return { policies: sourced, today: TODAY };
}

const resource = (text: string) => {
  const { resource } = parseResource(text);
  if (resource === null) throw new Error(`no resource: ${text}`);
  return resource;
};
const chosen = (answers: object) => ({ name: 'svc', ...answers }) as Partial<Answers>;
/** The rules that are broken, without those that are waived. */
const broken = (enforced: ReturnType<typeof enforce>, judged: Parameters<typeof violationsOf>[0]) =>
  violationsOf(judged, axes, enforced)
    .filter(isBroken)
    .map(({ rule }) => rule);

describe('a rule', () => {
  test.each<[object, object, readonly string[]]>([
    [{ lock: { framework: 'kite' } }, { framework: 'wren' }, ['lock.framework']],
    [{ lock: { framework: 'kite' } }, { framework: 'kite' }, []],
    [{ lock: { framework: 'kite' } }, {}, []],
    [{ lock: { features: ['docs', 'image'] } }, { features: ['image', 'docs'] }, []],
    [{ lock: { features: ['docs'] } }, { features: ['image', 'docs'] }, ['lock.features']],
    [{ lock: { features: [] } }, { features: ['image'] }, ['lock.features']],
    [{ allow: { framework: ['kite'] } }, { framework: 'wren' }, ['allow.framework']],
    [{ allow: { features: ['docs'] } }, { features: ['docs', 'image'] }, ['allow.features']],
    [{ allow: { features: ['docs'] } }, { features: [] }, []],
    [{ deny: { framework: { wren: 'no' } } }, { framework: 'wren' }, ['deny.framework.wren']],
    [
      { deny: { features: { docs: 'no', image: 'no' } } },
      { features: ['docs', 'image'] },
      ['deny.features.docs', 'deny.features.image'],
    ],
    [{ deny: { framework: { wren: 'no' } } }, { framework: 'kite' }, []],
    [{ require: { features: ['docs'] } }, { features: ['image'] }, ['require.features.docs']],
    [{ require: { features: ['docs'] } }, {}, []],
    [{ require: { resources: ['audit action:text'] } }, { resources: [] }, ['require.resources.audit']],
    [{ require: { resources: ['audit action:text'] } }, { resources: [resource('audit other:i64')] }, []],
  ])('%j with %j breaks %j', (policy, answers, rules) => {
    expect(broken(enforce(policy), { chosen: chosen(answers) })).toEqual(rules);
  });

  test('about versions is about create-api, and about each version of a crate', () => {
    const enforced = enforce({ minVersions: { createApi: '1.2.0', crates: { axum: '0.8.4', absent: '9.0.0' } } });
    const crates = new Map([['axum', ['0.7.9', '0.8.4']]]);
    expect(broken(enforced, { chosen: chosen({}), createApi: '1.1.9', crates })).toEqual([
      'minVersions.createApi',
      'minVersions.crates.axum',
    ]);
    expect(
      broken(enforced, { chosen: chosen({}), createApi: '1.2.0', crates: new Map([['axum', ['0.8.10']]]) }),
    ).toEqual([]);
  });

  test('names who set it and what to do, and every policy counts', () => {
    const enforced = enforce({ deny: { framework: { wren: 'nobody knows it' } } }, { lock: { framework: 'kite' } });
    expect(violationsOf({ chosen: chosen({ framework: 'wren' }) }, axes, enforced)).toMatchObject([
      {
        by: '0.json',
        message: 'framework is wren, which is denied: nobody knows it (rule deny.framework.wren of 0.json)',
        hint: 'choose kite, or ask for a waiver of deny.framework.wren in 0.json',
      },
      { by: '1.json', message: 'framework is wren, but locked to kite (rule lock.framework of 1.json)' },
    ]);
  });
});

describe('a waiver', () => {
  const policy = (waiver: object) => ({
    lock: { framework: 'kite' },
    waivers: [{ rule: 'lock.framework', reason: 'it is old', expires: TODAY, ...waiver }],
  });
  const judged = { chosen: chosen({ framework: 'wren' }) };

  test('counts until the end of its last day', () => {
    expect(broken(enforce(policy({})), judged)).toEqual([]);
    const expired = enforce(policy({ expires: '2026-11-26' }));
    expect(broken(expired, judged)).toEqual(['lock.framework']);
    expect(violationsOf(judged, axes, expired)[0]?.message).toContain('its waiver (it is old) expired on 2026-11-26');
  });

  test('may be for some projects', () => {
    expect(broken(enforce(policy({ projects: ['svc', 'other'] })), judged)).toEqual([]);
    expect(broken(enforce(policy({ projects: ['other'] })), judged)).toEqual(['lock.framework']);
  });

  test('of one policy does not count for another', () => {
    expect(broken(enforce(policy({}), { lock: { framework: 'kite' } }), judged)).toEqual(['lock.framework']);
  });
});

describe('what can be chosen', () => {
  const questions = async (policy: object, key: string) => {
    const option = axes.find((each) => each.key === key);
    if (option === undefined) throw new Error(`no axis ${key}`);
    const question = await axisStep(option, withPolicies(rules, enforce(policy))).question(
      { chosen: { name: 'svc' }, origins: {} },
      undefined,
    );
    if (question === null || question.kind === 'text') throw new Error('no choices');
    const texts = question.choices.map(
      ({ id, disabledReason, lockedReason }) => [id, disabledReason ?? lockedReason ?? ''] as const,
    );
    return { choices: Object.fromEntries(texts.filter(([, text]) => text !== '')), initial: question.initial };
  };

  test('is shown as locked, with the other choices disabled', async () => {
    expect(await questions({ lock: { framework: 'wren' } }, 'framework')).toMatchObject({
      initial: 'wren',
      choices: { wren: 'locked by 0.json', kite: 'wren is locked by 0.json' },
    });
  });

  test('is disabled with the reason of who denies it, and is no default', async () => {
    const { choices, initial } = await questions({ deny: { framework: { kite: 'it leaks' } } }, 'framework');
    expect([choices, initial]).toEqual([{ kite: 'it leaks (0.json)' }, expect.not.stringMatching('kite')]);
  });

  test('is ticked if it is required', async () => {
    expect(await questions({ require: { features: ['docs'] } }, 'features')).toMatchObject({
      initial: ['docs', 'image'],
      choices: { docs: 'required by 0.json' },
    });
  });

  test('are defaults that keep to the policy', () => {
    const option = (key: string) => {
      const found = axes.find((each) => each.key === key);
      if (found === undefined) throw new Error(key);
      return found;
    };
    const defaults = (policy: object, key: string) =>
      defaultFor(option(key), { name: 'svc' }, withPolicies(rules, enforce(policy)));
    expect(defaults({ lock: { framework: 'wren' } }, 'framework')).toBe('wren');
    expect(defaults({ lock: { features: ['docs'] } }, 'features')).toEqual(['docs']);
    expect(defaults({ lock: { features: [] } }, 'features')).toEqual([]);
    expect(defaults({ require: { features: ['docs'] } }, 'features')).toEqual(['image', 'docs']);
    expect(defaults({ deny: { features: { image: 'no' } } }, 'features')).toEqual([]);
  });
});

test('presets give way to what is locked or required, flags do not', () => {
  const enforced = enforce({ lock: { framework: 'kite' }, require: { features: ['docs'] } });
  const state = (origin: 'preset' | 'flag') => ({
    chosen: chosen({ framework: 'wren', features: ['image'] }),
    origins: { framework: origin, features: origin } as Origins,
  });
  expect(overruled(state('preset'), axes, enforced)).toEqual({
    chosen: chosen({ framework: 'kite', features: ['image', 'docs'] }),
    origins: { framework: 'policy', features: 'policy' },
  });
  expect(overruled(state('flag'), axes, enforced)).toEqual(state('flag'));
});

test('update brings what is required, and no other framework', () => {
  const enforced = enforce({
    lock: { framework: 'kite' },
    require: { features: ['docs'], resources: ['audit action:text'] },
  });
  const own = [resource('payment total:i64')];
  const before = chosen({ framework: 'wren', features: ['image'], middleware: [], resources: own }) as Answers;
  const after = broughtUpToPolicy(before, axes, enforced);
  expect(after).toMatchObject({ framework: 'wren', features: ['image', 'docs'] });
  expect(after.resources.map(({ singular }) => singular)).toEqual(['payment', 'audit']);
  expect(withRequiredResources(own, before, enforced).map(({ singular }) => singular)).toEqual(['audit', 'payment']);
  expect(broughtUpToPolicy(after, axes, enforced)).toEqual(after);
});

test('what a policy decides comes from it', () => {
  const enforced = enforce({ lock: { framework: 'kite' }, require: { features: ['docs'] } });
  const answers = chosen({ framework: 'kite', features: ['image', 'docs'] }) as Answers;
  const origins = { framework: 'default', features: 'default', dbLayer: 'default' } as const;
  expect(originsUnder(answers, origins, axes, enforced)).toEqual({
    framework: 'policy',
    features: 'policy',
    dbLayer: 'default',
  });
  expect(originsUnder(answers, { features: 'flag' }, axes, enforced)).toEqual({
    framework: 'policy',
    features: 'flag',
  });
});

test('rules have names, which waivers use', () => {
  const { policy } = read({
    lock: { framework: 'kite' },
    allow: { features: ['docs'] },
    deny: { framework: { wren: 'no' } },
    require: { features: ['docs'], resources: ['person/people name:text'] },
    minVersions: { createApi: '1.0.0', crates: { axum: '0.8.0' } },
    managed: ['Dockerfile', '.github/**'],
  });
  expect(rulesOf(policy)).toEqual([
    ...['lock.framework', 'allow.features', 'deny.framework.wren', 'require.features.docs', 'require.resources.person'],
    ...['minVersions.createApi', 'minVersions.crates.axum', 'managed.Dockerfile', 'managed..github/**'],
  ]);
});

describe('a policy', () => {
  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'acme.json is not JSON'],
    ['no object', '[]', 'acme.json: the manifest is []'],
    ['null', 'null', 'acme.json: the manifest is null'],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'is nested deeper than 100 levels'],
    ['an unknown key', { lok: {} }, 'lok is not a known key'],
    ['a key twice', '{"lock":{},"lock":{}}', 'lock stands twice'],
    ['a prototype', '{"lock":{"__proto__":{"framework":"kite"}}}', '__proto__ cannot be a key'],
    ['a constructor', { deny: { constructor: {} } }, 'deny.constructor is not a known key'],
    ['an unknown axis', { lock: { cloud: 'x' } }, 'lock.cloud is not a known key'],
    ['an unknown id', { lock: { framework: 'kyte' } }, 'lock.framework is "kyte"'],
    ['an unknown id to deny', { deny: { framework: { kyte: 'no' } } }, 'deny.framework.kyte is not a known key'],
    ['no reason', { deny: { framework: { kite: '' } } }, 'deny.framework.kite is ""'],
    ['a list for a choice', { lock: { framework: ['kite'] } }, 'lock.framework is ["kite"]'],
    ['a choice for a list', { lock: { features: 'docs' } }, 'lock.features is "docs"'],
    ['a required choice', { require: { framework: ['kite'] } }, 'require.framework is not a known key'],
    ['a wrong resource', { require: { resources: ['audit'] } }, 'require.resources[0]: '],
    ['no version', { minVersions: { createApi: 'new' } }, 'minVersions.createApi is "new"'],
    ['a crate with a path', { minVersions: { crates: { '../x': '1.0.0' } } }, 'minVersions.crates'],
    ['a path above', { managed: ['../x'] }, 'managed[0] is "../x"'],
    ['a slow pattern', { managed: ['*a*a*a*a*a*a*a'] }, 'managed[0] is'],
    [
      'a day that is none',
      { lock: { framework: 'kite' }, waivers: [{ rule: 'lock.framework', reason: 'x', expires: '2026-02-30' }] },
      'waivers[0].expires is "2026-02-30"',
    ],
    [
      'no expiry',
      { lock: { framework: 'kite' }, waivers: [{ rule: 'lock.framework', reason: 'x' }] },
      'waivers[0].expires is missing',
    ],
    [
      'a waiver of nothing',
      { waivers: [{ rule: 'lock.framework', reason: 'x', expires: '2026-01-01' }] },
      'waivers[0].rule is "lock.framework", which is no rule',
    ],
    ['a line break in a reason', { deny: { framework: { kite: 'a\nb' } } }, 'deny.framework.kite is'],
  ])('with %s is refused', (_, policy, message) => {
    const { problems } = read(policy);
    expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
    expect(({} as { framework?: unknown }).framework).toBeUndefined();
  });

  const published = publishedPolicySchema(builtin);

  /** `vitest -u` rewrites it. */
  test('has a published JSON Schema', async () => {
    const file = path.join(import.meta.dirname, '../../../schemas/policy.schema.json');
    await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot(file);
    const accepts = new Ajv2020({ strict: false }).compile(published);
    // The last one is of a team's pack.
    expect(
      accepts({
        $schema: 'x',
        lock: { framework: 'axum' },
        require: { features: ['docker', 'runbook'] },
        minVersions: {},
      }),
    ).toBe(true);
    for (const bad of [{ lok: {} }, { lock: { framework: 'Axum' } }, { managed: [1] }, { waivers: [{ rule: 'x' }] }])
      expect(accepts(bad)).toBe(false);
  });
});

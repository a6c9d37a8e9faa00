import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { readPack } from '../../../src/catalog/read-pack.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { KINDS } from '../../../src/model/resource.ts';
import { plan } from '../../../src/plan/plan.ts';
import { CHANGED_SPECIMEN, specimenWith } from '../../../src/plan/specimen.ts';
import { contextsOf } from '../../../src/render/context.ts';
import { evaluate } from '../../../src/render/evaluate.ts';
import { HELPERS } from '../../../src/render/helpers.ts';
import { parseTemplate } from '../../../src/render/parse-template.ts';
import { typeLookup } from '../../../src/render/type-table.ts';
import { catalog, everySelection } from '../../support/projects.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Handlebars itself, with the helpers of templates. */
const handlebars = Handlebars.create();
for (const [name, helper] of Object.entries(HELPERS)) {
  handlebars.registerHelper(name, function (this: unknown, ...args: unknown[]) {
    const { data, fn } = args.pop() as Handlebars.HelperOptions;
    // Of a block, the helper gets the text.
    const given = fn === undefined ? args : [fn(this)];
    return (helper as (...given: unknown[]) => unknown).apply(data.root, given);
  });
}

function compile(source: string): (context: object) => string {
  const knownHelpers = Object.fromEntries(Object.keys(HELPERS).map((name) => [name, true]));
  return handlebars.compile(source, { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers });
}

const CONTEXT = {
  name: 'svc',
  text: 'a\nb <"&',
  zero: 0,
  off: false,
  nothing: null,
  vars: { bind: '$' },
  empty: [],
  items: [
    { name: 'x', parts: ['1', '2'] },
    { name: 'y', parts: [] },
  ],
};

describe('a template is rendered as by Handlebars', () => {
  test.each([
    'plain',
    '{{name}} {{{text}}} {{zero}}{{off}}{{nothing}}',
    '{{! a comment }}{{!-- another --}}a',
    'a\n{{#if name}}\nb\n{{else}}\nc\n{{/if}}\nd\n',
    '{{#if empty}}a{{else if zero}}b{{else if nothing}}c{{else}}d{{/if}}',
    '{{#unless off}}a{{else}}b{{/unless}}{{#unless name}}c{{/unless}}',
    '{{#each items}}{{@index}}{{#unless @first}},{{/unless}}{{name}}{{#if @last}}.{{/if}}{{else}}none{{/each}}',
    '{{#each empty}}a{{else}}none{{/each}}',
    '{{#each items}}{{#each parts}}{{this}}{{../name}}{{../../name}}{{@root.zero}}{{/each}}{{/each}}',
    '{{#each items}}{{#if name}}{{../name}}{{#each parts}}{{../name}}{{/each}}{{/if}}{{/each}}',
    '{{#each items}}{{this.name}} {{./name}}{{/each}}',
    '{{items.[0].name}} {{items.1.parts.length}}',
    '{{indent 2 text}} {{json (lowercase "ABC")}} {{isOneOf name "svc" 1 true}}',
    '{{#each (reversed (sorted items.0.parts))}}{{bind 1}}{{this}}{{/each}}',
    '{{#each items}}\n{{#fold}}\n  call(\n    {{name}},\n  );\n{{/fold}}\n{{/each}}\n',
    '  {{~name~}}  .\n  \\{{name}}',
  ])('%j', (source) => {
    expect(evaluate(parseTemplate(source), CONTEXT)).toBe(compile(source)(CONTEXT));
  });

  test('in every file and slot of the built-in pack', { timeout: 120_000 }, async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const { sources } = await readPack(join(ROOT, 'templates'), version);
    const isTemplate = (key: string) => sources[key]?.isTemplate === true;
    const left = new Set(Object.keys(sources).filter(isTemplate));
    const compiled = new Map([...left].map((key) => [key, compile(sources[key]?.text ?? '')]));
    const parsed = new Map([...left].map((key) => [key, parseTemplate(sources[key]?.text ?? '')]));
    const rendered = (key: string, context: object) => {
      if (!isTemplate(key)) return sources[key]?.text ?? '';
      const text = evaluate(parsed.get(key) ?? [], context);
      expect(text, key).toBe(compiled.get(key)?.(context));
      left.delete(key);
      return text;
    };
    const projects = everySelection().flatMap(({ answers }) => [
      answers,
      { ...answers, resources: [...answers.resources, ...CHANGED_SPECIMEN] },
      { ...answers, resources: [...answers.resources, specimenWith(KINDS)] },
    ]);
    for (const answers of projects) {
      const planned = plan(answers, catalog);
      const tables = planned.types.map((file) => [file, JSON.parse(sources[file]?.text ?? '')] as const);
      const { context, changes } = contextsOf(planned, typeLookup(tables));
      const filled = (slots: Plan['slots'], from: object) =>
        Object.fromEntries(Object.entries(slots).map(([slot, keys]) => [slot, keys.map((key) => rendered(key, from))]));
      const shared = { ...context, slots: filled(planned.slots, context) };
      for (const { template, resource: singular, step } of planned.files) {
        const resource = context.resources.find((other) => other.singular === singular);
        const resourceSlots = resource && filled(planned.resourceSlots, { ...context, resource });
        const change = changes.get(step ?? -1);
        rendered(template, resource ? { ...shared, resource, resourceSlots, change } : shared);
      }
    }
    expect([...left]).toEqual([]);
  });
});

test.each([
  ['{{nam}}', 'nam is not defined'],
  ['{{#if nam}}{{/if}}', 'nam is not defined'],
  ['{{#each items}}{{name.length}}{{/each}}', 'name.length is not defined'],
  ['{{constructor}}', 'constructor is not defined'],
  ['{{../name}}', '../name is not defined'],
  ['{{json (lowercase @root.nam)}}', '@root.nam is not defined'],
  ['{{@index}}', '@index is outside a loop'],
  ['{{#each name}}{{/each}}', 'name is no list'],
  ['{{#each items}}{{this}}{{/each}}', 'this is no text'],
  ['{{reversed items}}', '(reversed items) is no text'],
])('%j cannot be rendered: %s', (source, message) => {
  expect(() => evaluate(parseTemplate(source), CONTEXT)).toThrow(message);
});

test.each([
  ['a\n{{#each items}}', /Parse error on line 2/],
  ['{{shell "id"}}', 'line 1: the helper shell is not supported'],
  ['\n{{json (shell "id")}}', 'line 2: the helper shell is not supported'],
  ['{{#with name}}{{/with}}', 'line 1: #with is not supported'],
  ['{{#name}}{{/name}}', 'line 1: #name without exactly one argument is not supported'],
  ['{{#each items as |item|}}{{/each}}', 'line 1: a block parameter is not supported'],
  ['{{json text=name}}', 'line 1: a named argument is not supported'],
  ['{{> part}}', 'line 1: PartialStatement is not supported'],
  ['{{@key}}', 'line 1: @key is not supported'],
  ['{{#each items}}{{@../index}}{{/each}}', 'is not supported'],
  ['{{indent 2 null}}', 'line 1: NullLiteral is not supported'],
])('%j is refused', (source, message) => {
  expect(() => parseTemplate(source)).toThrow(message);
});

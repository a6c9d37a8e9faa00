import { expect, test } from 'vitest';
import { compile } from '../../src/render/compile.ts';

/** Renders a template. */
function rendered(source: string, context: object): string {
  const template = compile(source);
  return typeof template === 'string' ? template : template(context);
}

const FITTED = `{{#fit 20}}
    find({{name}})?;
{{else}}
    find(
        {{name}},
    )?;
{{/fit}}
`;

test.each([
  ['a'.repeat(12), `    find(${'a'.repeat(12)})?;\n`],
  ['a'.repeat(13), `    find(\n        ${'a'.repeat(13)},\n    )?;\n`],
])('fit takes the first form if it is narrow enough: %s', (name, expected) => {
  expect(rendered(FITTED, { name })).toBe(expected);
});

test('fit takes the second form if a line has more than 100 columns', () => {
  const template = '{{#fit 999}}{{long}}\n{{else}}short\n{{/fit}}';
  expect(rendered(template, { long: 'a'.repeat(100) })).toBe(`${'a'.repeat(100)}\n`);
  expect(rendered(template, { long: 'a'.repeat(101) })).toBe('short\n');
});

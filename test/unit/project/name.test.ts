import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkName, suggestName } from '../../../src/project/name.ts';

describe('checkName', () => {
  test.each(['a', 'my-service', 'my_service', 'api2', 'orders-2024', 'a'.repeat(64), 'consul', 'selfie'])(
    'accepts %s',
    (name) => expect(checkName(name)).toBeNull(),
  );

  test.each([
    ['', 'it is empty', 'my-service'],
    ['2fast', 'it starts with a digit', 'api-2fast'],
    ['MyService', 'it has a capital letter', 'my-service'],
    ['my service', 'it has the character " "', 'my-service'],
    ['café', 'it has the character "é"', 'cafe'],
    ['日本', 'it has the character "日"', 'my-service'],
    ['a.b', 'it has the character "."', 'a-b'],
    ['my/service', 'it has the character "/"', 'my-service'],
    ['😀', 'it has the character "😀"', 'my-service'],
    ['-x', 'it has a "-" or "_" first, last or twice in a row', 'x'],
    ['x_', 'it has a "-" or "_" first, last or twice in a row', 'x'],
    ['my--service', 'it has a "-" or "_" first, last or twice in a row', 'my-service'],
    ['async', 'it is a Rust keyword', 'async-api'],
    ['gen', 'it is a Rust keyword', 'gen-api'],
    ['u8', 'it is a primitive type of Rust', 'u8-api'],
    ['test', "it is a crate of Rust's standard library", 'test-api'],
    ['proc-macro', "it is a crate of Rust's standard library", 'proc-macro-api'],
    ['incremental', "it is a folder of Cargo's build directory", 'incremental-api'],
    ['com1', 'Windows reserves it for a device', 'com1-api'],
    ['a'.repeat(65), 'it has more than 64 characters', 'a'.repeat(64)],
  ])('refuses %j: %s', (name, reason, suggestion) => {
    const problem = checkName(name);
    expect(problem).toMatchObject({ code: 'invalid-name', hint: `try "${suggestion}"` });
    expect(problem?.message).toContain(`: ${reason}`);
  });

  test('refuses the name of a crate the project depends on, in either spelling', () => {
    expect(checkName('tower-http', ['tower-http'])?.message).toContain('a crate it depends on has that name');
    expect(checkName('tower_http', ['tower-http'])?.hint).toBe('try "tower_http-api"');
    expect(checkName('tower', ['tower-http'])).toBeNull();
  });

  test('shows control characters escaped, and long names cut', () => {
    expect(checkName('a\u001b[31m')?.message).toContain('"a\\u001b[31m"');
    expect(checkName('x'.repeat(10_000))?.message.length).toBeLessThan(200);
  });
});

test('suggestName returns a valid name for any text, and a valid name unchanged', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 200 });
  const dependencies = fc.array(fc.constantFrom('serde', 'serde-api', 'x', 'my-service', 'my-service-api'));
  fc.assert(
    fc.property(anyText, dependencies, (text, crates) => {
      expect(checkName(suggestName(text, crates), crates)).toBeNull();
      if (checkName(text, crates) === null) expect(suggestName(text, crates)).toBe(text);
    }),
  );
});

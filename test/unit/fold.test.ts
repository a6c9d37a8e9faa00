import { expect, test } from 'vitest';
import { fold } from '../../src/render/fold.ts';

/** Each form with the longest name that fits on one line: rustfmt leaves it there, and breaks it with one letter more. */
test.each([
  ['arguments', 42, (name: string) => [`    let a = call(`, `        ${name},`, `        another_argument`, `    );`]],
  [
    'a single argument',
    22,
    (name: string) => [`    Ok(Json(`, `        db::${name}::find(&state.db, id).await?,`, `    ))`],
  ],
  ['a tuple', 39, (name: string) => [`    Ok((`, `        StatusCode::CREATED,`, `        ${name},`, `    ))`]],
  ['an attribute', 52, (name: string) => [`    #[oai(`, `        path = "${name}",`, `        a = "b"`, `    )]`]],
  ['a tuple struct', 84, (name: string) => [`struct A(`, `    #[b] ${name},`, `);`]],
  ['parameters', 84, (name: string) => [`fn a(`, `    b: ${name},`, `) -> C {`]],
  ['a list', 57, (name: string) => [`    let a = [`, `        ${name},`, `        1,`, `    ];`]],
  [
    'a chain',
    34,
    (name: string) => [`    let a = ${name}`, `        .method()`, `        .method()`, `        .await?;`],
  ],
  [
    'another chain',
    33,
    (name: string) => [`    let a = ${name}`, `        .method()`, `        .method()`, `        .method();`],
  ],
  [
    'an assigned chain',
    47,
    (name: string) => [`    let (a, b) =`, `        db::${name}::list(&state.db, page).await?;`],
  ],
  ['an assignment', 87, (name: string) => [`    let a =`, `        ${name};`]],
])('fold: %s', (_, longest, statement) => {
  const broken = (length: number) => `${statement('n'.repeat(length)).join('\n')}\n`;
  expect(fold(broken(longest)).split('\n')).toHaveLength(2);
  expect(fold(broken(longest + 1))).toBe(broken(longest + 1));
});

test('fold breaks no more brackets than it has to', () => {
  const broken = (name: string) => `call(\n    first,\n    [\n        ${name},\n        ${name},\n    ],\n);\n`;
  const name = (length: number) => 'n'.repeat(length);
  expect(fold(broken(name(19)))).toBe(`call(first, [${name(19)}, ${name(19)}]);\n`);
  expect(fold(broken(name(29)))).toBe(`call(\n    first,\n    [${name(29)}, ${name(29)}],\n);\n`);
  expect(fold(broken(name(30)))).toBe(broken(name(30)));
});

test.each([
  [
    'a call',
    42,
    (name: string) => [`    let a = call(`, `        ${name},`, `        another_argument`, `    )`, `    .link()`],
  ],
  ['an assignment', 87, (name: string) => [`    let a =`, `        ${name}`, `            .link()`]],
])('fold: what a chain starts with, %s', (_, longest, statement) => {
  const broken = (length: number) => `${[...statement('n'.repeat(length)), '.method()'].join('\n')}\n`;
  expect(fold(broken(longest)).split('\n')).toEqual([
    expect.stringMatching(/^ {4}let a = /),
    '        .link()',
    '        .method()',
    '',
  ]);
  expect(fold(broken(longest + 1))).toBe(broken(longest + 1));
});

test('fold: what a chain starts with, on a line of its own if it fits there', () => {
  const broken = (name: string) =>
    `    let ${name} = call!(\n        "a",\n        b\n    )\n    .method()\n    .await?;\n`;
  const name = (length: number) => 'n'.repeat(length);
  expect(fold(broken(name(75)))).toBe(`    let ${name(75)} = call!("a", b)\n        .method()\n        .await?;\n`);
  expect(fold(broken(name(76)))).toBe(
    `    let ${name(76)} =\n        call!("a", b)\n            .method()\n            .await?;\n`,
  );
});

test.each([
  ['a string', 88, (text: string) => [`    call(`, `        "${text}",`, `    )`]],
  [
    'a method of an argument',
    78,
    (text: string) => [`    call(`, `        a("${text}")`, `            .b("c"),`, `    )`],
  ],
])('fold: %s is not limited by itself', (_, longest, statement) => {
  const folded = (length: number) => fold(`${statement('n'.repeat(length)).join('\n')}\n`);
  expect(folded(longest)).toHaveLength(101);
  expect(folded(longest + 1).split('\n').length).toBeGreaterThan(2);
});

test.each([
  ['a chain', 41, (name: string) => [`    if ${name}`, `        .values()`, `        .any(is_b)`, `    {`]],
  ['a single method', 78, (name: string) => [`    if !${name}`, `        .contains(b)`, `    {`]],
])('fold: a condition that is %s', (_, longest, condition) => {
  const broken = (length: number) => `${condition('n'.repeat(length)).join('\n')}\n`;
  expect(fold(broken(longest)).split('\n')).toEqual([expect.stringMatching(/ \{$/), '']);
  expect(fold(broken(longest + 1))).toBe(broken(longest + 1));
});

test('fold: a closure in a condition, whose value breaks last', () => {
  const folded = (name: string) =>
    fold(`    if rows.values().any(|row| {\n        row.${name}\n            == ${name}\n    }) {\n`);
  const name = (length: number) => 'n'.repeat(length);
  expect(folded(name(13))).toBe(`    if rows.values().any(|row| row.${name(13)} == ${name(13)}) {\n`);
  expect(folded(name(14))).toBe(
    `    if rows\n        .values()\n        .any(|row| row.${name(14)} == ${name(14)})\n    {\n`,
  );
  expect(folded(name(42))).toBe(`    if rows.values().any(|row| {\n        row.${name(42)} == ${name(42)}\n    }) {\n`);
  expect(folded(name(43))).toBe(
    `    if rows.values().any(|row| {\n        row.${name(43)}\n            == ${name(43)}\n    }) {\n`,
  );
});

test('fold: an assigned closure', () => {
  const folded = (name: string) =>
    fold(
      `    let a = |row: &Row| {\n        row.b\n            && row.${name}\n                == b.${name}\n    };\n`,
    );
  const name = (length: number) => 'n'.repeat(length);
  expect(folded(name(28))).toBe(`    let a = |row: &Row| row.b && row.${name(28)} == b.${name(28)};\n`);
  expect(folded(name(29))).toBe(`    let a =\n        |row: &Row| row.b && row.${name(29)} == b.${name(29)};\n`);
  expect(folded(name(32))).toBe(
    `    let a = |row: &Row| {\n        row.b && row.${name(32)} == b.${name(32)}\n    };\n`,
  );
  expect(folded(name(37))).toBe(
    `    let a = |row: &Row| {\n        row.b\n            && row.${name(37)} == b.${name(37)}\n    };\n`,
  );
});

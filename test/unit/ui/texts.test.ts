import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/model/answers.ts';
import { choiceTitles } from '../../../src/ui/choice-titles.ts';
import { createdText } from '../../../src/ui/created-text.ts';
import { doctorText } from '../../../src/ui/doctor-text.ts';
import { dryRunText } from '../../../src/ui/dry-run-text.ts';
import { paragraph, widthOf } from '../../../src/ui/layout.ts';
import { problemsText } from '../../../src/ui/problems-text.ts';
import { answersRows, rowsText } from '../../../src/ui/project-text.ts';
import { createStyle } from '../../../src/ui/style.ts';

const plain = createStyle(false);

test('a problem says what is wrong, what is allowed and what to do', () => {
  const text = problemsText([{ code: 'x', message: 'm', allowed: 'a, b', hint: 'try "b"' }], plain, 60);
  expect(text).toBe('  error    m\n  allowed  a, b\n  try      "b"');
});

test('stopping is not called an error', () => {
  expect(problemsText([{ code: 'cancelled', message: 'cancelled' }], plain, 60)).toBe('  stopped  cancelled');
});

describe('titles of choices', () => {
  const hint = 'a hint that does not fit on a line of sixty columns beside its label';
  const choices = [
    { id: 'a', label: 'Short', hint, disabledReason: null },
    { id: 'b', label: 'Longer label', hint, disabledReason: 'that is why' },
    { id: 'c', label: 'C', hint, disabledReason: null },
  ];

  test('only the one under the cursor shows its whole hint, and none is wider than the screen', () => {
    const titles = choiceTitles(choices, 0, plain, 60);
    expect(titles[0]?.split('\n').map((line) => line.trim())).toEqual([
      'Short         a hint that does not fit on a line of',
      'sixty columns beside its label',
    ]);
    expect(titles[2]).toMatch(/^C {13}a hint that .*…$/);
    const lines = titles.flatMap((title) =>
      title.split('\n').map((line, index) => (index === 0 ? `    ${line}` : line)),
    );
    expect(Math.max(...lines.map(widthOf))).toBeLessThan(60);
  });

  test('all show their whole hints where the choice cannot be undone', () => {
    const titles = choiceTitles(choices, 0, plain, 60, true);
    for (const index of [0, 2]) expect(titles[index]?.replace(/\s+/g, ' ')).toContain(hint);
  });

  test('a disabled one shows the reason', () => {
    expect(choiceTitles(choices, 0, plain, 60)[1]).toBe('Longer label  not available: that is why');
  });
});

test('a problem with many paths shows the first ten, one with eleven all of them', () => {
  const paths = Array.from({ length: 12 }, (_, index) => `src/${index}.rs`);
  const linesOf = (shown: readonly string[]) =>
    problemsText([{ code: 'conflict', message: 'm', paths: shown, hint: 'h' }], plain, 60)
      .split('\n')
      .map((line) => line.trim());
  expect(linesOf(paths)).toEqual(['error    m', ...paths.slice(0, 10), 'and 2 more', 'try      h']);
  expect(linesOf(paths.slice(1))).toEqual(['error    m', ...paths.slice(1), 'try      h']);
});

test('the report lists the remaining steps and their commands', () => {
  const text = createdText(
    {
      name: 'svc',
      path: '/work/svc',
      origins: { name: 'default', framework: 'flag', dbLayer: 'policy', auth: 'flag' },
      files: { written: ['a', 'b'], skipped: ['c'], overwritten: [] },
      kept: {
        differing: ['c'],
        buildInputs: [],
        incompleteIgnores: [{ path: '.gitignore', missing: ['/target', '.env'] }],
      },
      workspace: null,
      outside: [
        { path: '/work/ci.yml', action: 'write', addition: null },
        { path: '/work/bot.yml', action: 'keep', addition: { below: 'updates:', lines: '  - cargo\n  - docker' } },
        { path: '/work/own.yml', action: 'keep', addition: null },
      ],
      leftOut: [{ path: 'Cargo.lock', reason: 'the workspace has one' }],
      steps: [
        { step: 'install', status: 'failed', reason: 'offline', run: ['cargo fetch'] },
        { step: 'git', status: 'skipped', reason: 'inside a repository' },
      ],
      next: ['# install Rust', 'cd svc', 'cargo fetch', 'cargo run'],
      equivalent:
        "npx create-api@1.2.3 svc --description 'It'\\''s for orders and invoices' --middleware default --yes",
      isWindows: false,
    },
    { out: plain, columns: 80 },
  );
  expect(text.split('\n')).toEqual([
    '',
    '  ✔ svc is in /work/svc (2 files, 1 kept)',
    '  - answers by policy: db-layer; by flag: framework, auth; the others are',
    '    defaults',
    "  ! kept instead of the project's own: c",
    '  ! .gitignore was kept; these lines are missing: /target, .env',
    '  ✔ also wrote /work/ci.yml, which takes effect only at the root of the',
    '    repository',
    '  ! /work/bot.yml was kept; unless it has them, add these entries below',
    '    "updates:"',
    '',
    '  - cargo',
    '  - docker',
    '',
    '  ! /work/own.yml was kept; move it away and run the same command with',
    '    --on-conflict skip to write the one of this project',
    '  - without Cargo.lock: the workspace has one',
    '  ! dependencies failed, the files are kept: offline',
    '  - first commit skipped: inside a repository',
    '',
    '  Next',
    '    # install Rust',
    '    cd svc',
    '    cargo fetch',
    '    cargo run',
    '',
    '  The same again',
    "    npx create-api@1.2.3 svc --description 'It'\\''s for orders and invoices' \\",
    '      --middleware default --yes',
    '',
  ]);
});

test('the summary names no choice in the same way for one choice and for a list', () => {
  const choices = [{ id: 'none', label: 'None', hint: '', default: true }];
  const option = { flag: '--x', help: '', label: 'X', choices };
  const axes = [
    { ...option, kind: 'choice', key: 'auth' },
    { ...option, kind: 'list', key: 'features' },
  ] as const;
  const answers = { auth: 'none', features: [] as readonly string[], resources: [] as Answers['resources'] } as Answers;
  expect(answersRows(answers, { auth: 'flag', features: 'prompt' }, axes)).toEqual([
    ['X', 'None (flag)'],
    ['X', 'None'],
  ]);
});

test('the summary breaks a path that is too wide after a slash', () => {
  const rows = [['Folder', '/home/ada/create-api/wizard45']] as const;
  expect(rowsText(rows, plain, 45)).toBe(`  Folder           /home/ada/create-api/\n${' '.repeat(19)}wizard45`);
  expect(paragraph('/home/ada/create-api/wizard45 is a Cargo workspace.', 30)).toBe(
    '  /home/ada/create-api/\n  wizard45 is a Cargo\n  workspace.',
  );
});

test('a dry run lists files, conflicts and commands', () => {
  const text = dryRunText(
    {
      path: '/work/svc',
      origins: { name: 'default', features: 'preset' },
      files: [{ path: 'src/main.rs', size: 120, sha256: 'abcdef0123456789', action: 'conflict' }],
      outside: [
        { path: '/work/ci.yml', action: 'write', addition: null },
        { path: '/work/bot.yml', action: 'keep', addition: { below: 'updates:', lines: '  - cargo' } },
      ],
      leftOut: [{ path: 'Cargo.lock', reason: 'the workspace has one' }],
      isRefused: true,
      steps: [{ step: 'install', commands: [['cargo', 'fetch']], skipReason: null }],
    },
    plain,
  );
  expect(text).toContain('  conflict   120  abcdef012345  src/main.rs');
  expect(text).toContain('Answers: by preset: features; the others are defaults\n');
  expect(text).not.toContain('cargo fetch');
  expect(text).toContain(
    `At the root of the repository:
  write      /work/ci.yml
  keep       /work/bot.yml (unless it has them, add these entries below "updates:")

  - cargo


Left out:
  Cargo.lock: the workspace has one
`,
  );
  expect(text).toMatch(/Nothing was written\. The same command without --dry-run would stop at these conflicts\.$/);
});

test('doctor says what to do about what is missing', () => {
  const found = {
    id: 'cc',
    status: 'missing',
    needed: true,
    why: 'links',
    found: null,
    atLeast: null,
    fix: 'install it',
  } as const;
  const text = doctorText([found], false, 'npx create-api', { out: plain, columns: 80 });
  expect(text).toContain('✖ cc');
  expect(text).toContain('missing; it links');
  expect(text).toContain('install it');
  expect(text).toContain('run npx create-api doctor again');
});

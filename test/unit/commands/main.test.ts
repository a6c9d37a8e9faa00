import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { main } from '../../../src/commands/main.ts';
import { BUILT_PACK } from '../../support/projects.ts';

/** Runs a command line with pipes for streams; returns the exit code and the output. */
async function run(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = {},
  signal: AbortSignal = new AbortController().signal,
) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) =>
    new PassThrough().on('data', (chunk) => {
      written[name] += chunk;
    }) as unknown as NodeJS.WriteStream;
  const exitCode = await main({
    argv,
    cwd: '/nowhere',
    env,
    isWindows: false,
    nodeVersion: '20.19.0',
    pack: BUILT_PACK,
    today: '2026-11-27',
    version: '1.2.3',
    script: '/usr/local/bin/create-api',
    streams: {
      stdin: new PassThrough() as unknown as NodeJS.ReadStream,
      stdout: stream('stdout'),
      stderr: stream('stderr'),
    },
    signal,
  });
  return { exitCode, ...written };
}

describe('a command line with a mistake', () => {
  test('exits with 2, with all problems on stderr and nothing on stdout', async () => {
    const { exitCode, stdout, stderr } = await run(['svc', '--zzz', '--framework', 'nope']);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('unknown flag: --zzz');
    expect(stderr).toContain('--framework has no choice "nope"');
  });

  test('with --json is one document on stdout, nothing on stderr', async () => {
    const { exitCode, stdout, stderr } = await run(['--json', 'Bad Name']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 2, problems: [{ code: 'invalid-name' }] });
  });

  test('with --json after "--" is text, because that is a directory', async () => {
    const { stdout, stderr } = await run(['--yes', '--', '--json']);
    expect(stdout).toBe('');
    expect(stderr).toContain('--name json');
  });

  test('reports an invalid directory together with an unknown flag', async () => {
    const { stderr } = await run(['9svc', '--zzz']);
    expect(stderr).toContain('unknown flag: --zzz');
    expect(stderr).toContain('9svc');
  });

  test('does not report the directory after an unknown flag as missing', async () => {
    const { exitCode, stderr } = await run(['--zzz', '9svc']);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('directory');
  });

  test('without a directory and a terminal is refused without a question', async () => {
    const { exitCode, stderr } = await run([]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the directory is missing, and there is no terminal to ask for it');
  });

  test.each([
    [['lsit'], 'create-api list'],
    [['new', 'orders'], 'try create-api orders;'],
    [['init', 'orders', '--yes'], 'try create-api orders;'],
    [['init'], 'try create-api .;'],
    [['https://github.com/acme/orders.git'], 'create-api orders, or git clone https://github.com/acme/orders.git'],
    [['git@github.com:acme/orders'], 'create-api orders, or git clone'],
    [['con'], 'try create-api con-api'],
    [['work/con'], 'try create-api work/con-api'],
    [['n'.repeat(300)], `try create-api ${'n'.repeat(64)}`],
    [['N'.repeat(70)], `try keep the folder with --name ${'n'.repeat(64)}`],
    [['a:b'], 'try create-api a-b'],
    [['100%'], 'try create-api api-100'],
    [['9svc'], 'try keep the folder with --name api-9svc'],
    [['a', 'b', 'c'], 'only one directory can be given, but got a, b and c'],
    [['-y'], 'the directory is missing, and --yes asks for nothing'],
    [['svc', '--install', '--no-install'], '--install and --no-install were both given'],
    [['svc', '--no-git', '--git'], '--git and --no-git were both given'],
    [['list', 'x'], 'create-api list --help'],
    [['completion', 'bsh'], 'create-api completion bash'],
    [['completion'], 'create-api completion bash'],
    [['doctor', '--jsn'], 'did you mean --json?'],
    [['help', 'zzz'], 'unknown command: zzz'],
    [['help', 'lst'], 'create-api help list'],
    [['help', 'list', 'x'], 'unknown command: list x'],
    [['--help', '--bogus'], 'unknown flag: --bogus'],
    [['list', '--help', '--yes'], 'unknown flag: --yes'],
  ])('%j: suggests the command', async (argv, hint) => {
    const { exitCode, stderr } = await run(argv);
    expect(exitCode).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toContain(hint);
  });
});

describe('help', () => {
  test.each([[['--help']], [['-h']], [['help']], [['svc', '--help']]])(
    '%j names every flag and command',
    async (argv) => {
      const { exitCode, stdout } = await run(argv);
      expect(exitCode).toBe(0);
      for (const word of ['--middleware <ids>', '--[no-]git', '-y, --yes', 'doctor', 'create-api my-service']) {
        expect(stdout).toContain(word);
      }
    },
  );

  test.each([[['list', '--help']], [['--help', 'list']], [['help', 'list']]])(
    '%j is about that command',
    async (argv) => {
      const { stdout } = await run(argv);
      expect(stdout).toContain('create-api list [options]');
      expect(stdout).not.toContain('--middleware');
    },
  );

  test('is printed for --help anywhere in a command line', async () => {
    expect((await run(['svc', '--yes', '--name', '--help'])).exitCode).toBe(0);
  });

  test('uses colours only if they are enabled', async () => {
    const start = '\u001b[';
    expect((await run(['--help'])).stdout).not.toContain(start);
    expect((await run(['--help'], { FORCE_COLOR: '1' })).stdout).toContain(start);
    expect((await run(['--help'], { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain(start);
  });
});

describe('list', () => {
  test('--json has every option with its choices and defaults', async () => {
    const { options } = JSON.parse((await run(['list', '--json'])).stdout);
    const byKey = Object.fromEntries(options.map((option: { key: string }) => [option.key, option]));
    expect(byKey['middleware']).toMatchObject({ flag: '--middleware', kind: 'list', default: expect.any(Array) });
    for (const { default: taken, choices } of [byKey['framework'], byKey['database']]) {
      expect(choices.find((choice: { default: boolean }) => choice.default).id).toBe(taken);
    }
  });

  test('--combinations --json has every compatible set of choices', async () => {
    const combinations = JSON.parse((await run(['list', '--combinations', '--json'])).stdout);
    expect(combinations.length).toBeGreaterThan(1);
    for (const combination of combinations) {
      expect(Object.keys(combination).sort()).toEqual(['auth', 'database', 'dbLayer', 'framework']);
    }
    expect(new Set(combinations.map((one: object) => JSON.stringify(one))).size).toBe(combinations.length);
  });
});

test('a dry run lists files with size and hash and writes nothing', async () => {
  const { exitCode, stdout, stderr } = await run(['svc', '--dry-run', '--json', '--no-git']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { ok, path, files, steps } = JSON.parse(stdout);
  expect({ ok, path }).toEqual({ ok: true, path: '/nowhere/svc' });
  expect(steps.map((step: { step: string }) => step.step)).toEqual(['install']);
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    expect(file).toEqual({
      path: expect.any(String),
      size: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      executable: expect.any(Boolean),
      action: 'write',
    });
  }
});

test('completion prints the script alone', async () => {
  const { exitCode, stdout, stderr } = await run(['completion', 'bash']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^# create-api completion for bash/);
});

test('a cancelled doctor reports nothing', async () => {
  const { exitCode, stdout, stderr } = await run(['doctor'], {}, AbortSignal.abort());
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
  expect(stderr).toContain('stopped');
});

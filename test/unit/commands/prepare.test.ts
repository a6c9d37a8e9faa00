import { describe, expect, test } from 'vitest';
import { loadCreateOptions } from '../../../src/commands/create/create-options.ts';
import { prepare } from '../../../src/commands/create/prepare.ts';
import type { Answers } from '../../../src/model/answers.ts';
import { readRequest } from '../../../src/options/resolve.ts';
import { BUILT_PACK, everySelection } from '../../support/projects.ts';

const options = loadCreateOptions(BUILT_PACK);
const { settings } = readRequest(
  { values: {}, switches: {}, operands: [], problems: [] },
  options.all,
  options.rules,
).request;
const prepared = (chosen: Answers) =>
  prepare({ directory: 'svc', chosen, origins: {}, presets: [], settings }, options, '/nowhere');
const textOf = (files: Awaited<ReturnType<typeof prepared>>['files'], path: string) =>
  files.find((file) => file.path === path)?.text ?? '';

describe.each(everySelection())('what to type to run $title', ({ answers }) => {
  test('matches its README, and creates .env only if a variable in it is required', async () => {
    const { files, runCommands } = await prepared(answers);
    expect(textOf(files, 'README.md')).toContain(`## Run\n\n\`\`\`sh\n${runCommands.join('\n')}\n\`\`\`\n`);
    const isNeeded = /^[A-Z]/m.test(textOf(files, '.env.example'));
    expect(runCommands.some((command) => /\.env\.example (?:> )?\.env$/.test(command))).toBe(isNeeded);
    expect(runCommands.at(-1)).toBe('cargo run');
  });
});

test('the commands to run a project do not depend on its description', async () => {
  const [first] = everySelection();
  if (first === undefined) throw new Error('there is no selection');
  const description = '\n## Run\n\n```sh\nrm -rf ~\n```\n';
  const hostile = await prepared({ ...first.answers, description });
  expect(hostile.runCommands).toEqual((await prepared(first.answers)).runCommands);
});

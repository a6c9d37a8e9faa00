import { loadOffer } from '../catalog/builtin.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { describeOption } from '../options/describe.ts';
import { readFlags } from '../options/flags.ts';
import { createOptions, type ListOption, type Option, RESOURCE_EXAMPLE } from '../options/schema.ts';
import { type HelpPage, helpText } from '../ui/help-text.ts';
import { COMMAND_NAMES, commandNamed } from './command-names.ts';
import type { Command } from './context.ts';
import { COMMANDS, type NamedCommand, optionsOf } from './registry.ts';

/** `--help` or `help <command>`: help on the command that comes first, else on create-api. */
export const help: Command = async ({ argv, terminal, pack, version, program }) => {
  const words = argv.filter((word) => word !== '--help' && word !== '-h');
  const isNamed = words[0] === 'help';
  const about = isNamed ? words.slice(1) : words;
  const topic = isNamed ? about.find((word) => !word.startsWith('-')) : about[0];
  const name = commandNamed(topic);
  const offer = () => loadOffer(pack);
  const options = name ? optionsOf(name, offer) : createOptions(offer());
  // Next to --help a value may be missing, but a flag or command has to exist.
  const { operands, problems } = await readFlags(options, about);
  const wrong = problems.filter(({ code }) => code === 'unknown-flag');
  const isTopic = operands.length === 0 || (name !== undefined && operands.length === 1);
  if (isNamed && !isTopic) wrong.push(noTopic(operands));
  if (wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
  const page = name ? commandPage(name, { ...COMMANDS[name], options }, program) : mainPage(options, version, program);
  return { exitCode: EXIT.done, text: helpText(page, terminal.out, terminal.columns), json: page };
};

function noTopic(operands: readonly string[]): Problem {
  const guess = operands[0] === undefined ? null : didYouMean(operands[0], COMMAND_NAMES);
  return {
    code: 'unknown-command',
    message: `unknown command: ${operands.join(' ')}`,
    allowed: COMMAND_NAMES.join(', '),
    hint: guess ? `did you mean create-api help ${guess}?` : 'create-api --help',
  };
}

const HELP_ROW = ['-h, --help', 'Show this help'] as const;

function commandPage(name: string, command: NamedCommand, program: string): HelpPage {
  const { summary, operands, argument = '', options, examples = [] } = command;
  return {
    about: `${summary}.`,
    usage: [
      [`${program} ${name}`, operands.join('|'), argument, options.length > 0 ? '[options]' : '']
        .filter(Boolean)
        .join(' '),
    ],
    tables: [{ title: 'Options', rows: [...options.map(rowOf), HELP_ROW] }],
    notes: [],
    examples: examples.map((example) => `${program} ${example}`),
  };
}

function mainPage(options: readonly Option[], version: string, program: string): HelpPage {
  return {
    about: `create-api ${version}: creates a backend service in Rust. Asks for what is not given; without a terminal, in CI, and with --yes or --json it asks nothing and uses the defaults.`,
    usage: [`${program} [directory] [options]`, `${program} <command> [options]`],
    tables: [
      { title: 'Options', rows: [...options.map(rowOf), HELP_ROW, ['-V, --version', 'Show the version']] },
      {
        title: 'Commands',
        rows: COMMAND_NAMES.map((name) => [name, COMMANDS[name].summary]),
      },
    ],
    notes: [
      'Lists are ids, default, all or none, separated by commas; +id and -id change the default.',
      `${program} list describes every choice, and the types of the fields of resources.`,
      'Exit codes: 0 done, 1 failed, 2 usage, 3 conflict, 4 policy, 5 integrity, 6 drift, 130 cancelled.',
    ],
    examples: examplesFrom(options).map((args) => `${program} ${args}`),
  };
}

function rowOf(option: Option): readonly [string, string] {
  const { flag, help, allowed, default: byDefault } = describeOption(option);
  const isDefaultSaid = byDefault !== '' && byDefault !== 'on';
  return [
    flag,
    `${help}${allowed.length > 0 ? `: ${allowed.join(', ')}` : ''}${isDefaultSaid ? ` (default: ${byDefault})` : ''}`,
  ];
}

/** Arguments of whole commands, with choices from the schema. */
function examplesFrom(options: readonly Option[]): readonly string[] {
  const chosen = options.flatMap((option) =>
    option.kind === 'choice' && option.example !== undefined ? `${option.flag} ${option.example}` : [],
  );
  const list = options.find((option): option is ListOption => option.kind === 'list' && option.choices.length > 1);
  const changed = list ? `${list.flag} default,-${list.choices.find((choice) => choice.default)?.id}` : '';
  return [
    'my-service',
    ['my-service', ...chosen, '--yes'].join(' '),
    `my-service ${changed} --no-git --yes`.replace('  ', ' '),
    ...options.flatMap(({ kind, flag }) => (kind === 'resource' ? `my-service ${flag} ${RESOURCE_EXAMPLE}` : [])),
    'my-service --dry-run --json',
    '. --name my-service --on-conflict skip --yes',
  ];
}

import { Command, CommanderError, Option as CommanderOption } from 'commander';
import type { Problem } from '../model/errors.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Option } from './schema.ts';

/** A command line, taken apart but not yet understood: every value is the text that was typed. */
export interface RawFlags {
  /** By option key; every occurrence, in order. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** By option key; only those that were given. */
  readonly switches: Readonly<Record<string, boolean>>;
  readonly operands: readonly string[];
  /** Unknown flags and flags without their value. */
  readonly problems: readonly Problem[];
}

/** Takes a command's options and its arguments; gives what was typed and all that is wrong with its form. */
export function readFlags(options: readonly Option[], argv: readonly string[]): RawFlags {
  const { operands, unknown, typed, missing } = parse(options, argv);
  const values: Record<string, readonly string[]> = {};
  const switches: Record<string, boolean> = {};
  for (const option of options) {
    const value = typed[option.key];
    if (typeof value === 'boolean') switches[option.key] = value;
    if (!Array.isArray(value)) continue;
    // A flag where a value belongs: commander takes it as the value, because values of lists may start with "-".
    if (value.some((text: string) => text.startsWith('--'))) missing.add(option.flag);
    values[option.key] = value.filter((text: string) => !text.startsWith('--'));
  }
  const unknownFlags = unknown.filter((argument) => argument.startsWith('-') && argument !== '-');
  const known = [...options.flatMap(spellings), '--help', '--version'];
  return {
    values,
    switches,
    // After an unknown flag nobody can tell whether a word is its value or an operand.
    operands: unknownFlags.length > 0 ? operands : [...operands, ...unknown],
    problems: [
      ...unknownFlags.map((flag) => unknownFlag(flag, known)),
      ...[...missing].map((flag) => ({
        code: 'missing-value',
        message: `${flag} needs a value`,
        hint: `for example: ${exampleOf(options, flag)}`,
      })),
    ],
  };
}

/** A commander that knows the options; it throws instead of ending the process, and writes nothing. */
function parserOf(options: readonly Option[]): Command {
  const parser = new Command('create-api').helpOption(false).exitOverride();
  parser.configureOutput({ writeErr: () => {} });
  for (const option of options) {
    for (const spelling of spellings(option)) {
      const declared = new CommanderOption(declarationOf(option, spelling));
      if (option.kind !== 'switch') declared.argParser((text: string, before: string[] = []) => [...before, text]);
      parser.addOption(declared);
    }
  }
  return parser;
}

/** Every long flag of an option: `--git` and `--no-git` where it is on by default. */
export function spellings(option: Option): readonly string[] {
  const isOnByDefault = option.kind === 'switch' && option.default;
  return isOnByDefault ? [option.flag, option.flag.replace('--', '--no-')] : [option.flag];
}

/** What stands for the value of an option in help and messages, e.g. `<id>`; empty for a switch. */
export function placeholderOf(option: Option): string {
  switch (option.kind) {
    case 'switch':
      return '';
    case 'text':
      return `<${option.placeholder}>`;
    case 'choice':
      return '<id>';
    case 'list':
      return '<ids>';
  }
}

interface Parsed {
  readonly operands: readonly string[];
  readonly unknown: readonly string[];
  readonly typed: Readonly<Record<string, unknown>>;
  readonly missing: Set<string>;
}

function parse(options: readonly Option[], argv: readonly string[]): Parsed {
  const parser = parserOf(options);
  try {
    return { ...parser.parseOptions([...argv]), typed: parser.opts(), missing: new Set() };
  } catch (error) {
    const last = argv.at(-1);
    const lacksValue = error instanceof CommanderError && error.code === 'commander.optionMissingArgument';
    if (!lacksValue || last === undefined) throw error;
    // Commander stops here, and only the last argument can lack its value: read the others without it.
    const parsed = parse(options, argv.slice(0, -1));
    parsed.missing.add(last);
    return parsed;
  }
}

function declarationOf(option: Option, spelling: string): string {
  const short = option.kind === 'switch' && option.short ? `${option.short}, ` : '';
  return `${short}${spelling} ${placeholderOf(option)}`.trim();
}

function unknownFlag(argument: string, known: readonly string[]): Problem {
  const flag = argument.split('=', 1)[0] ?? argument;
  const guess = didYouMean(flag, known);
  return {
    code: 'unknown-flag',
    message: `there is no flag ${flag}`,
    hint: guess ? `did you mean ${guess}?` : 'create-api --help lists every flag',
  };
}

function exampleOf(options: readonly Option[], flag: string): string {
  const option = options.find((option) => option.flag === flag);
  if (option?.kind === 'choice' || option?.kind === 'list') return `${flag} ${option.choices[0]?.id ?? 'none'}`;
  return `${flag} my-service`;
}

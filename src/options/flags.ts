import type { Command } from 'commander';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import { type Option, RESOURCE_EXAMPLE } from './schema.ts';

/** A command line that was split, but not interpreted: every value is the text that was typed. */
export interface RawFlags {
  /** By option key; every occurrence, in order. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** By option key; only those that were given. */
  readonly switches: Readonly<Record<string, boolean>>;
  readonly operands: readonly string[];
  /** Unknown flags, flags without their value, switches with one, and contradicting switches. */
  readonly problems: readonly Problem[];
}

/** Splits the arguments of a command; finds everything that is wrong with their form. */
export async function readFlags(options: readonly Option[], argv: readonly string[]): Promise<RawFlags> {
  // It takes longer to load the parser than to do without.
  if (argv.length === 0) return { values: {}, switches: {}, operands: [], problems: [] };
  const { wellFormed, problems } = checkForm(options, argv);
  const parser = await parserOf(options);
  const { operands, unknown } = parser.parseOptions([...wellFormed]);
  const typed = parser.opts();
  const values: Record<string, readonly string[]> = {};
  const switches: Record<string, boolean> = {};
  for (const { key, flag } of options) {
    const value: unknown = typed[parser.options.find(({ long }) => long === flag)?.attributeName() ?? key];
    if (typeof value === 'boolean') switches[key] = value;
    if (Array.isArray(value)) values[key] = value;
  }
  const end = unknown.includes('--') ? unknown.indexOf('--') : unknown.length;
  const before = unknown.slice(0, end);
  const known = [...options.flatMap(spellings), '--help', '--version'];
  return {
    values,
    switches,
    // The word after an unknown flag may be its value, so it does not count as an operand.
    operands: [
      ...operands,
      ...before.filter((word, index) => !isFlag(word) && !/^-[^=]+$/.test(before[index - 1] ?? '')),
      ...unknown.slice(end + 1),
    ],
    problems: [...before.filter(isFlag).map((flag) => unknownFlag(flag, known)), ...problems],
  };
}

function isFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}

interface Form {
  /** The arguments without the flags that problems are about. */
  readonly wellFormed: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Finds switches with a value, flags without theirs, and switches turned both on and off: commander takes any word as a
 * value, as ids may start with "-", and the last switch.
 */
function checkForm(options: readonly Option[], argv: readonly string[]): Form {
  const wellFormed: string[] = [];
  const problems: Problem[] = [];
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  for (let index = 0; index < end; index++) {
    const word = argv[index] ?? '';
    const [, flag = word, attached] = /^(--?[^=]+)(=.*)?$/s.exec(word) ?? [];
    const option = options.find((option) => [...spellings(option), shortOf(option)].includes(flag));
    if (option?.kind === 'switch' && attached !== undefined) problems.push(needlessValue(option, flag, attached));
    else if (option !== undefined && option.kind !== 'switch' && attached === undefined) {
      const value = index + 1 < end ? argv[index + 1] : undefined;
      if (value === undefined || value.startsWith('--')) problems.push(missingValue(option));
      else {
        wellFormed.push(word, value);
        index++;
      }
    } else wellFormed.push(word);
  }
  for (const option of options.filter(({ kind }) => kind === 'switch')) {
    const given = spellings(option).filter((flag) => argv.slice(0, end).includes(flag));
    if (given.length > 1) problems.push(contradictingFlags(given));
  }
  return { wellFormed: [...wellFormed, ...argv.slice(end)], problems };
}

/** A parser of the options that throws instead of ending the process, and prints nothing. */
async function parserOf(options: readonly Option[]): Promise<Command> {
  const { Command, Option: CommanderOption } = await import('commander');
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

/** Every long flag of an option: `--git` and `--no-git` if it is on by default. */
export function spellings(option: Option): readonly string[] {
  const isOnByDefault = option.kind === 'switch' && option.default;
  return isOnByDefault ? [option.flag, option.flag.replace('--', '--no-')] : [option.flag];
}

/** The placeholder for the value of an option, e.g. `<id>`; empty for a switch. */
export function placeholderOf(option: Option): string {
  switch (option.kind) {
    case 'switch':
      return '';
    case 'text':
      return `<${option.placeholder}>`;
    case 'file':
    case 'pack':
      return '<source>';
    case 'resource':
      return '<resource>';
    case 'choice':
      return '<id>';
    case 'list':
      return '<ids>';
  }
}

function shortOf(option: Option): string | undefined {
  return option.kind === 'switch' ? option.short : undefined;
}

function declarationOf(option: Option, spelling: string): string {
  const short = shortOf(option);
  return `${short ? `${short}, ` : ''}${spelling} ${placeholderOf(option)}`.trim();
}

function unknownFlag(argument: string, known: readonly string[]): Problem {
  const flag = argument.split('=', 1)[0] ?? argument;
  const guess = didYouMean(flag, known);
  return {
    code: 'unknown-flag',
    message: `unknown flag: ${flag}`,
    hint: guess ? `did you mean ${guess}?` : 'create-api --help lists every flag',
  };
}

/** The problem of flags of which only one can be given. */
export function contradictingFlags(flags: readonly string[]): Problem {
  return { code: 'contradicting-flags', message: `${flags.join(' and ')} were both given`, hint: 'give one of them' };
}

function needlessValue(option: Option, flag: string, attached: string): Problem {
  return {
    code: 'needless-value',
    message: `${flag} takes no value, but was given ${attached}`,
    allowed: spellings(option).join(' or '),
  };
}

const EXAMPLES = {
  ...{ text: 'my-service', file: 'preset.json', pack: './our-pack' },
  ...{ resource: RESOURCE_EXAMPLE, switch: '' },
};

function missingValue(option: Option): Problem {
  const hasChoices = option.kind === 'choice' || option.kind === 'list';
  const example = hasChoices ? (option.choices[0]?.id ?? 'none') : EXAMPLES[option.kind];
  return {
    code: 'missing-value',
    message: `${option.flag} needs a value`,
    hint: `for example: ${option.flag} ${example}`,
  };
}

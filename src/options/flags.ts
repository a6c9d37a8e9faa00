import type { Problem } from '../model/errors.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Option } from './schema.ts';

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
export function readFlags(options: readonly Option[], argv: readonly string[]): RawFlags {
  const byFlag = new Map(options.flatMap((option) => spellings(option).map((flag) => [flag, option])));
  const known = [...byFlag.keys(), '--help', '--version'];
  for (const option of options) if (option.kind === 'switch' && option.short) byFlag.set(option.short, option);
  const values: Record<string, string[]> = {};
  const switches: Record<string, boolean> = {};
  const operands: string[] = [];
  const [unknown, problems]: [Problem[], Problem[]] = [[], []];
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  for (let index = 0; index < end; index++) {
    const word = argv[index] ?? '';
    const { flag, attached } = splitWord(word);
    const option = byFlag.get(flag);
    if (!isFlag(word)) operands.push(word);
    else if (option === undefined) {
      unknown.push(unknownFlag(flag, known));
      // The word after an unknown flag may be its value, so it does not count as an operand.
      if (attached === undefined && index + 1 < end && !isFlag(argv[index + 1] ?? '')) index++;
    } else if (option.kind === 'switch') {
      if (attached === undefined) switches[option.key] = !flag.startsWith('--no-');
      else problems.push(needlessValue(option, flag, attached));
    } else {
      // Ids may start with "-".
      const next = index + 1 < end && !argv[index + 1]?.startsWith('--') ? argv[index + 1] : undefined;
      const value = attached ?? next;
      if (attached === undefined && next !== undefined) index++;
      if (value === undefined) problems.push(missingValue(option));
      else values[option.key] = [...(values[option.key] ?? []), value];
    }
  }
  for (const option of options) {
    const given = spellings(option).filter((flag) => argv.slice(0, end).includes(flag));
    if (given.length > 1) problems.push(contradictingFlags(given));
  }
  return { values, switches, operands: [...operands, ...argv.slice(end + 1)], problems: [...unknown, ...problems] };
}

/** A word as a flag and the value that is attached to it with `=`, if there is one. */
function splitWord(word: string): { readonly flag: string; readonly attached: string | undefined } {
  const equals = word.indexOf('=');
  return equals < 0
    ? { flag: word, attached: undefined }
    : { flag: word.slice(0, equals), attached: word.slice(equals + 1) };
}

function isFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-';
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
      return '<file>';
    case 'choice':
      return '<id>';
    case 'list':
      return '<ids>';
  }
}

function unknownFlag(flag: string, known: readonly string[]): Problem {
  const guess = didYouMean(flag, known);
  return {
    code: 'unknown-flag',
    message: `unknown flag: ${flag}`,
    hint: guess ? `did you mean ${guess}?` : 'create-api --help lists every flag',
  };
}

function contradictingFlags(flags: readonly string[]): Problem {
  return { code: 'contradicting-flags', message: `${flags.join(' and ')} were both given`, hint: 'give one of them' };
}

function needlessValue(option: Option, flag: string, attached: string): Problem {
  return {
    code: 'needless-value',
    message: `${flag} takes no value, but was given =${attached}`,
    allowed: spellings(option).join(' or '),
  };
}

const EXAMPLES = { text: 'my-service', file: 'preset.json', switch: '' };

function missingValue(option: Option): Problem {
  const hasChoices = option.kind === 'choice' || option.kind === 'list';
  const example = hasChoices ? (option.choices[0]?.id ?? 'none') : EXAMPLES[option.kind];
  return {
    code: 'missing-value',
    message: `${option.flag} needs a value`,
    hint: `for example: ${option.flag} ${example}`,
  };
}

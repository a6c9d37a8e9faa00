import { spellings } from '../../options/flags.ts';
import type { Option } from '../../options/schema.ts';

/** Everything that shells complete. */
export interface Completable {
  /** The words that start create-api: shells complete `create-api`, whatever it was started by to print the script. */
  readonly program: string;
  /** Of `create-api [directory]`. */
  readonly options: readonly Option[];
  readonly commands: readonly {
    readonly name: string;
    readonly summary: string;
    /** Words that may follow the name. */
    readonly operands: readonly string[];
    /** What follows. */
    readonly argument?: string;
    readonly options: readonly Option[];
  }[];
}

/** Words of a list that stand for several ids. */
export const LIST_WORDS = ['default', 'all', 'none'] as const;

/** Every flag of the options, short ones too, and `--help`. */
export function flagsOf(options: readonly Option[]): readonly string[] {
  return [
    ...options.flatMap((option) => [
      ...spellings(option),
      ...(option.kind === 'switch' && option.short ? [option.short] : []),
    ]),
    '--help',
  ];
}

/** Quotes a text for POSIX shells and zsh. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

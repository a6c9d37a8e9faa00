import { PACKS_FILE } from '../../model/project-record.ts';
import { spellings } from '../../options/flags.ts';
import type { Option } from '../../options/schema.ts';

/** Everything that shells complete. */
export interface Completable {
  /** The words that start create-api: shells complete `create-api`, whatever it was started by to print the script. */
  readonly program: string;
  /** Of `create-api [directory]`. */
  readonly options: readonly Option[];
  /** A command, the same in every shell, that prints the ids which packs add to the project in this folder. */
  readonly packIds: string;
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

/** The command for `packIds`, by the folders of the axes. A file of a pack is a line of the record, which names it first. */
export function packIdsCommand(folders: readonly string[]): string {
  const line = `^[{]"pack":"[^"]*","path":"(${folders.join('|')})/([a-z0-9-]+)/part[.]json".*`;
  return `sed -nE 's#${line}#\\2#p' ${PACKS_FILE} 2>/dev/null`;
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

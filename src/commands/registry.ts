import { DOCTOR_OPTIONS, LIST_OPTIONS, type Option } from '../options/schema.ts';

/** A command that is called by name, as help and completion show it. */
export interface NamedCommand {
  readonly summary: string;
  /** Words of which one follows the name. */
  readonly operands: readonly string[];
  readonly options: readonly Option[];
}

/** Shells that `completion` writes a script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export const COMMAND_NAMES = ['list', 'doctor', 'completion'] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

/** Every command but `create`, which is what is done where no command is named. */
export const COMMANDS: Readonly<Record<CommandName, NamedCommand>> = {
  list: { summary: 'Show every option, what it takes and its default', operands: [], options: LIST_OPTIONS },
  doctor: { summary: 'Check that what a project needs is installed', operands: [], options: DOCTOR_OPTIONS },
  completion: { summary: "Print a shell's completion script", operands: SHELLS, options: [] },
};

/** The name of a command, if the word is one. */
export function commandNamed(word: string | undefined): CommandName | undefined {
  return COMMAND_NAMES.find((name) => name === word);
}

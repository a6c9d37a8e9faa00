import { DOCTOR_OPTIONS, LIST_OPTIONS, type Option, PACK_OPTIONS } from '../options/schema.ts';

/** A command that is called by name, as help and completion show it. */
export interface NamedCommand {
  readonly summary: string;
  /** The name is followed by one of these words. */
  readonly operands: readonly string[];
  /** What follows that word. */
  readonly argument?: 'folder';
  readonly options: readonly Option[];
}

/** Shells that `completion` writes a script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export const COMMAND_NAMES = ['list', 'doctor', 'pack', 'completion'] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

/** Every command but `create`, which has no name. */
export const COMMANDS: Readonly<Record<CommandName, NamedCommand>> = {
  list: { summary: 'List every option with its choices and defaults', operands: [], options: LIST_OPTIONS },
  doctor: { summary: 'Check that everything a project needs is installed', operands: [], options: DOCTOR_OPTIONS },
  pack: {
    summary: 'Report everything that is wrong in a pack of templates',
    operands: ['check'],
    argument: 'folder',
    options: PACK_OPTIONS,
  },
  completion: { summary: "Print a shell's completion script", operands: SHELLS, options: [] },
};

/** The command with this name, if there is one. */
export function commandNamed(word: string | undefined): CommandName | undefined {
  return COMMAND_NAMES.find((name) => name === word);
}

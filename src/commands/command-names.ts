/** Names alone, for what decides which command to load. */

export const COMMAND_NAMES = [
  'add',
  'remove',
  'set',
  'generate',
  'update',
  'diff',
  'check',
  'continue',
  'abort',
  'adopt',
  'list',
  'doctor',
  'preset',
  'pack',
  'fleet',
  'completion',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

/** The command with this name, if there is one. */
export function commandNamed(word: string | undefined): CommandName | undefined {
  return COMMAND_NAMES.find((name) => name === word);
}

import type { Problem } from '../model/errors.ts';

/** What is wrong with arguments after a command that takes none. */
export function refuseOperands(command: string, operands: readonly string[]): readonly Problem[] {
  if (operands.length === 0) return [];
  return [
    {
      code: 'too-many-arguments',
      message: `${command} takes no arguments, but ${operands.join(' ')} was given`,
      hint: `create-api ${command} --help`,
    },
  ];
}

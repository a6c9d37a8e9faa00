import type { Problem } from '../model/errors.ts';

/** The problem of arguments after a command that takes none. */
export function refuseOperands(command: string, operands: readonly string[]): readonly Problem[] {
  if (operands.length === 0) return [];
  return [
    {
      code: 'too-many-arguments',
      message: `${command} takes no arguments, but got ${operands.join(' ')}`,
      hint: `create-api ${command} --help`,
    },
  ];
}

import type { Problem } from '../../model/errors.ts';

/** The problem of a command that needs words after its name, if there are none; `example` is such a command. */
export function requireOperands(what: string, example: string): (operands: readonly string[]) => readonly Problem[] {
  const [command] = example.split(' ');
  const hint = `create-api ${example}; create-api list has all of them`;
  const missing = { code: 'missing-argument', message: `${command}: ${what} is missing`, hint };
  return (operands) => (operands.length > 0 ? [] : [missing]);
}

import type { Problem } from '../model/errors.ts';
import { editDistance } from '../options/did-you-mean.ts';

/**
 * What is wrong with operands that would be a directory but look like a command: its name after a flag, one slip away
 * from it, or a word with more behind it. A folder of such a name can still be had as `./list`.
 */
export function mistypedCommand(operands: readonly string[], commands: readonly string[]): Problem | null {
  const [word] = operands;
  if (word === undefined) return null;
  const meant = commands.find((command) => editDistance(word, command) <= 1);
  if (meant === undefined) return operands.length > 1 && /^[a-z]+$/.test(word) ? noCommand(word, commands) : null;
  return {
    code: 'unknown-command',
    message:
      word === meant
        ? `the command ${meant} has to come first`
        : `${JSON.stringify(word)} looks like the command ${meant}`,
    hint: `did you mean create-api ${meant}? For a folder of that name: create-api ./${word}`,
  };
}

function noCommand(word: string, commands: readonly string[]): Problem {
  return {
    code: 'unknown-command',
    message: `there is no command ${word}`,
    allowed: commands.join(', '),
    hint: `create-api --help; for a folder of that name: create-api ${word}`,
  };
}

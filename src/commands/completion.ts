import { loadOffer } from '../catalog/builtin.ts';
import type { Offer } from '../model/catalog.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import { EXIT, ExpectedError, type Problem, unreachable } from '../model/errors.ts';
import { readFlags } from '../options/flags.ts';
import { createOptions } from '../options/schema.ts';
import { COMMAND_NAMES } from './command-names.ts';
import { bashScript } from './completion/bash.ts';
import { type Completable, packIdsCommand } from './completion/completable.ts';
import { fishScript } from './completion/fish.ts';
import { zshScript } from './completion/zsh.ts';
import type { Command } from './context.ts';
import { COMMANDS, IDS, optionsOf, SHELLS, type Shell } from './registry.ts';

/** `create-api completion <shell>`: prints the script that completes commands, flags and ids, also in lists. */
export const completion: Command = async ({ argv, pack, program }) => {
  const { operands, problems } = await readFlags([], argv);
  const [word] = operands;
  const shell = SHELLS.find((shell) => shell === word);
  const wrong = [...problems, ...(shell && operands.length === 1 ? [] : [noShell(operands)])];
  if (shell === undefined || wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
  return { exitCode: EXIT.done, text: scriptFor(shell, whatToComplete(program, pack)) };
};

function whatToComplete(program: string, pack: string): Completable {
  const offer = loadOffer(pack);
  const optional = offer.axes.filter(({ structural }) => !structural);
  const ids = extraIds(optional, offer);
  const commands = COMMAND_NAMES.map((name) => {
    const command = COMMANDS[name];
    return {
      name,
      ...command,
      options: optionsOf(name, () => offer),
      operands: command.argument === IDS ? ids : command.operands,
    };
  });
  const packIds = packIdsCommand(optional.map(({ folder }) => folder));
  return { program, options: createOptions(offer), packIds, commands };
}

/** The ids that a project can be without. */
function extraIds(optional: Offer['axes'], { parts }: Offer): readonly string[] {
  return optional.flatMap(({ id }) => parts[id].map((part) => part.id)).filter((id) => id !== 'none');
}

function scriptFor(shell: Shell, completable: Completable): string {
  switch (shell) {
    case 'bash':
      return bashScript(completable);
    case 'zsh':
      return zshScript(completable);
    case 'fish':
      return fishScript(completable);
    default:
      return unreachable(shell);
  }
}

function noShell(operands: readonly string[]): Problem {
  const guess = operands[0] === undefined ? null : didYouMean(operands[0], SHELLS);
  return {
    code: operands.length === 0 ? 'missing-shell' : 'unknown-shell',
    message:
      operands.length === 0
        ? 'completion: the name of a shell is missing'
        : `completion: unknown shell ${operands.join(' ')}`,
    allowed: SHELLS.join(', '),
    hint: guess ? `did you mean create-api completion ${guess}?` : 'create-api completion bash',
  };
}

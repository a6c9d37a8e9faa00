import { editDistance } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';

/** The commands of other generators for creating a project. Here the directory comes first. */
const CREATING = ['new', 'init', 'create', 'scaffold'];

/**
 * The problem with a directory that looks like a mistake: a misspelt command, one after a flag, one of other generators, or
 * a URL. `./list` still names the folder.
 */
export function mistypedCommand(operands: readonly string[], commands: readonly string[]): Problem | null {
  const [word, ...others] = operands;
  if (word === undefined) return null;
  if (/^[a-z][a-z0-9+.-]+:\/\/|^[\w.-]+@[\w.-]+:/i.test(word)) return urlAsDirectory(word);
  if (CREATING.includes(word)) return needlessCommand(word, others);
  // Most directories differ too much in length, so nothing is compared letter by letter.
  const meant = commands.find(
    (command) => Math.abs(word.length - command.length) <= 1 && editDistance(word, command) <= 1,
  );
  if (meant === undefined) return null;
  return {
    code: 'unknown-command',
    message:
      word === meant
        ? `the command ${meant} must come first`
        : `${JSON.stringify(word)} looks like the command ${meant}`,
    hint: `did you mean create-api ${meant}? For a folder of that name: create-api ./${word}`,
  };
}

function urlAsDirectory(url: string): Problem {
  const name = /([\w-]+?)(?:\.git)?\/*$/.exec(url)?.[1] ?? 'my-service';
  return {
    code: 'url-as-directory',
    message: `${url} is a URL, but a directory is expected: create-api creates new projects and does not download existing ones`,
    hint: `create-api ${name}, or git clone ${url}`,
  };
}

function needlessCommand(word: string, others: readonly string[]): Problem {
  const directory = others[0] ?? (word === 'init' ? '.' : 'my-service');
  return {
    code: 'unknown-command',
    message: `${JSON.stringify(word)} is not a command: the directory comes directly after create-api`,
    hint: `create-api ${directory}; for a folder of that name: create-api ./${word}`,
  };
}

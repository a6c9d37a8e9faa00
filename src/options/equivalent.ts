import type { Answers } from '../model/answers.ts';
import { writeList } from './list-syntax.ts';
import type { Settings } from './resolve.ts';
import type { AxisOption } from './schema.ts';

/** What an equivalent command is made from. */
export interface Repeatable {
  readonly version: string;
  /** As it would be typed. */
  readonly directory: string;
  /** The name that follows from the directory. */
  readonly directoryName: string;
  readonly answers: Answers;
  /** `description` was given, it is not the default. */
  readonly isDescribed: boolean;
  readonly settings: Pick<Settings, 'install' | 'git' | 'verify' | 'onConflict' | 'workspace'>;
}

/** The arguments, after `npx`, that make the same project without a question, pinned to this exact version. */
export function equivalentArguments(run: Repeatable, axes: readonly AxisOption[]): readonly string[] {
  const { answers, settings } = run;
  const words = [`create-api@${run.version}`, asOperand(run.directory)];
  if (answers.name !== run.directoryName) words.push('--name', answers.name);
  if (run.isDescribed) words.push('--description', answers.description);
  for (const option of axes) {
    const value = answers[option.key];
    if (option.kind === 'list') words.push(option.flag, writeList(option, [value ?? []].flat()));
    else if (typeof value === 'string') words.push(option.flag, value);
  }
  if (!settings.install) words.push('--no-install');
  if (!settings.git) words.push('--no-git');
  if (settings.verify) words.push('--verify');
  if (settings.onConflict !== 'fail') words.push('--on-conflict', settings.onConflict);
  if (settings.workspace !== null) words.push('--workspace', settings.workspace);
  return [...words, '--yes'];
}

/** A path that no command takes for a flag. */
export function asOperand(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/** Words as one line for a POSIX shell, or for `cmd` and PowerShell, which both know double quotes. */
export function shellLine(words: readonly string[], isWindows: boolean): string {
  const quote = (word: string): string => {
    const isPlain = isWindows ? /^[\w@+=:,./\\-]+$/ : /^[\w@%+=:,./-]+$/;
    if (isPlain.test(word)) return word;
    return isWindows ? `"${word.replaceAll('"', '""')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
  };
  return words.map(quote).join(' ');
}

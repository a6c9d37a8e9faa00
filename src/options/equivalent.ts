import type { Answers, Origins } from '../model/answers.ts';
import { printResource } from '../model/resource-syntax.ts';
import { writeList } from './list-syntax.ts';
import type { Settings } from './resolve.ts';
import type { AxisOption } from './schema.ts';

/** A run that created a project. */
export interface CreateRun {
  /** As it would be typed. */
  readonly directory: string;
  /** The default name: that of the folder. */
  readonly directoryName: string;
  readonly answers: Answers;
  readonly origins: Origins;
  /** The source of the preset that was given, as it would be typed. */
  readonly preset: string | null;
  /** The sources of teams' packs that are not of the preset, as they would be typed. */
  readonly packs: readonly string[];
  /** The description is not the default one. */
  readonly isDescribed: boolean;
  readonly settings: Pick<Settings, 'install' | 'git' | 'verify' | 'requestedSteps' | 'onConflict' | 'workspace'>;
}

/** The arguments that create the same project without a question. What a preset answers is left to it. */
export function equivalentArguments(run: CreateRun, axes: readonly AxisOption[]): readonly string[] {
  const { answers, settings } = run;
  const isOfPreset = (key: keyof Answers) => run.preset !== null && run.origins[key] === 'preset';
  const words = [asOperand(run.directory)];
  if (answers.name !== run.directoryName) words.push('--name', answers.name);
  if (run.preset !== null) words.push('--preset', run.preset);
  if (run.isDescribed && !isOfPreset('description')) words.push('--description', answers.description);
  for (const source of run.packs) words.push('--pack', source);
  for (const option of axes) {
    if (isOfPreset(option.key)) continue;
    const value = answers[option.key];
    if (option.kind === 'list') words.push(option.flag, writeList(option, [value ?? []].flat()));
    else if (typeof value === 'string') words.push(option.flag, value);
  }
  const resources = isOfPreset('resources') ? [] : answers.resources;
  for (const resource of resources) words.push('--resource', printResource(resource));
  if (!settings.install) words.push('--no-install');
  if (!settings.git) words.push('--no-git');
  // Also those that are on by default: a step that was requested has to succeed.
  words.push(...settings.requestedSteps.map((step) => `--${step}`));
  if (settings.onConflict !== 'fail') words.push('--on-conflict', settings.onConflict);
  if (settings.workspace !== null) words.push('--workspace', settings.workspace);
  return [...words, '--yes'];
}

/** A path that no command mistakes for a flag. */
export function asOperand(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/** Quotes words for a POSIX shell, or for `cmd` and PowerShell, which both support double quotes. */
export function shellLine(words: readonly string[], isWindows: boolean): string {
  const quote = (word: string): string => {
    const isPlain = isWindows ? /^[\w@+=:,./\\-]+$/ : /^[\w@%+=:,./-]+$/;
    if (isPlain.test(word)) return word;
    return isWindows ? `"${word.replaceAll('"', '""')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
  };
  return words.map(quote).join(' ');
}

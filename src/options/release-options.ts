/** The options of an earlier release, as its `list --json` tells them. */
import type { Answers } from '../model/answers.ts';
import { type AxisId, flagOf } from '../model/axes.ts';

/** A choice of a release. */
export interface ReleaseChoice {
  readonly id: string;
  /** Its name for people, as the README of a project has it. */
  readonly label: string;
  readonly default: boolean;
  /** Keys of the axes that do not apply to it. */
  readonly excludesAxes: readonly string[];
}

/** An axis of a release. */
export interface ReleaseAxis {
  readonly key: AxisId;
  readonly multiple: boolean;
  readonly choices: readonly ReleaseChoice[];
}

/** What is chosen on the axes of a release; `null` on one that does not apply. */
export type ReleaseChoices = Readonly<Partial<Record<AxisId, string | readonly string[] | null>>>;

/** Reads what a release lists, on the axes with these keys; `null` if it is no list of options. */
export function readReleaseAxes(json: string, keys: readonly AxisId[]): readonly ReleaseAxis[] | null {
  const list = parse(json);
  const options = isObject(list) && Array.isArray(list['options']) ? (list['options'] as readonly unknown[]) : [];
  const axes = keys.flatMap((key) => {
    const option = options.find((each) => isObject(each) && each['key'] === key);
    const { kind, choices } = isObject(option) ? option : {};
    if ((kind !== 'choice' && kind !== 'list') || !Array.isArray(choices)) return [];
    return [{ key, multiple: kind === 'list', choices: choices.flatMap(readChoice) }];
  });
  return axes.length === 0 || axes.some(({ choices }) => choices.length === 0) ? null : axes;
}

function readChoice(choice: unknown): readonly ReleaseChoice[] {
  if (!isObject(choice)) return [];
  const { id, label, default: isDefault, excludesAxes } = choice;
  // Ids become arguments of the release.
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(id) || typeof label !== 'string') return [];
  const excluded = Array.isArray(excludesAxes) ? excludesAxes.filter((key) => typeof key === 'string') : [];
  return [{ id, label, default: isDefault === true, excludesAxes: excluded }];
}

/** The arguments that create a project of a release, in a folder, without questions and steps. */
export function releaseArguments(
  folder: string,
  { name, description }: Pick<Answers, 'name' | 'description'>,
  choices: ReleaseChoices,
  axes: readonly ReleaseAxis[],
): readonly string[] {
  const flags = axes.flatMap(({ key, multiple }) => {
    const value = choices[key];
    if (value === null || value === undefined) return [];
    return [`${flagOf(key)}=${multiple ? [value].flat().join(',') || 'none' : value}`];
  });
  return [
    folder,
    `--name=${name}`,
    `--description=${description}`,
    ...flags,
    '--no-install',
    '--no-git',
    '--yes',
    '--json',
  ];
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * From raw flags to Answers. Pure: the rules about names and combinations are passed in. All problems are collected, so
 * that they can be reported at once.
 */
import type { Answers, Origin, Origins } from '../model/answers.ts';
import type { AxisId, Choices } from '../model/axes.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import type { OnConflict } from '../model/files.ts';
import type { Resource } from '../model/resource.ts';
import { parseResource } from '../model/resource-syntax.ts';
import type { StepId } from '../model/steps.ts';
import { checkDescription } from './description.ts';
import type { RawFlags } from './flags.ts';
import { isListChange, readList } from './list-syntax.ts';
import type { Preset, UsedPreset } from './preset.ts';
import { type AxisOption, type ChoiceOption, defaultIds, type Option } from './schema.ts';

/** The rules about names and combinations. */
export interface Rules {
  /** The problem with a package name, or `null`. */
  checkName(name: string): Problem | null;
  /** Why `id` cannot be chosen together with `chosen`, or `null`. */
  incompatibilityReason(chosen: Partial<Answers>, axis: AxisId, id: string): string | null;
  /** The hint that `id` has because of `chosen`, or `null`. */
  hintOf(chosen: Partial<Answers>, axis: AxisId, id: string): string | null;
  /** The ids that have to be chosen on an axis together with `chosen`, if it applies. */
  demandedIds(chosen: Partial<Answers>, axis: AxisId): readonly string[];
  /** Why `id` has to be chosen together with `chosen`, or `null`. */
  lockReason(chosen: Partial<Answers>, axis: AxisId, id: string): string | null;
  /** Whether an axis applies to `chosen`. */
  isApplicable(chosen: Partial<Answers>, axis: AxisId): boolean;
  /** A problem for every pair in `chosen` that is incompatible. */
  problemsOf(chosen: Partial<Answers>): readonly Problem[];
  /** Resources, after those that every project has to have. */
  withRequired(resources: readonly Resource[]): readonly Resource[];
  /** A problem for every name and reference of resources that is wrong next to `chosen`. */
  problemsOfResources(resources: readonly Resource[], chosen: Partial<Answers>): readonly Problem[];
}

export type WorkspaceChoice = 'apart' | 'join';

/** The settings of a run, as opposed to the answers about the project. */
export interface Settings {
  readonly install: boolean;
  readonly git: boolean;
  readonly verify: boolean;
  /** Steps that were requested by flag: only their failure makes the exit code 1. */
  readonly requestedSteps: readonly StepId[];
  readonly onConflict: OnConflict;
  /** `null` if it was not given. */
  readonly workspace: WorkspaceChoice | null;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** The decisions about a run so far, from flags and replies; an answer that is not in `chosen` is open. */
export interface CreateRequest {
  /** As typed; `null` until there is a name for the folder. */
  readonly directory: string | null;
  readonly chosen: Partial<Answers>;
  /** Where each of these answers came from; those that are absent are going to be defaults. */
  readonly origins: Origins;
  /** The presets that answers came from, the weakest first. */
  readonly presets: readonly UsedPreset[];
  readonly settings: Settings;
}

/** Stands for no resource. */
const NONE = 'none';

/** Problems of resources that could not be read. */
const READING_CODES = ['invalid-resource', 'invalid-resource-name', 'invalid-field'];

const STEPS: readonly StepId[] = ['install', 'git', 'verify'];

/** Interprets a command line; returns the request and every problem. With a problem the request is incomplete. */
export function readRequest(
  raw: RawFlags,
  options: readonly Option[],
  rules: Rules,
  preset: Preset | null = null,
): { readonly request: CreateRequest; readonly problems: readonly Problem[] } {
  const problems = [...raw.problems];
  const values: Record<string, Reading['value']> = {};
  const origins: Record<string, Origin> = {};
  for (const option of options) {
    const reading = readOption(option, raw.values[option.key] ?? [], preset);
    if (reading === null) continue;
    const { value, origin, problems: wrong } = reading;
    origins[option.key] = origin;
    // The names of the other resources are checked, too.
    if (wrong.length === 0 || option.kind === 'resource') values[option.key] = value;
    problems.push(...wrong);
  }
  const {
    preset: _,
    onConflict,
    workspace,
    ...chosen
  } = values as Partial<Answers> & Pick<Partial<Settings>, 'onConflict' | 'workspace'> & { readonly preset?: string };
  const [directory = null, ...tooMany] = raw.operands;
  if (tooMany.length > 0) problems.push(tooManyOperands(raw.operands));
  if (directory === '')
    problems.push({
      code: 'empty-directory',
      message: 'the directory is an empty string',
      hint: 'for this folder: create-api .',
    });
  const nameProblem = chosen.name === undefined ? null : rules.checkName(chosen.name);
  if (nameProblem) problems.push(nameProblem);
  const descriptionProblem = chosen.description === undefined ? null : checkDescription(chosen.description);
  if (descriptionProblem) problems.push(descriptionProblem);
  const isUnread = problems.some(({ code }) => READING_CODES.includes(code));
  problems.push(
    ...incompatiblePairs(chosen, rules),
    // A reference may lead to a resource that could not be read.
    ...rules
      .problemsOfResources(chosen.resources ?? [], chosen)
      .filter(({ code }) => !(isUnread && code === 'invalid-reference')),
  );

  const isOn = (key: string): boolean => {
    const option = options.find((option) => option.key === key);
    return raw.switches[key] ?? (option?.kind === 'switch' && option.default);
  };
  const settings: Settings = {
    install: isOn('install'),
    git: isOn('git'),
    verify: isOn('verify'),
    requestedSteps: STEPS.filter((step) => raw.switches[step] === true),
    onConflict: onConflict ?? 'fail',
    workspace: workspace ?? null,
    dryRun: isOn('dryRun'),
    yes: isOn('yes'),
    json: isOn('json'),
  };
  const ofAnswers = Object.fromEntries(Object.entries(origins).filter(([key]) => Object.hasOwn(chosen, key)));
  return { request: { directory, chosen, origins: ofAnswers, presets: [], settings }, problems };
}

/** Completes the choices with compatible defaults; returns the Answers or every problem. */
export function completeAnswers(
  chosen: Partial<Answers> & Pick<Answers, 'name'>,
  axes: readonly AxisOption[],
  rules: Rules,
): { readonly answers: Answers } | { readonly problems: readonly Problem[] } {
  let merged = chosen;
  const problems: Problem[] = [];
  for (const option of axes) {
    if (merged[option.key] !== undefined) continue;
    const value = defaultFor(option, merged, rules);
    if (value === null && rules.isApplicable(merged, option.key)) problems.push(nothingFits(option, merged));
    merged = { ...merged, [option.key]: value };
  }
  const resources = rules.withRequired(merged.resources ?? []);
  problems.push(...incompatiblePairs(merged, rules), ...rules.problemsOfResources(resources, merged));
  if (problems.length > 0) return { problems };
  const { name, description = DEFAULT_DESCRIPTION, resources: _, ...axesChosen } = merged;
  return { answers: { name, description, ...(axesChosen as Choices), resources } };
}

/** The default of an axis if compatible, else its first compatible choice. */
export function defaultFor(option: AxisOption, chosen: Partial<Answers>, rules: Rules): Choices[AxisId] {
  const isPossible = (id: string): boolean => rules.incompatibilityReason(chosen, option.key, id) === null;
  const demanded = rules.demandedIds(chosen, option.key);
  const preferred = option.choices
    .map(({ id }) => id)
    .filter((id) => (defaultIds(option).includes(id) || demanded.includes(id)) && isPossible(id));
  if (option.kind === 'list') return preferred;
  return (
    preferred.find((id) => demanded.includes(id)) ??
    preferred[0] ??
    option.choices.find((choice) => isPossible(choice.id))?.id ??
    null
  );
}

/** The default description. */
export const DEFAULT_DESCRIPTION = 'An HTTP API';

function incompatiblePairs(chosen: Partial<Answers>, rules: Rules): readonly Problem[] {
  return rules.problemsOf(chosen).map((problem) => ({ hint: SEE_COMBINATIONS, ...problem }));
}

function nothingFits(option: AxisOption, chosen: Partial<Answers>): Problem {
  const others = Object.values(chosen).flat().join(', ');
  return {
    code: 'unsupported-combination',
    message: `no choice of ${option.flag} can be combined with ${others}`,
    hint: SEE_COMBINATIONS,
  };
}

const SEE_COMBINATIONS = 'create-api list --combinations lists the supported combinations';

/** The value of an option: that of its flag, else that in the preset; `null` if neither has one. Packs are not an answer. */
function readOption(
  option: Option,
  given: readonly string[],
  preset: Preset | null,
): (Reading & { readonly origin: Origin }) | null {
  if (option.kind === 'pack') return null;
  const inPreset = preset?.values[option.key];
  // `+id` and `-id` change what the preset has, and resources are added to it.
  const isChange = option.kind === 'list' ? isListChange(given) : isAddition(option, given);
  if (isChange) return { ...readValue(option, [...(inPreset?.texts ?? []), ...given]), origin: 'flag' };
  if (given.length > 0) return { ...readValue(option, given), origin: 'flag' };
  if (inPreset === undefined) return null;
  const { texts, file } = inPreset;
  return { ...readValue({ ...option, flag: `${option.key} in ${file}` }, texts), origin: 'preset' };
}

function isAddition({ kind }: Option, given: readonly string[]): boolean {
  return kind === 'resource' && given.length > 0 && !given.includes(NONE);
}

type Reading = {
  readonly value: string | readonly string[] | readonly Resource[];
  readonly problems: readonly Problem[];
};

function readValue(option: Option, given: readonly string[]): Reading {
  if (option.kind === 'list') {
    const { ids, problems } = readList(option, given);
    return { value: ids, problems };
  }
  if (option.kind === 'resource') {
    // As for lists, so that the question can be answered by a flag.
    const described = given.filter((text) => text !== NONE);
    const parsed = described.map(parseResource);
    const isContradiction = described.length > 0 && described.length < given.length;
    return {
      value: parsed.flatMap(({ resource }) => resource ?? []),
      problems: [...(isContradiction ? [noneAndOthers(option)] : []), ...parsed.flatMap((each) => each.problems)],
    };
  }
  const [value = '', ...others] = new Set(given);
  const problems: Problem[] = [];
  if (others.length > 0) {
    problems.push({
      code: 'repeated-flag',
      message: `${option.flag} was given more than once: ${[value, ...others].join(' and ')}`,
      hint: 'give it once',
    });
  }
  if (option.kind === 'choice') {
    problems.push(...[value, ...others].flatMap((id) => unknownChoice(option, id) ?? []));
  }
  return { value, problems };
}

function noneAndOthers({ flag }: Option): Problem {
  const message = `${flag} was given ${NONE} together with resources`;
  return { code: 'contradicting-value', message, allowed: `resources, or ${NONE}`, hint: `leave out ${NONE}` };
}

function unknownChoice(option: ChoiceOption, id: string): Problem | null {
  const ids = option.choices.map((choice) => choice.id);
  if (ids.includes(id)) return null;
  const guess = didYouMean(id, ids);
  const problem = {
    code: 'unknown-value',
    message: `${option.flag} has no choice ${JSON.stringify(id)}`,
    allowed: ids.join(', '),
  };
  if (guess) return { ...problem, hint: `did you mean ${guess}?` };
  // In place of the flag there is the key of a preset.
  if (!option.flag.startsWith('--')) return problem;
  return { ...problem, hint: `for example: ${option.flag} ${defaultIds(option)[0] ?? ids[0]}` };
}

function tooManyOperands(operands: readonly string[]): Problem {
  return {
    code: 'too-many-arguments',
    message: `only one directory can be given, but got ${operands.slice(0, -1).join(', ')} and ${operands.at(-1)}`,
    hint: 'quote a path with spaces, and separate the ids of a list by commas; create-api --help lists the commands',
  };
}

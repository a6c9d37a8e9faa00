import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import type { Resource } from '../../model/resource.ts';
import { printResource } from '../../model/resource-syntax.ts';
import { readFlags } from '../../options/flags.ts';
import { type CreateRequest, completeAnswers, readRequest, type Settings } from '../../options/resolve.ts';
import { isFolderName } from '../../project/name.ts';
import { COMMAND_NAMES } from '../command-names.ts';
import type { Context } from '../context.ts';
import { mistypedCommand } from '../mistyped-command.ts';
import { policyPlace } from '../policy/policy-place.ts';
import type { CreateOptions } from './create-options.ts';
import type { LoadedPreset } from './load-preset.ts';

/** Whether this run may ask: a person is at the terminal and has not ruled out questions. */
export function mayAsk(context: Pick<Context, 'terminal'>, settings: Settings): boolean {
  return !settings.yes && !settings.json && context.terminal.isInteractive;
}

/** What a command line asks for, and the options under the policies that are in force for it. */
export interface CommandLine {
  readonly request: CreateRequest;
  readonly options: CreateOptions;
}

/** Reads the command line; throws an `ExpectedError` with every problem in it: of usage, of presets, and with policies. */
export async function readCommandLine(
  context: Context,
  base: CreateOptions,
  loaded: LoadedPreset | null,
): Promise<CommandLine> {
  const raw = await readFlags(base.all, context.argv);
  const { preset, used, policies, problems: ofPreset } = loaded ?? NO_PRESET;
  const { options, rule, problems: ofPolicy } = await ruled(base, policies, raw.operands[0] ?? '', context);
  const { request: read, problems: ofRequest } = readRequest(raw, options.all, options.rules, preset);
  const given = { ...rule.overrule(read), presets: used };
  const problems = [
    ...ofPreset,
    ...ofPolicy,
    ...ofRequest,
    ...problemsOfDefaults(given, ofRequest, context, options),
    ...otherResources(given.chosen.resources ?? [], options),
  ];
  const mistyped = mistypedCommand(raw.operands, COMMAND_NAMES);
  const { request, problem } = withNameAndDirectory(given, context, options);
  // The word after an unknown flag may be its value or the directory, so the directory cannot be called missing.
  const isUnclear = given.directory === null && problems.some(({ code }) => code === 'unknown-flag');
  const all = mistyped
    ? [mistyped, ...problems.filter(({ code }) => code !== 'too-many-arguments')]
    : [...problems, ...(problem && !isUnclear ? [problem] : [])];
  const broken = rule.problemsOf(request.chosen);
  if (all.length > 0) throw new ExpectedError(EXIT.usage, [...all, ...broken]);
  if (broken.length > 0) throw new ExpectedError(EXIT.policy, broken);
  return { request, options };
}

/** What policies say about a request. */
interface Rule {
  overrule(request: CreateRequest): CreateRequest;
  problemsOf(chosen: CreateRequest['chosen']): readonly Problem[];
}

const NO_RULE: Rule = { overrule: (request) => request, problemsOf: () => [] };

/** The options under the policies of presets and the one that is found for a project in `directory`. */
async function ruled(
  base: CreateOptions,
  ofPresets: LoadedPreset['policies'],
  directory: string,
  context: Context,
): Promise<{ readonly options: CreateOptions; readonly rule: Rule; readonly problems: readonly Problem[] }> {
  const folder = resolve(context.cwd, directory);
  // Most calls have no policy, and load nothing for it.
  if (ofPresets.length === 0 && policyPlace(folder, context.env) === null)
    return { options: base, rule: NO_RULE, problems: [] };
  const { loadEnforcement, loadPolicyFinder } = await import('../load-command.ts');
  const { findPolicy } = await loadPolicyFinder();
  const { enforce, problemsUnder, sourced, underPolicies } = await loadEnforcement();
  const { found, problems } = await findPolicy(folder, context, base.axes);
  const policies = [...ofPresets.map(sourced), ...(found === null ? [] : [found])];
  const options = enforce(base, policies, context.today);
  const rule = {
    overrule: (request: CreateRequest) => underPolicies(request, options),
    problemsOf: (chosen: CreateRequest['chosen']) => problemsUnder({ chosen, createApi: context.version }, options),
  };
  return { options, rule, problems };
}

/** What is wrong with resources next to the defaults of a run that asks nothing, such as an owner without authentication. */
function problemsOfDefaults(
  { chosen, settings }: CreateRequest,
  found: readonly Problem[],
  context: Context,
  { axes, rules }: CreateOptions,
): readonly Problem[] {
  if (mayAsk(context, settings) || chosen.resources === undefined) return [];
  // With a wrong choice there may be another default.
  if (found.some(({ code }) => code === 'unknown-value')) return [];
  const { resources, ...others } = chosen;
  const completed = completeAnswers({ name: '', ...others, resources: [] }, axes, rules);
  if (!('answers' in completed)) return [];
  const known = found.map(({ message }) => message);
  const problems = rules.problemsOfResources(resources, completed.answers);
  return problems.filter(({ code, message }) => code === 'invalid-owner' && !known.includes(message));
}

/** A problem for each resource that a pack has with other fields. */
function otherResources(resources: readonly Resource[], { catalog }: CreateOptions): readonly Problem[] {
  return catalog.teamResources.flatMap((required): readonly Problem[] => {
    const text = printResource(required);
    const given = resources.find(({ singular }) => singular === required.singular);
    if (given === undefined || printResource(given) === text) return [];
    const message = `${required.singular} is a resource that a pack adds to every project, but was given with other fields`;
    return [{ code: 'taken-name', message, allowed: text, hint: 'leave it out, or choose another name' }];
  });
}

const NO_PRESET: LoadedPreset = { preset: { values: {} }, used: [], policies: [], packs: [], problems: [] };

/** The name of the folder, which is the default name of the project. */
export function directoryName(directory: string, cwd: string): string {
  return basename(resolve(cwd, directory));
}

/** Derives the name from the directory or the directory from the name; the interview asks for what is still missing. */
function withNameAndDirectory(
  request: CreateRequest,
  context: Context,
  options: CreateOptions,
): { request: CreateRequest; problem: Problem | null } {
  const { directory, chosen, settings } = request;
  if (directory === null) {
    return mayAsk(context, settings)
      ? { request: { ...request, directory: chosen.name ?? null }, problem: null }
      : { request, problem: directoryMissing(settings) };
  }
  if (chosen.name !== undefined) return { request, problem: null };
  const name = directoryName(directory, context.cwd);
  const problem = options.rules.checkName(name);
  if (problem === null) return { request: { ...request, chosen: { ...chosen, name } }, problem: null };
  if (mayAsk(context, settings)) return { request, problem: null };
  const suggestion = options.suggestName(name);
  const hint = isFolderName(name)
    ? `keep the folder with --name ${suggestion}`
    : `create-api ${join(dirname(directory), suggestion)}`;
  return { request, problem: { ...problem, hint } };
}

function directoryMissing({ yes, json }: Settings): Problem {
  const reason = json
    ? '--json asks for nothing'
    : yes
      ? '--yes asks for nothing'
      : 'there is no terminal to ask for it';
  return {
    code: 'missing-directory',
    message: `the directory is missing, and ${reason}`,
    allowed: 'a new or empty folder; . is this folder',
    hint: `create-api my-service${yes ? ' --yes' : ''}`,
  };
}

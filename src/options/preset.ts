/** Presets: answers in a JSON file, by the keys of their options; one may extend others. */

import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import { lostKeys, parseJson, shortJson } from '../model/json.ts';
import { lineOf } from '../model/unprintable.ts';
import { isListChange } from './list-syntax.ts';
import type { Option } from './schema.ts';

/** What a preset says about an option, as if it had been given as flags. */
export interface PresetValue {
  readonly texts: readonly string[];
  /** The names of the files that say so, for messages. */
  readonly file: string;
}

/** The answers of a preset, with those of the presets that it extends. */
export interface Preset {
  /** By option key. */
  readonly values: Readonly<Record<string, PresetValue>>;
}

/** A preset as it stands in its file. */
export interface PresetFile extends Preset {
  /** What it is for; shown in prompts. */
  readonly about: string | null;
  /** The sources of other presets, the weakest first. */
  readonly extends: readonly string[];
  /** The sources of teams' packs, in order. */
  readonly packs: readonly string[];
  /** What it demands, as it stands in the file; absent if nothing. */
  readonly policy?: object;
}

/** A preset that takes part in a project, for its record and for people. */
export interface UsedPreset {
  /** As people know it: the path that was given, or its source. */
  readonly name: string;
  /** The absolute path of its file; `null` for one from a package or repository. */
  readonly path: string | null;
  /** Hash of its file, or of everything in its package or repository: `sha256-` and base64. */
  readonly integrity: string;
  readonly about: string | null;
}

/** Keys of a preset that are no options. `$schema` is what editors find the JSON Schema by. */
const OWN_KEYS = ['$schema', 'about', 'extends', 'packs', 'policy'] as const;

const LONGEST_ABOUT = 200;

/** The options that a preset answers: those about the project, not about the run. */
export function presetOptions(options: readonly Option[]): readonly Option[] {
  const end = options.findIndex(({ kind }) => kind === 'file');
  return options.slice(0, end);
}

/** Reads the text of a preset; values that the options do not allow are found later, with those of flags. */
export function readPreset(
  file: string,
  text: string,
  options: readonly Option[],
): { readonly preset: PresetFile; readonly problems: readonly Problem[] } {
  const values: Record<string, PresetValue> = {};
  const problems: Problem[] = [];
  const own: { about: string | null; extends: readonly string[]; packs: readonly string[]; policy?: object } = {
    ...{ about: null, extends: [], packs: [] },
  };
  const json = parseObject(text);
  if (typeof json === 'string') problems.push({ code: 'invalid-preset', message: `${file} ${json}` });
  else {
    const twice = lostKeys(text).filter(({ code }) => code === 'duplicate-key');
    problems.push(...twice.map(({ key, what }) => invalid(file, `${key} ${what}`)));
    const known = presetOptions(options);
    for (const [key, value] of Object.entries(json)) {
      const option = known.find((each) => each.key === key);
      if (option !== undefined) {
        const texts = textsOf(option, value);
        if (texts === null) problems.push(wrongType(file, option, value));
        else values[key] = { texts, file };
      } else if (key === '$schema') {
        if (typeof value !== 'string') problems.push(invalid(file, `$schema is ${shortJson(value)}`, 'a text'));
      } else if (key === 'about') {
        if (isLine(value)) own.about = value;
        else
          problems.push(invalid(file, `about is ${shortJson(value)}`, `a line of at most ${LONGEST_ABOUT} characters`));
      } else if (key === 'policy') {
        if (typeof value === 'object' && value !== null) own.policy = value;
        else problems.push(invalid(file, `policy is ${shortJson(value)}`, 'an object'));
      } else if (key === 'extends') {
        const sources = typeof value === 'string' ? [value] : value;
        if (isListOfTexts(sources)) own.extends = sources;
        else problems.push(invalid(file, `extends is ${shortJson(value)}`, 'a source of a preset, or a list of them'));
      } else if (key === 'packs') {
        if (isListOfTexts(value)) own.packs = value;
        else problems.push(invalid(file, `packs is ${shortJson(value)}`, 'a list of sources of packs'));
      } else problems.push(unknownKey(file, key, known));
    }
  }
  return { preset: { ...own, values }, problems };
}

/** Puts a preset over what it extends: its answers count, its `+id` and `-id` change a list, and its resources are added. */
export function extendPreset(weaker: Preset, { values: own }: Preset, options: readonly Option[]): Preset {
  const values: Record<string, PresetValue> = { ...weaker.values };
  for (const [key, value] of Object.entries(own)) {
    const before = weaker.values[key];
    const kind = options.find((option) => option.key === key)?.kind;
    const isAdded = kind === 'resource' ? !isNone(value) : kind === 'list' && isListChange(value.texts);
    values[key] = before !== undefined && isAdded ? joined(before, value, kind === 'resource') : value;
  }
  return { values };
}

const NONE = 'none';

function isNone({ texts }: PresetValue): boolean {
  return texts.includes(NONE);
}

function joined(before: PresetValue, after: PresetValue, areResources: boolean): PresetValue {
  const file = before.file === after.file ? after.file : `${before.file} and ${after.file}`;
  if (!areResources) return { texts: [...before.texts, ...after.texts], file };
  const names = new Set(after.texts.map(nameOf));
  const kept = before.texts.filter((text) => text !== NONE && !names.has(nameOf(text)));
  return { texts: [...kept, ...after.texts], file };
}

/** The singular name of a resource, which is its first word, without a plural. */
function nameOf(resource: string): string {
  return resource.trim().split(/[\s/]/, 1)[0] ?? '';
}

/** The object that is written in a text, or what is wrong with it. */
function parseObject(text: string): object | string {
  const parsed = parseJson(text);
  if ('reason' in parsed) return parsed.reason;
  const { json } = parsed;
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : 'holds no JSON object';
}

/** The values of a flag; `null` if the value in JSON is of another type, which for lists is a list of texts. */
function textsOf(option: Option, value: unknown): readonly string[] | null {
  const isList = option.kind === 'list' || option.kind === 'resource';
  if (!isList) return typeof value === 'string' ? [value] : null;
  if (!isListOfTexts(value)) return null;
  return value.length === 0 ? [NONE] : value;
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isLine(value: unknown): value is string {
  return typeof value === 'string' && lineOf(LONGEST_ABOUT).test(value);
}

function wrongType(file: string, option: Option, value: unknown): Problem {
  const isList = option.kind === 'list' || option.kind === 'resource';
  const example = option.kind === 'resource' ? ', such as "product name:string(100)"' : '';
  return invalid(file, `${option.key} is ${shortJson(value)}`, isList ? `a list of texts${example}` : 'a text');
}

function unknownKey(file: string, key: string, known: readonly Option[]): Problem {
  const keys = [...known.map((option) => option.key), ...OWN_KEYS];
  const guess = didYouMean(key, keys);
  return {
    ...{ code: 'invalid-preset', message: `${file} has the unknown key ${shortJson(key)}` },
    allowed: keys.join(', '),
    ...(guess && { hint: `did you mean ${guess}?` }),
  };
}

function invalid(file: string, what: string, allowed?: string): Problem {
  const problem = { code: 'invalid-preset', message: `${file}: ${what}` };
  return allowed === undefined ? problem : { ...problem, allowed };
}

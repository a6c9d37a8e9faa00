/** Presets: answers in a JSON file, by the keys of their options. */

import { didYouMean } from '../model/did-you-mean.ts';
import type { Problem } from '../model/errors.ts';
import type { Option } from './schema.ts';

/** The values in a preset by option key, as if they had been given as flags. */
export interface Preset {
  /** The name of its file, for messages. */
  readonly file: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** The key that editors find the JSON Schema of presets by. */
const SCHEMA_KEY = '$schema';

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
): { readonly preset: Preset; readonly problems: readonly Problem[] } {
  const values: Record<string, readonly string[]> = {};
  const problems: Problem[] = [];
  const json = parseObject(text);
  if (typeof json === 'string') problems.push({ code: 'invalid-preset', message: `${file} ${json}` });
  else {
    const known = presetOptions(options);
    for (const [key, value] of Object.entries(json)) {
      const option = known.find((each) => each.key === key);
      const read = option && valuesOf(option, value);
      if (read !== undefined && read !== null) values[key] = read;
      else if (option !== undefined && read === null) problems.push(wrongType(file, option, value));
      else if (key !== SCHEMA_KEY) problems.push(unknownKey(file, key, known));
    }
  }
  return { preset: { file, values }, problems };
}

/** The object that is written in a text, or what is wrong with it. */
function parseObject(text: string): object | string {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : 'holds no JSON object';
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
}

/** The values of a flag; `null` if the value in JSON is of another type, which for lists is a list of texts. */
function valuesOf(option: Option, value: unknown): readonly string[] | null {
  const isList = option.kind === 'list' || option.kind === 'resource';
  if (!isList) return typeof value === 'string' ? [value] : null;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return null;
  return value.length === 0 ? ['none'] : value;
}

function wrongType(file: string, option: Option, value: unknown): Problem {
  const isList = option.kind === 'list' || option.kind === 'resource';
  const example = option.kind === 'resource' ? ', such as "product name:string(100)"' : '';
  const allowed = isList ? `a list of texts${example}` : 'a text';
  return { code: 'invalid-preset', message: `${file}: ${option.key} is ${JSON.stringify(value)}`, allowed };
}

function unknownKey(file: string, key: string, known: readonly Option[]): Problem {
  const keys = known.map((option) => option.key);
  const guess = didYouMean(key, keys);
  return {
    ...{ code: 'invalid-preset', message: `${file} has the unknown key ${JSON.stringify(key)}` },
    allowed: keys.join(', '),
    ...(guess && { hint: `did you mean ${guess}?` }),
  };
}

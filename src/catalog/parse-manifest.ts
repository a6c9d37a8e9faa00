import * as z from 'zod/mini';
import { toDotPath } from 'zod/v4/core';
import type { PackProblem } from '../model/errors.ts';
import type { Manifest } from '../model/manifest.ts';

/** A manifest with what is wrong in it. Keys with a problem are as if they were absent. */
export interface Parsed<Schema extends z.ZodMiniType> {
  readonly manifest: Manifest<Schema>;
  readonly problems: readonly PackProblem[];
}

/** Validates the text of a manifest. `required` stands for required keys that are missing or wrong. */
export function parseManifest<Schema extends z.ZodMiniType>(
  schema: Schema,
  text: string,
  file: string,
  required: object = {},
): Parsed<Schema> {
  const json = parseJson(text);
  if (json instanceof SyntaxError) {
    const problem = { code: 'invalid-json', file, message: `${file} is not JSON: ${json.message}` };
    return { manifest: schema.parse(required) as Manifest<Schema>, problems: [problem] };
  }
  const lost = lostKeys(text, file);
  const parsed = schema.safeParse(json, { reportInput: true, error: allowed });
  if (parsed.success) return { manifest: parsed.data as Manifest<Schema>, problems: lost };
  const { issues } = parsed.error;
  const rest = without(issues.flatMap(keysOf), json);
  const usable = [rest, { ...required, ...rest }].find((candidate) => schema.safeParse(candidate).success);
  return {
    manifest: schema.parse(usable ?? required) as Manifest<Schema>,
    problems: [...lost, ...issues.flatMap((issue) => problemsOf(issue, file))],
  };
}

/**
 * The keys that are dropped silently: by `JSON.parse` the first of those that an object has twice, by zod `__proto__`. The text
 * is valid JSON.
 */
function lostKeys(text: string, file: string): readonly PackProblem[] {
  const problems: PackProblem[] = [];
  const objects: Set<string>[] = [];
  for (const [token, name] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (name !== undefined) {
      const key = JSON.parse(name);
      const problem = (code: string, what: string) => ({ code, file, key, message: `${file}: ${key} ${what}` });
      if (objects.at(-1)?.has(key)) problems.push(problem('duplicate-key', 'stands twice in one object'));
      if (key === '__proto__') problems.push(problem('invalid-name', 'cannot be a key'));
      objects.at(-1)?.add(key);
    }
  }
  return problems;
}

/** The keys of the manifest itself that an issue is about or in. */
function keysOf(issue: z.core.$ZodIssue): readonly string[] {
  const isUnknown = issue.code === 'unrecognized_keys' && issue.path.length === 0;
  return isUnknown ? issue.keys : issue.path.slice(0, 1).map(String);
}

function without(keys: readonly string[], json: unknown): object {
  if (keys.length === 0) return {};
  return Object.fromEntries(Object.entries(json as object).filter(([key]) => !keys.includes(key)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

/** What is allowed at the place of an issue. */
function allowed(issue: z.core.$ZodRawIssue): string {
  const { schema } = issue;
  const definition = schema?._zod.def as { readonly type?: string; readonly shape?: object } | undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      return Object.keys(definition?.shape ?? {}).join(', ');
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(', ');
    default:
      return (schema && z.globalRegistry.get(schema)?.title) ?? 'an object';
  }
}

const LONGEST_INPUT = 60;

function problemsOf(issue: z.core.$ZodIssue, file: string): readonly PackProblem[] {
  const problem = (code: string, path: readonly PropertyKey[], what: string): PackProblem => {
    const key = toDotPath(path);
    return { code, file, key, message: `${file}: ${key || 'the manifest'} ${what}`, allowed: issue.message };
  };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => problem('unknown-key', [...issue.path, key], 'is not a known key'));
  }
  if (issue.code === 'invalid_key') {
    return [{ ...problem('invalid-name', issue.path, 'has a name that is not allowed'), ...allowedOf(issue.issues) }];
  }
  if (issue.input === undefined) return [problem('missing-key', issue.path, 'is missing')];
  const input = JSON.stringify(issue.input);
  const shown = input.length > LONGEST_INPUT ? `${input.slice(0, LONGEST_INPUT)}…` : input;
  return [problem('invalid-value', issue.path, `is ${shown}`)];
}

function allowedOf(issues: readonly z.core.$ZodIssue[]): Pick<PackProblem, 'allowed'> {
  return { allowed: issues.map(({ message }) => message).join(', ') };
}

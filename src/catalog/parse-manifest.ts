import * as z from 'zod/mini';
import { toDotPath } from 'zod/v4/core';
import { didYouMean } from '../model/did-you-mean.ts';
import type { PackProblem } from '../model/errors.ts';
import { lostKeys, parseJson, shortJson } from '../model/json.ts';
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
  const read = parseJson(text);
  if ('reason' in read) {
    const problem = { code: 'invalid-json', file, message: `${file} ${read.reason}` };
    return { manifest: schema.parse(required) as Manifest<Schema>, problems: [problem] };
  }
  const { json } = read;
  const lost = lostKeys(text).map(({ key, code, what }) => ({ code, file, key, message: `${file}: ${key} ${what}` }));
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

/** The keys of the manifest itself that an issue is about or in. */
function keysOf(issue: z.core.$ZodIssue): readonly string[] {
  const isUnknown = issue.code === 'unrecognized_keys' && issue.path.length === 0;
  return isUnknown ? issue.keys : issue.path.slice(0, 1).map(String);
}

function without(keys: readonly string[], json: unknown): object {
  if (keys.length === 0) return {};
  return Object.fromEntries(Object.entries(json as object).filter(([key]) => !keys.includes(key)));
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

function problemsOf(issue: z.core.$ZodIssue, file: string): readonly PackProblem[] {
  const problem = (code: string, path: readonly PropertyKey[], what: string): PackProblem => {
    const key = toDotPath(path);
    return { code, file, key, message: `${file}: ${key || 'the manifest'} ${what}`, allowed: issue.message };
  };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = didYouMean(key, issue.message.split(', '));
      const guess = meant === null ? '' : `; did you mean ${meant}?`;
      return problem('unknown-key', [...issue.path, key], `is not a known key${guess}`);
    });
  }
  if (issue.code === 'invalid_key') {
    return [{ ...problem('invalid-name', issue.path, 'has a name that is not allowed'), ...allowedOf(issue.issues) }];
  }
  if (issue.input === undefined) return [problem('missing-key', issue.path, 'is missing')];
  return [problem('invalid-value', issue.path, `is ${shortJson(issue.input)}`)];
}

function allowedOf(issues: readonly z.core.$ZodIssue[]): Pick<PackProblem, 'allowed'> {
  return { allowed: issues.map(({ message }) => message).join(', ') };
}

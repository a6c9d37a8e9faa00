/** Reads the record of a project. It comes with a repository, so anything may be in it. */
import type { Origins } from '../model/answers.ts';
import type { Axis, Choices } from '../model/axes.ts';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import type { PolicyAxis } from '../model/policy-schema.ts';
import { BASE_FILE, type BaseFile, LOCK_FILE, PACKS_FILE, type ProjectLock, sha256 } from '../model/project-record.ts';
import { BASE_LINE, LOCK, PACK_LINE } from '../model/record-schema.ts';
import { parseResource } from '../model/resource-syntax.ts';
import { clashOf } from '../model/safe-path.ts';
import type { SourceFile } from '../model/source.ts';
import { refuseNewer, withoutMark } from './newer-record.ts';
import { parseManifest } from './parse-manifest.ts';
import { readPolicy } from './read-policy.ts';

/**
 * Reads a lock for a pack with these axes; whether the choices exist and can be combined is checked by those who use them.
 * `own` is the version of this create-api, and `policyAxes` are the same axes with their ids, without which policies are left out: they
 * may name what is in a pack. Throws an `ExpectedError`: with the version to use if a newer one wrote the lock, or with every problem in
 * it.
 */
export function readLock(
  text: string,
  axes: readonly Axis[],
  own: string,
  policyAxes: readonly PolicyAxis[] | null = null,
): ProjectLock {
  refuseNewer(text, own);
  const { manifest, problems } = parseManifest(LOCK, withoutMark(text), LOCK_FILE, NOTHING);
  if (problems.length > 0) throw damaged(problems);
  const {
    createApi,
    integrity,
    packs,
    answers,
    origins = {},
    presets = [],
    policies = [],
    placement,
    migrations,
    deleted,
  } = manifest;
  const { name, description, resources: texts, ...others } = answers;
  const choices: Readonly<Record<string, unknown>> = others;
  const resources = texts.map(parseResource);
  const read = (policyAxes === null ? [] : policies).map(({ source, policy }, index) => ({
    source,
    ...readPolicy(JSON.stringify(policy), `policies[${index}].policy`, policyAxes ?? []),
  }));
  const found = [
    ...read.flatMap(({ problems }) => problems.map(inLock)),
    ...problemsOfChoices(choices, axes),
    ...problemsOfOrigins(Object.keys(origins), answers),
    ...resources.flatMap(({ problems }) => problems.map(inLock)),
  ];
  if (found.length > 0) throw damaged(found);
  return {
    standard: { version: createApi, integrity },
    packs,
    answers: {
      ...{ name, description, resources: resources.flatMap(({ resource }) => resource ?? []) },
      ...(others as unknown as Choices),
    },
    origins: origins as Origins,
    presets,
    policies: read.map(({ source, policy }) => ({ source, policy })),
    placement,
    migrations,
    deleted,
  };
}

const NOTHING = {
  formatVersion: 1,
  createApi: '0.0.0',
  integrity: '0'.repeat(64),
  packs: [],
  answers: { name: '', description: '', resources: [] },
  placement: { workspace: 'none', inWorkspace: '', inRepository: '' },
  migrations: {},
  deleted: [],
};

function problemsOfChoices(choices: Readonly<Record<string, unknown>>, axes: readonly Axis[]): readonly Problem[] {
  const known = axes.map(({ id }) => id as string);
  const unknown = Object.keys(choices).filter((key) => !known.includes(key));
  return [
    ...unknown.map((key) =>
      inLock({ code: 'unknown-key', message: `answers.${key} is not known`, allowed: known.join(', ') }),
    ),
    ...axes.flatMap(({ id, multiple, dependsOn }): readonly Problem[] => {
      const value = choices[id];
      if (Array.isArray(value) ? multiple : typeof value === 'string' && !multiple) return [];
      if (value === null && dependsOn !== undefined) return [];
      const message = value === undefined ? `answers.${id} is missing` : `answers.${id} is ${JSON.stringify(value)}`;
      return [inLock({ code: 'invalid-value', message, allowed: multiple ? 'a list of ids' : 'an id' })];
    }),
  ];
}

function problemsOfOrigins(keys: readonly string[], answers: object): readonly Problem[] {
  const known = Object.keys(answers);
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => inLock({ code: 'unknown-key', message: `origins.${key} is not known`, allowed: known.join(', ') }));
}

/** Reads a base: files by their paths. Throws an `ExpectedError` with every line that is not as it was written. */
export function readBase(text: string): ReadonlyMap<string, BaseFile> {
  const files = new Map<string, BaseFile>();
  const problems: Problem[] = [];
  let last = '';
  for (const { place, value: file } of linesOf(text, BASE_FILE, BASE_LINE, problems)) {
    const { path, text, sha256: hash } = file;
    if (path <= last) problems.push({ code: 'invalid-record', message: `${place}: ${path} comes after ${last}` });
    else if (sha256(text) !== hash)
      problems.push({ code: 'wrong-hash', message: `${place}: ${path} is not what was rendered` });
    last = path;
    files.set(path, { path, text, class: file.class, executable: file.executable });
  }
  const clash = clashOf([...files.keys()]);
  if (clash !== null)
    problems.push({
      code: 'invalid-record',
      message: `${BASE_FILE}: ${clash[0]} and ${clash[1]} cannot both be files`,
    });
  if (problems.length > 0) throw damaged(problems);
  return files;
}

/** Reads the files of packs: by the name of the pack, and then by path. Throws an `ExpectedError` as {@link readBase} does. */
export function readPacks(text: string): ReadonlyMap<string, ReadonlyMap<string, SourceFile>> {
  const packs = new Map<string, Map<string, SourceFile>>();
  const problems: Problem[] = [];
  const utf8 = new TextEncoder();
  let last = '';
  for (const { place, value } of linesOf(text, PACKS_FILE, PACK_LINE, problems)) {
    const { pack, path, executable, text } = value;
    const key = `${pack} ${path}`;
    if (key <= last) problems.push({ code: 'invalid-record', message: `${place}: ${key} comes after ${last}` });
    last = key;
    const files = packs.get(pack) ?? new Map<string, SourceFile>();
    packs.set(pack, files.set(path, { bytes: utf8.encode(text), executable }));
  }
  if (problems.length > 0) throw damaged(problems, PACKS_FILE);
  return packs;
}

/** The lines of a file of the record, each with its place; adds a problem for each that does not fit the schema. */
function linesOf<Line>(
  text: string,
  file: string,
  schema: { safeParse(json: unknown): { readonly data?: Line | undefined } },
  problems: Problem[],
): readonly { readonly place: string; readonly value: Line }[] {
  // A checkout may have other line ends; those of the files are escaped.
  const lines = withoutMark(text).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.flatMap((line, index) => {
    const place = `${file}:${index + 1}`;
    const { data: value } = schema.safeParse(parsed(line));
    if (value !== undefined) return [{ place, value }];
    problems.push({ code: 'invalid-record', message: `${place} is not a line that create-api wrote` });
    return [];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function inLock(problem: Problem): Problem {
  return { ...problem, message: `${LOCK_FILE}: ${problem.message}` };
}

/** More of them would help nobody: the file was replaced or cut short. */
const MOST_PROBLEMS = 10;

function damaged(problems: readonly Problem[], files = `${LOCK_FILE} ${BASE_FILE}`): ExpectedError {
  const hint = `restore it from git: git checkout HEAD -- ${files}`;
  return new ExpectedError(
    EXIT.integrity,
    problems.slice(0, MOST_PROBLEMS).map((problem) => ({ ...problem, hint })),
  );
}

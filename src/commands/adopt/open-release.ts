import { join, resolve } from 'node:path';
import type { Answers } from '../../model/answers.ts';
import type { AxisId } from '../../model/axes.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import type { WorkspaceMode } from '../../model/plan.ts';
import { isOlder } from '../../model/version.ts';
import {
  type ReleaseAxis,
  type ReleaseChoices,
  readReleaseAxes,
  releaseArguments,
} from '../../options/release-options.ts';
import { downloadPackage, type ProgramEnd, runRelease, unpackPackage } from '../../post/release.ts';
import {
  kindOfRelease,
  makeWorkspace,
  type ReleasedFile,
  type ReleasePackage,
  readReleasedFiles,
  readReleasePackage,
} from '../../project/release-package.ts';
import { cancelled } from '../../ui/prompter.ts';
import type { Context } from '../context.ts';
import type { Outline } from './recognise.ts';
import { RELEASES } from './releases.ts';

/** An earlier release, for one project. */
export interface Release {
  readonly version: string;
  readonly axes: readonly ReleaseAxis[];
  /** What it renders for choices; `null` if it refuses them. */
  outlineOf(choices: ReleaseChoices): Promise<Outline | null>;
  /** Renders the project. */
  render(choices: ReleaseChoices): Promise<readonly ReleasedFile[]>;
}

/** What is the same for all choices. */
export interface ReleasedProject extends Pick<Answers, 'name' | 'description'> {
  readonly workspace: WorkspaceMode;
}

/** The folder that the release renders into, below its own. */
const PROJECT = 'project';

/**
 * Opens a release: a known version, which npm downloads, or the path of a folder or tarball. `folder` is for its files. The release
 * renders in a process of its own, since today's templates are others. Throws an `ExpectedError` if it cannot be had or used.
 */
export async function openRelease(
  spec: string,
  project: ReleasedProject,
  folder: string,
  keys: readonly AxisId[],
  context: Pick<Context, 'cwd' | 'env' | 'signal' | 'version'>,
): Promise<Release> {
  const run = { folder, env: context.env, signal: context.signal };
  const { version, script } = await provide(spec, folder, context);
  refuseNewer(version, context.version);
  if (project.workspace !== 'none') makeWorkspace(folder);
  const listed = outputOf(await runRelease(script, ['list', '--json'], run), version);
  const axes = readReleaseAxes(listed, keys);
  if (axes === null) throw unusable(version, 'it does not list its options');
  const known = new Map<string, Promise<Outline | null>>();
  const place = project.workspace === 'none' ? [] : [`--workspace=${project.workspace}`];
  const argumentsFor = (choices: ReleaseChoices) => [...releaseArguments(PROJECT, project, choices, axes), ...place];
  return {
    version,
    axes,
    outlineOf(choices) {
      const args = argumentsFor(choices);
      const key = args.join('\n');
      const outline = known.get(key) ?? runRelease(script, [...args, '--dry-run'], run).then(outlineIn);
      known.set(key, outline);
      return outline;
    },
    async render(choices) {
      outputOf(await runRelease(script, argumentsFor(choices), run), version);
      return readReleasedFiles(join(folder, PROJECT));
    },
  };
}

async function provide(
  spec: string,
  folder: string,
  { cwd, env, signal }: Pick<Context, 'cwd' | 'env' | 'signal'>,
): Promise<ReleasePackage> {
  const run = { folder, env, signal };
  const path = resolve(cwd, spec);
  const isVersion = /^\d+\.\d+\.\d+$/.test(spec);
  const kind = isVersion ? 'absent' : kindOfRelease(path);
  if (kind === 'folder') return readReleasePackage(path);
  if (!isVersion && kind === 'absent') throw unavailable(spec, 'there is no such version, folder or file');
  const tarball = isVersion ? await download(spec, folder, run) : path;
  const end = await unpackPackage(tarball, run);
  if (end.kind === 'cancelled') throw cancelled(null);
  if (end.kind === 'failed') throw unavailable(spec, end.reason);
  return readReleasePackage(join(folder, 'node_modules', 'create-api'));
}

async function download(version: string, folder: string, run: Parameters<typeof downloadPackage>[1]): Promise<string> {
  const expected = RELEASES[version];
  if (expected === undefined)
    throw unavailable(version, 'projects of other releases have a record, or it is not known');
  const end = await downloadPackage(version, run);
  if (end.kind === 'cancelled') throw cancelled(null);
  if (end.kind === 'failed') throw unavailable(version, end.reason);
  const { filename, integrity } = firstOf(end.stdout);
  if (integrity !== expected || filename !== `create-api-${version}.tgz`) throw foreign(version);
  return join(folder, filename);
}

/** The first package that npm packed. */
function firstOf(json: string): { readonly filename?: unknown; readonly integrity?: unknown } {
  try {
    const [first] = JSON.parse(json);
    return first ?? {};
  } catch {
    return {};
  }
}

function outlineIn(end: ProgramEnd): Outline | null {
  if (end.kind === 'cancelled') throw cancelled(null);
  if (end.kind === 'failed') return null;
  try {
    const { files } = JSON.parse(end.stdout);
    return new Map(files.map(({ path, sha256 }: { path: unknown; sha256: unknown }) => [`${path}`, `${sha256}`]));
  } catch {
    return null;
  }
}

function outputOf(end: ProgramEnd, version: string): string {
  if (end.kind === 'cancelled') throw cancelled(null);
  if (end.kind === 'failed') throw unusable(version, end.reason);
  return end.stdout;
}

const VERSIONS = Object.keys(RELEASES).join(', ');
const ALLOWED = `${VERSIONS}, or the folder or tarball of a release`;

function unavailable(spec: string, reason: string): ExpectedError {
  const message = `the release ${JSON.stringify(spec)} of create-api is not available: ${reason}`;
  const hint = 'without a network, pass the package of that release: create-api adopt --release ./create-api-0.1.0.tgz';
  return failed({ code: 'release-unavailable', message, allowed: ALLOWED, hint });
}

function foreign(version: string): ExpectedError {
  const message = `create-api ${version} in the registry is not the package that was released, so it is not run`;
  const hint = 'pass the package of that release: create-api adopt --release ./create-api-0.1.0.tgz';
  return new ExpectedError(EXIT.integrity, [{ code: 'foreign-release', message, allowed: ALLOWED, hint }]);
}

function unusable(version: string, reason: string): ExpectedError {
  const message = `create-api ${version} renders nothing: ${reason}`;
  return failed({ code: 'unusable-release', message, allowed: ALLOWED });
}

function failed(problem: Problem): ExpectedError {
  return new ExpectedError(EXIT.failed, [problem]);
}

function refuseNewer(version: string, own: string): void {
  if (!isOlder(own, version)) return;
  const message = `the release is create-api ${version}, and this is ${own}`;
  throw new ExpectedError(EXIT.usage, [{ code: 'newer-release', message, hint: `npx create-api@${version} adopt` }]);
}

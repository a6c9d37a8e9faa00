import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { Answers, Origin, Origins } from '../../model/answers.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import type { FileSet } from '../../model/files.ts';
import type { LeftOutFile, Placement, WorkspaceMode } from '../../model/plan.ts';
import { BASE_FILE, LOCK_FILE, PACKS_FILE, type RecordedPreset, withRecord } from '../../model/project-record.ts';
import type { PlannedStep } from '../../model/steps.ts';
import type { UsedPreset } from '../../options/preset.ts';
import { type CreateRequest, completeAnswers, type Settings } from '../../options/resolve.ts';
import { plan } from '../../plan/plan.ts';
import { planSteps } from '../../post/steps.ts';
import { coveringPaths } from '../../project/covering-paths.ts';
import { type RepositoryFile, surveyRepositoryFiles } from '../../project/repository-files.ts';
import { type Survey, surveyFolder } from '../../project/survey.ts';
import { inspectTarget, type Target } from '../../project/target.ts';
import { contextsFor, render, renderRepositoryFiles, renderSlot } from '../../render/render.ts';
import { pinnedIn } from '../packs/pinned.ts';
import type { CreateOptions } from './create-options.ts';
import { isBuildInput } from './kept-files.ts';

/** A project that is ready to be written. */
export interface Prepared {
  /** As typed. */
  readonly directory: string;
  readonly answers: Answers;
  /** Where each of them came from. */
  readonly origins: Origins;
  /** The source of the preset that was given, as typed. */
  readonly preset: string | null;
  readonly presets: readonly RecordedPreset[];
  readonly settings: Settings;
  readonly target: Target;
  readonly workspace: WorkspaceMode;
  readonly files: FileSet;
  /** Files for the root of the repository around the project. */
  readonly repositoryFiles: readonly RepositoryFile[];
  readonly leftOut: readonly LeftOutFile[];
  /** Conflicts in the folder. */
  readonly survey: Survey;
  readonly steps: readonly PlannedStep[];
  /** Commands that start the service, to be typed in the project's folder, as in its README. */
  readonly runCommands: readonly string[];
}

/** The slot with the commands before `cargo run`; the project's README shows it too. */
const RUN_SLOT = 'run_commands';

const NO_CONFLICTS: Survey = { collisions: [], differing: [], blocked: [], unrelated: [] };

/** Completes a request with defaults, renders it and surveys the folder; throws an `ExpectedError` with every problem. */
export async function prepare(request: CreateRequest, options: CreateOptions, cwd: string): Promise<Prepared> {
  const { directory, settings } = request;
  const { name } = request.chosen;
  if (directory === null || name === undefined) throw new Error('a request without a directory or name was prepared');
  const { policies } = options.enforced;
  const policy = policies.length === 0 ? null : await (await import('../load-command.ts')).loadEnforcement();
  const resources = policy?.resourcesUnder(request, options) ?? request.chosen.resources ?? [];
  const completed = completeAnswers({ ...request.chosen, name, resources }, options.axes, options.rules);
  if ('problems' in completed) throw new ExpectedError(EXIT.usage, completed.problems);
  const { answers } = completed;

  const target = await inspectTarget(resolve(cwd, directory));
  const workspace = workspaceMode(target, settings);
  const { catalog } = options;
  const placement = placementOf(target, workspace);
  const planned = plan(answers, catalog, placement);
  const templates = options.templatesOf(planned);
  const chosenBy = completeOrigins(request.origins, answers);
  const origins = policy?.originsOfNew(answers, chosenBy, options) ?? chosenBy;
  const packs = options.packs.map((pack) => pinnedIn(target.path, pack));
  const preset = request.presets.at(-1)?.name ?? null;
  const presets = request.presets.map((preset) => recorded(preset, target));
  const contexts = contextsFor(planned, templates);
  const given = { packs, answers, origins, presets, policies, placement };
  const lock = { standard: catalog.standard, ...given, migrations: {}, deleted: [] };
  const plain = render(planned, templates, contexts);
  const rendered = policy?.withManagedFiles(plain, answers, options) ?? plain;
  policy?.refuseViolations(answers, rendered, options);
  const files = withRecord(rendered, lock, catalog.axes, options.packs);
  const repositoryFiles = surveyRepositoryFiles(
    target.repositoryRoot ?? target.path,
    renderRepositoryFiles(planned, templates, contexts),
  );
  const survey = target.kind === 'absent' ? NO_CONFLICTS : surveyFolder(target.path, files);
  if (settings.onConflict === 'skip') refuseOtherRecord(survey);
  const runCommands = [...renderSlot(RUN_SLOT, planned, templates, contexts), 'cargo run'];
  const kept = settings.onConflict === 'skip' ? survey.collisions : [];
  const differing = settings.onConflict === 'skip' ? survey.differing : [];
  const written = files.map(({ path }) => path).filter((path) => !kept.includes(path));
  const steps = planSteps({
    wanted: settings,
    inRepository: !target.insideGit ? 'none' : target.repositoryRoot === target.path ? 'root' : 'below',
    isManifestKept: differing.includes('Cargo.toml'),
    areBuildInputsKept: differing.some(isBuildInput),
    paths: settings.git ? coveringPaths(target.path, written) : [],
  });
  const { leftOut } = planned;
  return {
    ...{ directory, answers, origins, preset, presets, settings, target, workspace, files, repositoryFiles, leftOut },
    ...{ survey, steps, runCommands },
  };
}

/** Names a preset for people who have the project, not this machine: by its path from the project only inside the same repository. */
function recorded({ name, path, integrity }: UsedPreset, { path: folder, repositoryRoot }: Target): RecordedPreset {
  if (path === null) return { source: name, integrity };
  const isInRepository = repositoryRoot !== null && path.startsWith(repositoryRoot + sep);
  return { source: isInRepository ? pathFrom(folder, path) : basename(path), integrity };
}

/** What nobody chose is a default. */
function completeOrigins(origins: Origins, answers: Answers): Origins {
  const defaults = Object.keys(answers).map((key): [string, Origin] => [key, 'default']);
  return { ...Object.fromEntries(defaults), ...origins };
}

/** A project that keeps the record of another could not be changed later. */
function refuseOtherRecord({ differing }: Survey): void {
  const paths = [LOCK_FILE, BASE_FILE, PACKS_FILE].filter((file) => differing.includes(file));
  if (paths.length === 0) return;
  throw new ExpectedError(EXIT.conflict, [
    {
      code: 'other-project',
      message: 'the folder has another project of create-api',
      paths,
      hint: 'choose another directory, or change that project: create-api help lists the commands',
    },
  ]);
}

/** The place of a project in what is around it. */
export function placementOf({ path, repositoryRoot, insideWorkspace }: Target, workspace: WorkspaceMode): Placement {
  return {
    workspace,
    inWorkspace: workspace === 'join' && insideWorkspace !== null ? pathFrom(dirname(insideWorkspace), path) : '',
    inRepository: repositoryRoot === null ? '' : pathFrom(repositoryRoot, path),
  };
}

function pathFrom(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function workspaceMode(target: Target, { workspace }: Settings): WorkspaceMode {
  if (target.isWorkspaceMember) {
    if (workspace === 'join') return 'join';
    throw new ExpectedError(EXIT.usage, [
      {
        code: 'covered-by-workspace',
        message: `the workspace ${target.insideWorkspace} already includes ${target.path}`,
        hint: 'pass --workspace join, choose another directory, or add the folder to workspace.exclude there',
      },
    ]);
  }
  if (target.insideWorkspace !== null) return workspace ?? 'apart';
  if (workspace !== 'join') return 'none';
  throw new ExpectedError(EXIT.usage, [
    {
      code: 'no-workspace',
      message: `--workspace join was given, but ${target.path} is not inside a Cargo workspace`,
      hint: 'leave out the flag, or choose a directory inside a workspace',
    },
  ]);
}

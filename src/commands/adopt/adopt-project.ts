import type { Answers } from '../../model/answers.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { type FileChange, stateOf } from '../../model/files.ts';
import type { WorkspaceMode } from '../../model/plan.ts';
import {
  BASE_FILE,
  type BaseFile,
  LOCK_FILE,
  type ProjectLock,
  printBase,
  printLock,
  sha256,
} from '../../model/project-record.ts';
import { checkDescription } from '../../options/description.ts';
import type { ReleaseChoices } from '../../options/release-options.ts';
import { completeAnswers, DEFAULT_DESCRIPTION } from '../../options/resolve.ts';
import { classifier } from '../../plan/file-class.ts';
import { explainIoError } from '../../project/io-error.ts';
import { makeReleaseFolder, pathsBelow, type ReleasedFile } from '../../project/release-package.ts';
import { inspectTarget, type Target } from '../../project/target.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { placementOf } from '../create/prepare.ts';
import type { AdoptRequest } from './adopt-request.ts';
import { type Comparison, compare } from './compare.ts';
import { openRelease } from './open-release.ts';
import { readProject, type UnrecordedProject } from './read-project.ts';
import { recognise } from './recognise.ts';

/** A project that was recognised, with the record that it gets. */
export interface Adoption {
  readonly root: string;
  /** The version of the release that made it. */
  readonly release: string;
  readonly answers: Answers;
  readonly files: Comparison;
  readonly record: readonly FileChange[];
}

/** The least share of the rendered lines that a project has: with fewer, it is another one. */
const LEAST_SHARE = 0.5;

/** Recognises the project in the folder `root`: reads it, asks the release and renders with it; writes nothing there. */
export async function planAdoption(
  root: string,
  request: AdoptRequest,
  options: CreateOptions,
  context: Context,
): Promise<Adoption> {
  const project = await readProject(root);
  const about = { name: nameOf(project, request, options), description: descriptionOf(project, request) };
  const target = await inspectTarget(root);
  const workspace = workspaceOf(target);
  const folder = makeReleaseFolder();
  try {
    const keys = options.axes.map(({ key }) => key);
    const release = await openRelease(request.release, { ...about, workspace }, folder.path, keys, context);
    const given = Object.fromEntries(
      Object.entries(request.chosen).filter(([key]) => keys.some((each) => each === key)),
    );
    const found = await recognise(project.evidence, given, release.axes, release.outlineOf);
    if (found === null) throw refused(given, release.version);
    if (Object.keys(found.contradicted).length > 0) throw contradicted(found.contradicted);
    const answers = answersFrom({ ...about, ...found.choices }, release.version, options);
    const rendered = await release.render(found.choices);
    const files = compare(rendered, project.textAt, pathsIn(root));
    if (files.share < LEAST_SHARE || !isRendered(files)) throw unrecognised(root, release.version, files);
    const placement = { ...placementOf(target, workspace), inRepository: '' };
    const { origins } = request;
    const lock = { version: release.version, answers, origins, placement, deleted: files.deleted };
    const record = recordOf(rendered, lock, options);
    return { root, release: release.version, answers, files, record };
  } finally {
    folder.remove();
  }
}

function nameOf({ name }: UnrecordedProject, { chosen }: AdoptRequest, { rules }: CreateOptions): string {
  const known = chosen.name ?? name ?? '';
  const problem = rules.checkName(known);
  if (problem === null) return known;
  const hint = 'pass the name that the project was created with: --name my-service';
  throw new ExpectedError(EXIT.usage, [{ ...problem, hint }]);
}

/** A description that no release would accept was written later. */
function descriptionOf({ description }: UnrecordedProject, { chosen }: AdoptRequest): string {
  const known = chosen.description ?? description;
  return known === null || checkDescription(known) !== null ? DEFAULT_DESCRIPTION : known;
}

function workspaceOf({ insideWorkspace, isWorkspaceMember }: Target): WorkspaceMode {
  return insideWorkspace === null ? 'none' : isWorkspaceMember ? 'join' : 'apart';
}

function pathsIn(root: string): readonly string[] {
  try {
    return pathsBelow(root);
  } catch (error) {
    throw explainIoError(error, root, 'read');
  }
}

/** Answers for today's templates. Throws an `ExpectedError` for choices that they no longer have, or that no longer go together. */
function answersFrom(
  known: Pick<Answers, 'name' | 'description'> & ReleaseChoices,
  version: string,
  { axes, rules }: CreateOptions,
): Answers {
  const unknown = axes.flatMap(({ key, flag, choices }): readonly Problem[] => {
    const ids = choices.map(({ id }) => id);
    const missing = [known[key] ?? []].flat().filter((id) => !ids.includes(id));
    return missing.map((id) => ({
      code: 'unknown-value',
      message: `the project has ${id}, which create-api ${version} knew as a choice of ${flag}, and this one does not`,
      allowed: ids.join(', '),
      hint: `pass what comes closest: ${flag} ${ids[0]}`,
    }));
  });
  if (unknown.length > 0) throw new ExpectedError(EXIT.usage, unknown);
  const { name, description, ...choices } = known;
  const chosen = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== null));
  const completed = completeAnswers({ name, description, resources: [], ...chosen }, axes, rules);
  if ('problems' in completed) throw new ExpectedError(EXIT.usage, completed.problems);
  return completed.answers;
}

interface Recorded extends Pick<ProjectLock, 'answers' | 'origins' | 'placement' | 'deleted'> {
  readonly version: string;
}

function recordOf(
  rendered: readonly ReleasedFile[],
  { version, ...lock }: Recorded,
  { catalog }: CreateOptions,
): readonly FileChange[] {
  const classOf = classifier(catalog.classes);
  const base = printBase(rendered.map((file): BaseFile => ({ ...file, class: classOf(file.path) })));
  // The release's templates have no hash of their own, but their result does.
  const standard = { version, integrity: sha256(base) };
  const whole: ProjectLock = { standard, packs: [], presets: [], policies: [], migrations: {}, ...lock };
  const texts = { [LOCK_FILE]: printLock(whole, catalog.axes), [BASE_FILE]: base };
  return Object.entries(texts).map(([path, text]) => ({ path, after: stateOf({ text, executable: false }) }));
}

const HINT = 'pass what it was made with: --framework, --db-layer and the other flags of create, and --release';

function refused(given: ReleaseChoices, version: string): ExpectedError {
  const ids = Object.values(given).flat().join(', ');
  const message = `create-api ${version} renders no project with ${ids === '' ? 'what it lists' : ids}`;
  return new ExpectedError(EXIT.usage, [{ code: 'unrecognised-project', message, hint: HINT }]);
}

/** Whether a quarter of the files are as they were rendered: some lines are in every project of create-api. */
function isRendered({ same, edited, deleted }: Comparison): boolean {
  return same.length * 4 >= same.length + edited.length + deleted.length;
}

function contradicted(stated: ReleaseChoices): ExpectedError {
  const choices = Object.values(stated).flat().join(', ');
  const message = `the README says, and the files show, that the project was made with ${choices}`;
  const hint = 'leave out the flag that says otherwise; change it afterwards with create-api set, add or remove';
  return new ExpectedError(EXIT.usage, [{ code: 'contradicted-choice', message, hint }]);
}

function unrecognised(root: string, version: string, { same, edited, deleted, share }: Comparison): ExpectedError {
  const percent = Math.floor(share * 100);
  const total = same.length + edited.length + deleted.length;
  const counts = `of ${total} files, ${same.length} are as rendered and ${deleted.length} are missing`;
  return new ExpectedError(EXIT.usage, [
    {
      code: 'unrecognised-project',
      message: `${root} is not a project of create-api ${version}, or was made with other choices: it has ${percent} % of the lines; ${counts}`,
      allowed:
        'a project with half of the lines that the release renders, and a quarter of its files as they were rendered',
      hint: HINT,
    },
  ]);
}

import { loadCatalog, loadTemplates } from '../../catalog/builtin.ts';
import type { Answers } from '../../model/answers.ts';
import { packOf } from '../../model/catalog.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import type { FileSet, RenderedFile } from '../../model/files.ts';
import { PACK_OPTIONS } from '../../options/command-options.ts';
import { readFlags } from '../../options/flags.ts';
import { completeAnswers, readRequest } from '../../options/resolve.ts';
import { plan } from '../../plan/plan.ts';
import { render } from '../../render/render.ts';
import type { CommandResult, Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { optionsOf } from '../create/create-options.ts';
import { loadOptionsWith } from '../packs/open-packs.ts';

/** A file that a pack brings to a project, or changes. */
interface BroughtFile {
  readonly path: string;
  readonly action: 'add' | 'change';
  /** Key of its template, which another pack may have, and loops over what this one adds. */
  readonly template: string;
  readonly text: string;
}

const NAME = 'my-service';

/**
 * Shows what the pack in a folder adds to a project and changes in it, or the text of one of these files. Flags choose the project;
 * unless they say otherwise it has all that the pack offers. Throws an `ExpectedError` with everything that is wrong.
 */
export async function renderPack(folder: string, context: Context): Promise<CommandResult> {
  const options = await loadOptionsWith([{ source: folder, base: context.cwd }], context);
  const { answers, path } = await requestOf(options, context);
  const files = broughtFiles(answers, options, context);
  if (path !== undefined) {
    const file = files.find((each) => each.path === path);
    if (file === undefined) throw new ExpectedError(EXIT.usage, [notBrought(path, files)]);
    return {
      exitCode: EXIT.done,
      text: file.text.replace(/\n$/, ''),
      json: { ok: true, exitCode: EXIT.done, ...file },
    };
  }
  const lines = files.map((file) => `${file.action === 'add' ? '+' : '~'} ${file.path}`);
  const [pack] = options.packs;
  const text = [...lines, '', `+ the file is in the project because of ${pack?.name}; ~ it is another one with it`];
  const listed = files.map(({ text: _, ...file }) => file);
  return {
    exitCode: EXIT.done,
    text: text.join('\n'),
    json: { ok: true, exitCode: EXIT.done, answers, files: listed },
  };
}

async function requestOf(
  options: CreateOptions,
  { argv }: Context,
): Promise<{ readonly answers: Answers; readonly path: string | undefined }> {
  const own = options.all.filter(({ key }) => key === 'name' || key === 'resources' || isAxis(key, options));
  const { operands, ...raw } = await readFlags([...own, ...PACK_OPTIONS], argv);
  const [, , path, ...others] = operands;
  const { request, problems: wrong } = readRequest({ ...raw, operands: [] }, own, options.rules);
  const problems = [...wrong, ...(others.length === 0 ? [] : [tooManyPaths(others)])];
  if (problems.length > 0) throw new ExpectedError(EXIT.usage, problems);
  const completed = completeAnswers({ name: NAME, ...request.chosen }, options.axes, options.rules);
  if ('problems' in completed) throw new ExpectedError(EXIT.usage, completed.problems);
  const lists = options.axes.filter(({ key, kind }) => kind === 'list' && request.chosen[key] === undefined);
  let answers: Answers = completed.answers;
  for (const { key } of lists) {
    const offered = options.catalog.parts[key].filter(({ folder }) => packOf(folder) !== null).map(({ id }) => id);
    const fitting = offered.filter((id) => options.rules.incompatibilityReason(answers, key, id) === null);
    const chosen = new Set([...[answers[key] ?? []].flat(), ...fitting]);
    answers = { ...answers, [key]: options.catalog.parts[key].map(({ id }) => id).filter((id) => chosen.has(id)) };
  }
  return { answers, path };
}

function tooManyPaths(others: readonly string[]): Problem {
  return { code: 'too-many-arguments', message: `pack render shows one file, but also got ${others.join(' ')}` };
}

function isAxis(key: string, { axes }: CreateOptions): boolean {
  return axes.some((axis) => axis.key === key);
}

/** The files that a project with the answers has because of the pack, or has otherwise. */
function broughtFiles(answers: Answers, options: CreateOptions, { pack }: Context): readonly BroughtFile[] {
  const catalog = loadCatalog(pack);
  const builtin = optionsOf(catalog, [], (planned) => loadTemplates(pack, planned, catalog));
  const before = new Map(filesOf(withoutPack(answers, options, builtin), builtin).map((file) => [file.path, file]));
  return filesOf(answers, options).flatMap((file): readonly BroughtFile[] => {
    const { path, text, origin } = file;
    const earlier = before.get(path);
    if (earlier !== undefined && isSame(earlier, file)) return [];
    return [{ path, action: earlier === undefined ? 'add' : 'change', template: origin.template, text }];
  });
}

function filesOf(answers: Answers, options: CreateOptions): FileSet {
  const planned = plan(answers, options.catalog);
  return render(planned, options.templatesOf(planned));
}

function isSame(a: RenderedFile, b: RenderedFile): boolean {
  return a.text === b.text && a.executable === b.executable;
}

/** The answers without what only the pack offers; a part that extends another one gives way to that. */
function withoutPack({ resources, ...answers }: Answers, options: CreateOptions, builtin: CreateOptions): Answers {
  const required = options.catalog.teamResources.map(({ singular }) => singular);
  let chosen: Partial<Answers> & Pick<Answers, 'name'> = {
    ...answers,
    resources: resources.filter(({ singular }) => !required.includes(singular)),
  };
  for (const { key, kind } of builtin.axes) {
    const known = builtin.catalog.parts[key].map(({ id }) => id);
    const ids = [answers[key] ?? []].flat();
    if (kind === 'list') chosen = { ...chosen, [key]: ids.filter((id) => known.includes(id)) };
    else if (ids.some((id) => !known.includes(id))) {
      const part = options.catalog.parts[key].find(({ id }) => ids.includes(id));
      const parent = part?.ancestors.toReversed().find((id) => known.includes(id));
      const { [key]: _, ...others } = chosen;
      chosen = parent === undefined ? (others as typeof chosen) : { ...chosen, [key]: parent };
    }
  }
  const completed = completeAnswers(chosen, builtin.axes, builtin.rules);
  if ('problems' in completed) throw new ExpectedError(EXIT.usage, completed.problems);
  return completed.answers;
}

function notBrought(path: string, files: readonly BroughtFile[]): Problem {
  const allowed = files.map((file) => file.path).join(', ');
  return { code: 'no-such-file', message: `the pack neither brings nor changes ${path}`, allowed };
}

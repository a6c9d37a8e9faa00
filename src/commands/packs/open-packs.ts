/** Opens teams' packs. Only commands that use one load this module: it loads the schema of manifests and the parser of templates. */
import { loadTemplates } from '../../catalog/builtin.ts';
import type { PackFiles } from '../../catalog/pack-files.ts';
import { inspectTeamPack, readTeamManifest } from '../../catalog/read-team-pack.ts';
import { EXIT, ExpectedError, PackError, type PackProblem, type Problem } from '../../model/errors.ts';
import { type Plan, templateKeys } from '../../model/plan.ts';
import type { PackReads, Template, Templates } from '../../model/templates.ts';
import { problemsOfProject } from '../../plan/check-plans.ts';
import { undeclaredSlots } from '../../plan/check-use.ts';
import { parseSources } from '../../render/parse-sources.ts';
import { readsOfTable, templateReads } from '../../render/parse-template.ts';
import type { Context } from '../context.ts';
import { type CreateOptions, loadCreateOptions, optionsOf } from '../create/create-options.ts';
import { fetchPack } from './fetch-pack.ts';
import type { OpenPack } from './pinned.ts';

/** A pack to use. */
export interface WantedPack {
  readonly source: string;
  /** The folder that a path is relative to; absolute. */
  readonly base: string;
  /** What it has to be, by the lock of the project. */
  readonly pinned?: { readonly name: string; readonly integrity: string };
}

/**
 * The options of the pack that create-api comes with and of these, in their order. Throws an `ExpectedError`: `usage` for a source
 * that is none, `integrity` if a pack is not what it is pinned to be, or has anything wrong in it.
 */
export async function loadOptionsWith(
  wanted: readonly WantedPack[],
  context: Pick<Context, 'pack' | 'version' | 'env' | 'signal'>,
): Promise<CreateOptions> {
  const own = loadCreateOptions(context.pack);
  let { catalog } = own;
  const packs: OpenPack[] = [];
  const texts: Record<string, Template | string> = {};
  for (const { source, base, pinned } of wanted) {
    const { files, integrity } = await opened(source, base, context);
    if (pinned !== undefined && pinned.integrity !== integrity) throw changed(source, pinned, integrity);
    const read = readPack(files, source, context.version, catalog);
    refuseTwice(read.name, source, packs);
    catalog = read.catalog;
    Object.assign(texts, read.templates.texts);
    packs.push({ name: read.name, source, base, integrity });
  }
  return optionsOf(catalog, packs, (plan) => {
    const templates = loadTemplates(context.pack, plan, own.catalog);
    const all: Templates = { ...templates, texts: { ...templates.texts, ...texts } };
    const problems = problemsOfProject(plan, catalog, readsOf(plan, all));
    if (problems.length > 0) throw refused(problems);
    return all;
  });
}

/** The name of the pack at a source that is relative to the current folder. Throws as `loadOptionsWith` does. */
export async function nameOfPack(
  source: string,
  { cwd, version, ...context }: Pick<Context, 'cwd' | 'version' | 'env' | 'signal'>,
): Promise<string> {
  const { files } = await opened(source, cwd, context);
  return unlessRefused(source, () => readTeamManifest(files, version).name);
}

function opened(source: string, base: string, context: Pick<Context, 'env' | 'signal'>) {
  return fetchPack(source, base, context).catch((error: unknown) => {
    if (error instanceof PackError) throw refused(error.problems, source);
    throw error;
  });
}

function readPack(files: PackFiles, source: string, version: string, catalog: CreateOptions['catalog']) {
  return unlessRefused(source, () => {
    const { problems, sources, ...read } = inspectTeamPack(files, version, catalog);
    const { templates, reads, problems: malformed } = parseSources(sources);
    const found = [...problems, ...malformed, ...undeclaredSlots(read.catalog, reads)];
    if (found.length > 0) throw new PackError(found);
    return { ...read, templates };
  });
}

/** What reading a pack results in; a pack that has anything wrong in it is refused. */
function unlessRefused<Result>(source: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof PackError) throw refused(error.problems, source);
    throw error;
  }
}

/** More of them would not help: the pack is refused as a whole, and its author has `pack check`. */
const MOST_PROBLEMS = 20;

/** A pack comes from elsewhere: one that is wrong in anything is not used. */
function refused(problems: readonly PackProblem[], source: string | null = null): ExpectedError {
  return new ExpectedError(
    EXIT.integrity,
    problems.slice(0, MOST_PROBLEMS).map(({ code, message, allowed }): Problem => {
      const hint = 'create-api pack check <folder> tells the author of the pack everything that is wrong in it';
      const where = source === null ? '' : `--pack ${source}: `;
      return { code, message: `${where}${message}`, ...(allowed !== undefined && { allowed }), hint };
    }),
  );
}

function refuseTwice(name: string, source: string, packs: readonly OpenPack[]): void {
  const other = packs.find((pack) => pack.name === name);
  if (other === undefined) return;
  const message = `--pack ${source} and --pack ${other.source} are both called ${name}`;
  const hint = 'give one of them; the name is in pack.json';
  throw new ExpectedError(EXIT.usage, [{ code: 'repeated-pack', message, hint }]);
}

function changed(
  source: string,
  { name, integrity }: Pick<OpenPack, 'name' | 'integrity'>,
  found: string,
): ExpectedError {
  const message = `the pack ${name} from ${source} is not what the project was rendered from: its hash is ${found}`;
  const hint = `to use it as it is now: create-api update --pack ${source}`;
  return new ExpectedError(EXIT.integrity, [{ code: 'changed-pack', message, allowed: integrity, hint }]);
}

/** What the templates of a plan read. */
function readsOf(plan: Plan, { texts }: Templates): PackReads {
  const tables = new Set(plan.types);
  return Object.fromEntries(
    templateKeys(plan).map((key) => {
      const text = texts[key] ?? '';
      const isTable = typeof text === 'string' && tables.has(key);
      return [key, isTable ? readsOfTable(JSON.parse(text)) : templateReads(typeof text === 'string' ? [] : text)];
    }),
  );
}

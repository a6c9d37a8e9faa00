/** Opens teams' packs. Only commands that use one load this module: it loads the schema of manifests and the parser of templates. */
import { loadTemplates } from '../../catalog/builtin.ts';
import type { PackFiles } from '../../catalog/pack-files.ts';
import { filesOfPack, inspectTeamPack, readTeamManifest } from '../../catalog/read-team-pack.ts';
import { EXIT, ExpectedError, PackError, type PackProblem, type Problem } from '../../model/errors.ts';
import { type Plan, templateKeys } from '../../model/plan.ts';
import { MOST_PACKS, PACKS_FILE, printPacks } from '../../model/project-record.ts';
import type { PackReads, Template, Templates } from '../../model/templates.ts';
import { problemsOfProject } from '../../plan/check-project.ts';
import { undeclaredSlots } from '../../plan/check-use.ts';
import { LONGEST } from '../../project/record-files.ts';
import { parseSources } from '../../render/parse-sources.ts';
import { readsOfTable, templateReads } from '../../render/parse-template.ts';
import { integrityOf } from '../../sources/source-files.ts';
import type { Context } from '../context.ts';
import { type CreateOptions, loadCreateOptions, optionsOf } from '../create/create-options.ts';
import { fetchPack } from './fetch-pack.ts';
import type { OpenPack } from './pinned.ts';

/** A pack to use, by its source; the path of a folder is relative to `base`, which is absolute. */
export interface WantedPack {
  readonly source: string;
  readonly base: string;
  /** A preset names it. */
  readonly isOfPreset?: boolean;
}

/** A pack to use, whose files have been read. */
export interface GivenPack extends WantedPack {
  /** What it is called in messages. */
  readonly label: string;
  readonly contents: PackFiles;
}

/**
 * The options of the pack that create-api comes with and of these, which are fetched, in their order. Throws an `ExpectedError`:
 * `usage` for a source that is none, `integrity` if a pack has anything wrong in it.
 */
export async function loadOptionsWith(
  wanted: readonly WantedPack[],
  context: Pick<Context, 'pack' | 'version' | 'env' | 'signal'>,
): Promise<CreateOptions> {
  return optionsWith(await fetchPacks(wanted, context), context);
}

/** Reads the files of packs from where they are. Throws an `ExpectedError` as `loadOptionsWith` does. */
export function fetchPacks(
  wanted: readonly WantedPack[],
  context: Pick<Context, 'env' | 'signal'>,
): Promise<readonly GivenPack[]> {
  refuseMany(wanted.length);
  return Promise.all(
    wanted.map(async (pack) => {
      const { source, base } = pack;
      const label = `--pack ${source}`;
      const contents = await fetchPack(source, base, context).catch((error: unknown) => {
        if (error instanceof PackError) throw refused(error.problems, label);
        throw error;
      });
      return { ...pack, label, contents };
    }),
  );
}

/** The options of the pack that create-api comes with and of these. Throws an `ExpectedError` as `loadOptionsWith` does. */
export function optionsWith(given: readonly GivenPack[], context: Pick<Context, 'pack' | 'version'>): CreateOptions {
  refuseMany(given.length);
  const own = loadCreateOptions(context.pack);
  let { catalog } = own;
  const packs: OpenPack[] = [];
  const texts: Record<string, Template | string> = {};
  for (const pack of given) {
    const { contents, label: _, ...wanted } = pack;
    const read = readPack(pack, context.version, catalog);
    refuseTwice(read.name, wanted.source, packs);
    catalog = read.catalog;
    Object.assign(texts, read.templates.texts);
    const files = filesOfPack(contents, own.catalog);
    packs.push({ ...wanted, name: read.name, files, integrity: integrityOf(files) });
  }
  refuseLarge(packs);
  return optionsOf(catalog, packs, (plan) => {
    const templates = loadTemplates(context.pack, plan, own.catalog);
    const all: Templates = { ...templates, texts: { ...templates.texts, ...texts } };
    const problems = problemsOfProject(plan, catalog, readsOf(plan, all));
    if (problems.length > 0) throw refused(problems);
    return all;
  });
}

/** The name of a pack. Throws as `loadOptionsWith` does. */
export function nameOf({ contents, label }: GivenPack, version: string): string {
  return unlessRefused(label, () => readTeamManifest(contents, version).name);
}

function readPack({ contents, label }: GivenPack, version: string, catalog: CreateOptions['catalog']) {
  return unlessRefused(label, () => {
    const { problems, sources, ...read } = inspectTeamPack(contents, version, catalog);
    const { templates, reads, problems: malformed } = parseSources(sources);
    const found = [...problems, ...malformed, ...undeclaredSlots(read.catalog, reads)];
    if (found.length > 0) throw new PackError(found);
    return { ...read, templates };
  });
}

/** What reading a pack results in; a pack that has anything wrong in it is refused. */
function unlessRefused<Result>(label: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof PackError) throw refused(error.problems, label);
    throw error;
  }
}

/** More of them would not help: the pack is refused as a whole, and its author has `pack check`. */
const MOST_PROBLEMS = 20;

/** A pack comes from elsewhere: one that is wrong in anything is not used. */
function refused(problems: readonly PackProblem[], label: string | null = null): ExpectedError {
  return new ExpectedError(
    EXIT.integrity,
    problems.slice(0, MOST_PROBLEMS).map(({ code, message, allowed }): Problem => {
      const hint = 'create-api pack check <folder> tells the author of the pack everything that is wrong in it';
      const where = label === null ? '' : `${label}: `;
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

/** What the lock of a project could not have is refused before anything is written. */
function refuseMany(count: number): void {
  if (count <= MOST_PACKS) return;
  const message = `a project has at most ${MOST_PACKS} packs, but would have ${count}`;
  throw new ExpectedError(EXIT.usage, [{ code: 'too-many-packs', message }]);
}

/** So is what its record could not have. */
function refuseLarge(packs: readonly OpenPack[]): void {
  const bytes = Buffer.byteLength(printPacks(packs));
  if (bytes <= LONGEST[PACKS_FILE]) return;
  const message = `the packs are too large for ${PACKS_FILE}: they take ${bytes} bytes there`;
  throw new ExpectedError(EXIT.integrity, [
    { code: 'too-large', message, allowed: `${LONGEST[PACKS_FILE]} bytes in all` },
  ]);
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

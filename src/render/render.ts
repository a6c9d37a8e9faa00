import { partOf } from '../model/catalog.ts';
import { PackError, problemIn } from '../model/errors.ts';
import type { FileSet, RenderedFile } from '../model/files.ts';
import { numbered } from '../model/migrations.ts';
import { lockOptions, type Plan, type PlannedFile } from '../model/plan.ts';
import type { RenderContext, ResourceContext, Templates } from '../model/templates.ts';
import { renderLock } from './cargo-lock.ts';
import { contextsOf } from './context.ts';
import { allWork, evaluate, type Work } from './evaluate.ts';
import { fillInHashes } from './hashed-file.ts';
import { distinct } from './helpers.ts';
import { formatted } from './imports.ts';
import { type TypeLookup, typeLookup } from './type-table.ts';

const LOCK = 'Cargo.lock';

/** Templates, and what they may still do. */
interface Rendering extends Templates {
  readonly work: Work;
}

/** The most characters in the files of a project. Its record, where each takes up to six bytes, could not be read with more. */
const MOST_TEXT = 3_000_000;

function withWork({ texts, locks }: Templates): Rendering {
  return { texts, locks, work: allWork() };
}

/** What templates read, apart from slots: whoever renders several things of a plan makes it once. */
type Contexts = ReturnType<typeof contextsOf>;

/** Makes what the templates of a plan read. Throws a `PackError` if its type tables are wrong. */
export function contextsFor(plan: Plan, templates: Templates): Contexts {
  return contextsOf(plan, typesOf(plan, withWork(templates)));
}

/** Renders every file of the plan. Throws a `PackError` if a template reads an unknown name, and if there is too much to render. */
export function render(plan: Plan, templates: Templates, contexts = contextsFor(plan, templates)): FileSet {
  const files = renderFiles(plan.files, plan, templates, contexts);
  if (plan.lock !== null) files.push(lock(plan, plan.lock, templates));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Renders the files that go to the root of the repository around the project. Throws as `render` does. */
export function renderRepositoryFiles(
  plan: Plan,
  templates: Templates,
  contexts = contextsFor(plan, templates),
): FileSet {
  return plan.repositoryFiles.length === 0 ? [] : renderFiles(plan.repositoryFiles, plan, templates, contexts);
}

function renderFiles(files: Plan['files'], plan: Plan, all: Templates, contexts: Contexts): RenderedFile[] {
  const templates = withWork(all);
  const { context, created, changes } = contexts;
  const slots = renderSlots(plan.slots, context, templates, plan);
  const withSlots = (resource: ResourceContext) => {
    const own = { ...context, resource };
    return { ...own, slots, resourceSlots: renderSlots(plan.resourceSlots, own, templates) };
  };
  const perResource = new Map(context.resources.map((resource) => [resource.singular, withSlots(resource)]));
  const perStep = new Map<number, object>([
    ...[...created].map(([step, resource]) => [step, withSlots(resource)] as const),
    ...[...changes].map(([step, change]) => [step, { ...context, slots, change }] as const),
  ]);
  const shared = { ...context, slots };
  const isIdle = ({ step }: PlannedFile) =>
    plan.steps.some(({ before, position }) => position === step && before !== null && !changes.has(position));
  const needed = files.filter((file) => !isIdle(file));
  let length = 0;
  return needed.map(({ path, template, executable, resource, step, class: fileClass }) => {
    const own = perStep.get(step ?? -1) ?? perResource.get(resource ?? '') ?? shared;
    const text = renderTemplate(template, own, templates, path);
    // What is copied was formatted when the pack was parsed.
    const isCopied = typeof templates.texts[template] === 'string';
    length += text.length;
    if (length > MOST_TEXT) throw new PackError([problemIn(template, 'too-large', TOO_LARGE)]);
    return {
      ...fillInHashes(path, isCopied ? text : formatted(path, text)),
      executable,
      origin: { part: partOf(template), template, class: fileClass },
    };
  });
}

const TOO_LARGE = `with it, the files of the project have more than ${MOST_TEXT} characters`;

/** Reads the type tables of a plan. They were validated with the pack. */
function typesOf({ types }: Plan, templates: Rendering): TypeLookup {
  return typeLookup(types.map((file) => [file, JSON.parse(renderTemplate(file, {}, templates, file))]));
}

function renderSlots(
  slots: Plan['slots'],
  context: object,
  templates: Rendering,
  { keptLines, versions }: Pick<Plan, 'keptLines' | 'versions'> = NOTHING_KEPT,
): RenderContext['slots'] {
  return Object.fromEntries(
    Object.entries(slots).map(([slot, keys]) => {
      const texts = fragments(slot, keys, context, templates);
      const kept = keptLines[slot];
      return [slot, kept === undefined ? texts : [...texts.map((names) => numberedLines(names, versions)), ...kept]];
    }),
  );
}

const NOTHING_KEPT = { keptLines: {}, versions: {} };

function numberedLines(names: string, versions: Plan['versions']): string {
  const lines = names.split('\n');
  return lines.map((name) => numbered(name, versions)).join('\n');
}

/** Renders one slot to lines; equal fragments count once, an unknown slot is empty. Throws as `render` does. */
export function renderSlot(
  slot: string,
  plan: Plan,
  templates: Templates,
  contexts = contextsFor(plan, templates),
): readonly string[] {
  const texts = distinct(fragments(slot, plan.slots[slot] ?? [], contexts.context, withWork(templates)));
  return texts.flatMap((fragment) => fragment.split('\n'));
}

function fragments(slot: string, keys: readonly string[], context: object, templates: Rendering): readonly string[] {
  const texts = keys.map((key) => renderTemplate(key, context, templates, `the slot ${slot}`).replace(/\n+$/, ''));
  return texts.filter((text) => text !== '');
}

/** Renders a template; `purpose` is the path in the project, or else what it is for. */
function renderTemplate(key: string, context: object, templates: Rendering, purpose: string): string {
  const template = templates.texts[key];
  if (template === undefined) throw new Error(`the pack has no template ${key}`);
  if (typeof template === 'string') return template;
  try {
    return evaluate(template, context, templates.work);
  } catch (error) {
    throw new PackError([problemIn(key, 'failed-template', `${(error as Error).message} (for ${purpose})`)]);
  }
}

function lock(plan: Plan, key: string, templates: Templates): RenderedFile {
  const found = templates.locks[key];
  if (found === undefined) throw new Error(`the pack has no lock ${key}`);
  const template = `${key}.lock`;
  try {
    const text = renderLock(
      found,
      plan.answers.name,
      lockOptions(plan),
      plan.crates.map((crate) => crate.name),
    );
    return { path: LOCK, text, executable: false, origin: { part: 'locks', template, class: 'merge' } };
  } catch (error) {
    throw new PackError([problemIn(template, 'invalid-lock', (error as Error).message)]);
  }
}

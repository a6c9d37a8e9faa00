import { mergeImports, pathsOf } from '../render/imports.ts';
import type { Labels } from './markers.ts';
import { type MergedFile, withReason } from './merge-keyed.ts';
import { mergeBranch } from './merge-outline.ts';
import { type ConflictTexts, markDifferences, mergeText, type TextVersions } from './merge-text.ts';
import { type Branch, print } from './outline.ts';

const VISIBILITY = String.raw`(?:pub(?:\([^)\n]*\))? )?`;
const ATTRIBUTES = String.raw`(?:[ \t]*#\[[^\n]*\]\n)*`;
const USE = String.raw`(${ATTRIBUTES}[ \t]*${VISIBILITY})use ([\w:{},*#\s]+);[ \t]*\n`;
const MODULE = String.raw`(?:[ \t]*///[^\n]*\n)*${ATTRIBUTES}[ \t]*${VISIBILITY}mod (\w+);[ \t]*\n`;
/** An entry of a list of migrations, which run in its order. */
const MIGRATION = String.raw`(?:[ \t]*//[^\n]*\n)*[ \t]*Box::new\((\w+)::Migration\),[ \t]*\n`;

/** Runs of imports, modules or migrations as one unit each, and lines. */
const UNITS = new RegExp(`(?:${USE})+|(?:${MODULE})+|(?:${MIGRATION})+|[^\\n]*\\n|[^\\n]+`, 'g');
const EACH_USE = new RegExp(`^${USE}`, 'gm');
const EACH_MODULE = new RegExp(`^${MODULE}`, 'gm');
const EACH_MIGRATION = new RegExp(`^${MIGRATION}`, 'gm');

/**
 * Merges Rust: imports, modules and migrations as sets, because both sides add to the same runs of them, and the rest by line. No item is
 * there twice because both sides added it, or still there because one side moved it when the other removed it.
 */
export function mergeRust(texts: TextVersions, labels: Labels): MergedFile {
  const byLine = mergeText(texts, labels);
  if (byLine.conflicts.length === 0 && wrongItem(byLine.text, texts) === undefined) return byLine;
  const byItem = mergeText(texts, labels, { cut: (text) => text.match(UNITS) ?? [], resolve: mergeRun });
  if (byItem.conflicts.length > 0) return withReason(byItem);
  const wrong = wrongItem(byItem.text, texts);
  if (wrong === undefined) return byItem;
  const reason = `You and the templates changed \`${wrong}\` in different places.`;
  return { ...markDifferences(texts.ours, texts.theirs, labels), reason };
}

/** The first item that a text has not as often as it should: it was added by both, or moved by one side and removed by the other. */
function wrongItem(text: string, { base, ours, theirs }: TextVersions): string | undefined {
  const [inBase, inOurs, inTheirs, inText] = [base, ours, theirs, text].map(countItems);
  const items = new Set([inOurs, inTheirs, inText].flatMap((counts) => [...(counts?.keys() ?? [])]));
  const wrong = [...items].find((item) => {
    const [b = 0, o = 0, t = 0, count = 0] = [inBase, inOurs, inTheirs, inText].map((counts) => counts?.get(item));
    return count !== (o === b ? t : t === b ? o : Math.max(o, t));
  });
  return wrong?.trim();
}

function countItems(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const items = [...importsOf(text), ...[...text.matchAll(EACH_MODULE)].map(([, name]) => `mod ${name}`)];
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Merges runs of the same kind; undefined if they are none. */
function mergeRun({ base, ours, theirs }: ConflictTexts): string | undefined {
  const runs = { base: itemsOf(base), ours: itemsOf(ours), theirs: itemsOf(theirs) };
  if (runs.ours === undefined || runs.theirs === undefined || runs.ours.kind !== runs.theirs.kind) return undefined;
  if (base !== '' && runs.base?.kind !== runs.ours.kind) return undefined;
  const { merged, conflicts } = mergeBranch({ base: runs.base, ours: runs.ours, theirs: runs.theirs });
  if (conflicts.length > 0) return undefined;
  return runs.ours.kind === 'map' ? print(merged) : printImports(print(merged), ours);
}

/**
 * The modules of a run, or its migrations if they are sorted, as a map from their names to their items, or the imports as a set of one
 * item each; undefined if it is no run.
 */
function itemsOf(unit: string): Branch | undefined {
  for (const each of [EACH_MODULE, EACH_MIGRATION]) {
    const entries = [...unit.matchAll(each)].map(([item, name = '']) => entry(`mod ${name}`, item));
    if (entries.length === 0 || !isWhole(entries, unit)) continue;
    return each === EACH_MODULE || isSorted(entries) ? { kind: 'map', open: '', entries, close: '' } : undefined;
  }
  const imports = [...new Set(importsOf(unit))].map((item) => entry(item, item));
  const isRun = imports.length > 0 && unit.replace(EACH_USE, '') === '';
  return isRun ? { kind: 'set', open: '', entries: imports, close: '' } : undefined;
}

const entry = (key: string, value: string) => ({ key, lead: '', head: '', value, tail: '' });

function isSorted(entries: Branch['entries']): boolean {
  return entries.every(({ key }, index) => index === 0 || (entries[index - 1]?.key ?? '') < key);
}

function isWhole(entries: Branch['entries'], unit: string): boolean {
  return entries.map(({ value }) => value).join('') === unit;
}

/** Each import of a text as an item of its own. */
function importsOf(text: string): readonly string[] {
  return [...text.matchAll(EACH_USE)].flatMap(([, head = '', tree = '']) =>
    pathsOf(tree).map((path) => `${head}use ${path};\n`),
  );
}

/**
 * Prints imports as the user has them. If that is how rendering prints them, so is the result; else the items of the user stay
 * as they are, and what is new stands below.
 */
function printImports(merged: string, ours: string): string {
  if (mergeImports(ours) === ours) return mergeImports(merged);
  const wanted = new Set(importsOf(merged));
  const kept = [...ours.matchAll(EACH_USE)].map(([item]) => {
    const imports = importsOf(item);
    const rest = imports.filter((path) => wanted.delete(path));
    return rest.length === imports.length ? item : mergeImports(rest.join(''));
  });
  return kept.join('') + mergeImports([...wanted].join(''));
}

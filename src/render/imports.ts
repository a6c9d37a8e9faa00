/**
 * Merges the `use` items of Rust source by module, as rustfmt does with `imports_granularity = "Module"`, which only its
 * nightly releases support. Stable rustfmt (style edition 2024) leaves the result unchanged.
 */

/**
 * An item without comments: its head, which is the indentation, attributes and visibility, and its tree. All lengths are limited:
 * otherwise the whole rest of a file with an unclosed bracket would be read again from each of its lines.
 */
const ITEM = String.raw`^( {0,200}(?:#\[(?:(?!\]\n)[^;{}]){0,1000}\]\n {0,200}){0,20}(?:pub(?:\([^)]{0,200}\))? )?)use ([^;/]{0,4000});\n`;
const EACH_ITEM = new RegExp(ITEM, 'gm');
/** Consecutive items, unless one with a comment follows: it stays as it is, and rustfmt sorts them together. */
const RUN = `(?:${ITEM}){1,1000}(?! *(?:pub.*)?use )`;
/** A comment and the items directly below it, of which it may describe one. */
const COMMENT = String.raw`//.*(?:\n(?:${ITEM}){1,1000})?|/\*[^]{0,4000}?\*/`;
/** A run of one item with one name, which stays as it is. */
const SINGLE = /^ *(?:pub )?use \w+(?:::\w+)*(?<!\bself);\n$/;
const LITERAL = String.raw`r(?<hashes>#{0,10})"[^]{0,4000}?"\k<hashes>|"(?:[^"\\]|\\[^]){0,4000}"|'(?:[^'\\\n]|\\.[^'\n]*)'`;
const EACH_RUN = new RegExp(`${COMMENT}|${LITERAL}|(?<run>${RUN})`, 'gm');

const MAX_WIDTH = 100;

/** What is imported from one module: `pub use a::b::{C as D, E};` has the head `pub ` and the module `a::b::`. */
interface Imports {
  readonly head: string;
  readonly module: string;
  readonly names: Set<string>;
}

/** Merges the imports of a Rust file: templates and slots import one name per line, independently of each other. */
export function formatted(path: string, text: string): string {
  return path.endsWith('.rs') ? mergeImports(text) : text;
}

/** Merges and sorts each run of `use` items. A blank line ends a run; a run with a comment is left as it is. */
export function mergeImports(source: string): string {
  return source.replace(EACH_RUN, (text, ...groups) => {
    const { run } = groups.at(-1) as { run?: string };
    return run === undefined ? text : mergeRun(run);
  });
}

function mergeRun(run: string): string {
  if (SINGLE.test(run)) return run;
  const modules = new Map<string, Imports>();
  for (const [, head = '', tree = ''] of run.matchAll(EACH_ITEM)) {
    for (const path of pathsOf(tree)) {
      const name = path.slice(path.lastIndexOf(':') + 1);
      const module = path.slice(0, path.length - name.length);
      const key = head + (module || path);
      const imports = modules.get(key) ?? { head, module, names: new Set() };
      modules.set(key, imports);
      imports.names.add(name);
    }
  }
  return sortBy([...modules.values()].map(itemOf), ({ key }) => key)
    .map(({ text }) => text)
    .join('');
}

/** Expands a tree from the inside out: `a::{b, c::{d, e}}` imports `a::b`, `a::c::d` and `a::c::e`. */
export function pathsOf(tree: string): readonly string[] {
  if (!tree.includes('{')) return elementsOf(tree);
  const expanded = tree.replace(/([^{},]*)\{([^{}]*)\}/, (_, prefix: string, list: string) =>
    elementsOf(list)
      .map((path) => prefix + path)
      .join(),
  );
  return expanded === tree ? elementsOf(tree) : pathsOf(expanded);
}

function elementsOf(list: string): readonly string[] {
  return list
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

/** The item as rustfmt prints it, and what it is sorted by. */
function itemOf({ head, module, names }: Imports): { readonly text: string; readonly key: string } {
  const sorted = sortBy([...names], sortKey);
  const isList = sorted.length > 1 || /^self\b/.test(sorted.join());
  const segments = [...module.split('::').slice(0, -1), ...(isList ? ['{'] : []), ...sorted];
  const start = `${head}use ${module}`;
  return {
    text: `${start}${isList ? braced(sorted, start) : sorted[0]};\n`,
    key: segments.map(sortKey).join('\0'),
  };
}

/** A list in braces after `start`: on one line if it fits, else with as many names on each line as fit. */
function braced(names: readonly string[], start: string): string {
  const list = names.join(', ');
  // rustfmt breaks a list two columns before it would have to.
  if (`${start.replace(/^.*\n/gm, '')}{${list}};`.length <= MAX_WIDTH - 2) return `{${list}}`;
  const outer = /^ */.exec(start)?.[0] ?? '';
  const inner = `${outer}    `;
  const width = MAX_WIDTH - 1 - inner.length;
  const lines = list.length <= width ? [`${list},`] : wrap(names, width);
  return `{\n${lines.map((line) => `${inner}${line}\n`).join('')}${outer}}`;
}

function wrap(names: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const longer = `${lines.at(-1)} ${name},`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(`${name},`);
  }
  return lines;
}

/** Segments that have a place of their own; the others, identifiers, are between `crate` and `*`. */
const RANKS = new Map([
  ['self', 0],
  ['super', 1],
  ['crate', 2],
  ['*', 4],
  ['{', 5],
]);

/** The keys of segments so far: a project has the same few hundred over and over. */
const sortKeys = new Map<string, string>();

/** A key that sorts by code unit as rustfmt sorts segments: underscores first, numbers by value, aliases ignored. */
function sortKey(segment: string): string {
  const key = sortKeys.get(segment) ?? newSortKey(segment);
  sortKeys.set(segment, key);
  return key;
}

function newSortKey(segment: string): string {
  const name = segment.replace(/^r#| as .*$/g, '');
  const version = name.replaceAll('_', ' ').replace(/\d+/g, (digits) => digits.padStart(20, '0'));
  return `${RANKS.get(name) ?? 3}${version}`;
}

function sortBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  return keyed.sort((a, b) => Number(a.key > b.key) - Number(a.key < b.key)).map(({ item }) => item);
}

import type { RenderContext } from '../model/templates.ts';
import { align } from './align.ts';
import { fold } from './fold.ts';
import { json, markdown, rust, toml, yaml, yamlScalar } from './literals.ts';

/** The helpers that templates may call; any other is refused when a pack is built. `this` is the context of the template. */
export const HELPERS = {
  json,
  toml,
  yaml,
  yamlScalar,
  rust,
  markdown,
  indent,
  bind,
  sorted,
  sortedItems,
  sortedByName,
  distinct,
  withoutFirst,
  reversed,
  lowercase,
  isOneOf,
  sum,
  barred,
  fold,
  aligned: align,
  quoted: json,
} as const;

/** The deepest indentation, far beyond what fits on a line. */
const DEEPEST = 200;

/** `text` with each line that is not blank indented by `width` spaces. Throws if that is not a number up to 200. */
function indent(width: number, text: string): string {
  if (!(width >= 0 && width <= DEEPEST)) throw new Error(`indent takes up to ${DEEPEST} spaces`);
  return text.replace(/^(?=.)/gm, ' '.repeat(width));
}

/** The bind parameter at a position (from 1), which is the sum of the numbers, in the chosen database's SQL. */
function bind(this: Pick<RenderContext, 'vars'>, ...numbers: readonly number[]): string {
  const style = this.vars['bind'];
  if (style === undefined) throw new Error('no chosen part has vars.bind, the style of bind parameters');
  return style === '$' ? `$${sum(...numbers)}` : style;
}

/** The lines of the texts sorted by code unit, each once: the order rustfmt gives `mod` lines, whatever their visibility. */
function sorted(texts: readonly string[]): readonly string[] {
  const name = (line: string): string => line.replace(/^pub(?:\(\w+\))? /, '');
  const lines = [...new Set(texts.flatMap((text) => text.split('\n')))];
  return lines.sort((a, b) => Number(name(a) > name(b)) - Number(name(a) < name(b)));
}

/** The items of the texts, which blank lines before lines that are not indented separate, sorted by code unit. */
function sortedItems(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(/\n\n(?=\S)/)).sort();
}

/**
 * The items of the texts, which blank lines separate, sorted by the name of the field of a struct that each ends with; a number
 * at the end of a name does not count.
 */
function sortedByName(texts: readonly string[]): readonly string[] {
  const name = (item: string): string => /(\w+?)(?:_\d+)?: .*$/.exec(item)?.[1] ?? '';
  const items = texts.flatMap((text) => text.split('\n\n')).map((item) => item.trim());
  return items.sort((a, b) => Number(name(a) > name(b)) - Number(name(a) < name(b)));
}

/** The texts in their order, each once. */
export function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function withoutFirst(items: readonly unknown[]): readonly unknown[] {
  return items.slice(1);
}

/** The texts from last to first: for frameworks where the layer that is added last is the outermost. */
function reversed(texts: readonly string[]): readonly string[] {
  return [...texts].reverse();
}

function lowercase(text: string): string {
  return text.toLowerCase();
}

/** Whether the text is one of a list, which has spaces between its items. */
function isOneOf(text: string, list: string): boolean {
  return list.split(' ').includes(text);
}

function sum(...numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The texts that are not empty, with bars between them. */
function barred(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(' | ');
}

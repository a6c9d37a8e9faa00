import type { RenderContext } from '../model/templates.ts';
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
  sortedWhole,
  distinct,
  withoutFirst,
  reversed,
  lowercase,
  isOneOf,
  fold,
} as const;

/** `text` with each line that is not blank indented by `width` spaces. */
function indent(width: number, text: string): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(width));
}

/** The bind parameter at a position (from 1), which is the sum of the numbers, in the chosen database's SQL. */
function bind(this: Pick<RenderContext, 'vars'>, ...numbers: readonly number[]): string {
  const style = this.vars['bind'];
  if (style === undefined) throw new Error('no chosen part has vars.bind, the style of bind parameters');
  return style === '$' ? `$${numbers.reduce((sum, number) => sum + number, 0)}` : style;
}

/** The lines of the texts sorted by code unit, each once: the order rustfmt gives `mod` lines. */
function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text.split('\n')))].sort();
}

/** The texts sorted by code unit, each as a whole. */
function sortedWhole(texts: readonly string[]): readonly string[] {
  return [...texts].sort();
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

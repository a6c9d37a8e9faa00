import type { Expression, Path, Template, TemplateNode } from '../model/templates.ts';
import { HELPERS } from './helpers.ts';

/** What the names in a part of a template refer to. */
interface Scope {
  /** The context, or the item of the loop. */
  readonly value: unknown;
  /** The place of the item in the loop; `null` outside loops. */
  readonly loop: { readonly index: number; readonly first: boolean; readonly last: boolean } | null;
  /** The scope around the loop. */
  readonly outer: Scope | null;
  readonly work: Work;
}

/** What templates may still do: a loop in a loop in a loop would take for ever, and fill the memory. */
export interface Work {
  steps: number;
  characters: number;
}

/** The most that the templates of a project may do: a hundred times what those of the largest one do. */
const MOST: Work = { steps: 10_000_000, characters: 50_000_000 };

/** All the work that the templates of one project may do. */
export function allWork(): Work {
  return { ...MOST };
}

/**
 * Renders a template: what Handlebars renders in strict mode without escaping. Throws on a name that its context lacks, in a
 * condition or loop too, if what is to be looped over is no list, or what is to be inserted is no text, and if there is more
 * `work` to do than is left.
 */
export function evaluate(template: Template, context: object, work: Work = allWork()): string {
  return textOf(template, { value: context, loop: null, outer: null, work });
}

function textOf(template: Template, scope: Scope): string {
  let text = '';
  for (const node of template) {
    const isText = typeof node === 'string';
    const added = isText ? node : textOfNode(node, scope);
    // A loop has counted its text already.
    spend(scope.work, isText || 'insert' in node ? added.length : 0);
    text += added;
  }
  return text;
}

function spend(work: Work, characters: number): void {
  work.steps -= 1;
  work.characters -= characters;
  if (work.steps < 0) throw new Error(`the templates take more than ${MOST.steps} steps`);
  if (work.characters < 0) throw new Error(`the templates render more than ${MOST.characters} characters`);
}

function textOfNode(node: Exclude<TemplateNode, string>, scope: Scope): string {
  if ('insert' in node) return inserted(node.insert, scope);
  if ('if' in node) return textOf(isTrue(valueFor(node.if, scope)) ? node.body : node.otherwise, scope);
  const items = valueFor(node.each, scope);
  if (!Array.isArray(items)) throw new Error(`${sourceOf(node.each)} is no list`);
  if (items.length === 0) return textOf(node.otherwise, scope);
  let text = '';
  for (const [index, value] of items.entries()) {
    const loop = { index, first: index === 0, last: index === items.length - 1 };
    text += textOf(node.body, { value, loop, outer: scope, work: scope.work });
  }
  return text;
}

function inserted(expression: Expression, scope: Scope): string {
  const value = valueFor(expression, scope);
  if (value === null) return '';
  if (typeof value === 'object') throw new Error(`${sourceOf(expression)} is no text`);
  return String(value);
}

/** In Handlebars an empty list is false. */
function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function valueFor(expression: Expression, scope: Scope): unknown {
  if ('path' in expression) return valueAt(expression, scope);
  if ('literal' in expression) return expression.literal;
  if ('block' in expression) return textOf(expression.block, scope);
  if ('loop' in expression) {
    if (scope.loop === null) throw new Error(`${sourceOf(expression)} is outside a loop`);
    return scope.loop[expression.loop];
  }
  return call(
    expression.helper,
    expression.args.map((argument) => valueFor(argument, scope)),
    scope,
  );
}

/** The value of a path; only an object's own keys count. */
function valueAt(expression: Path, scope: Scope): unknown {
  let value = scopeAt(expression.from, scope)?.value;
  for (const key of expression.path) {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    value = isThere ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  }
  if (value === undefined) throw new Error(`${sourceOf(expression)} is not defined`);
  return value;
}

function scopeAt(from: number | 'root', scope: Scope): Scope | null {
  let found: Scope | null = scope;
  if (from === 'root') while (found.outer !== null) found = found.outer;
  else for (let steps = from; steps > 0 && found !== null; steps--) found = found.outer;
  return found;
}

/** Calls a helper, whose `this` is the context. */
function call(name: string, args: unknown[], scope: Scope): unknown {
  const helper = (HELPERS as Readonly<Record<string, unknown>>)[name] as (...args: unknown[]) => unknown;
  return helper.apply(scopeAt('root', scope)?.value, args);
}

/** An expression as its template has it, approximately. */
function sourceOf(expression: Expression): string {
  if ('literal' in expression) return JSON.stringify(expression.literal);
  if ('loop' in expression) return `@${expression.loop}`;
  if ('block' in expression) return 'a block';
  if ('helper' in expression) return `(${[expression.helper, ...expression.args.map(sourceOf)].join(' ')})`;
  const start = expression.from === 'root' ? '@root.' : '../'.repeat(expression.from);
  return `${start}${expression.path.join('.')}` || 'this';
}

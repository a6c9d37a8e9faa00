import { parse } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import type { Expression, Template, TemplateNode, TemplateReads } from '../model/templates.ts';
import { placeholdersIn, type TypeTable } from '../model/type-table.ts';
import { HELPERS } from './helpers.ts';

/** The texts of a field for its kind, in templates and type tables. */
const TYPE = 'type';

/**
 * Parses a Handlebars template. Throws if it is malformed, calls an unknown helper, or has what `evaluate` does not render:
 * of the blocks there are `each`, `if`, `unless` and helpers without arguments, and no partials, block parameters or named arguments.
 */
export function parseTemplate(source: string): Template {
  return templateOf(parse(source));
}

function templateOf(program: hbs.AST.Program | undefined): Template {
  return program?.body.flatMap(nodesOf) ?? [];
}

function nodesOf(statement: hbs.AST.Statement): readonly TemplateNode[] {
  switch (statement.type) {
    case 'ContentStatement': {
      const { value } = statement as hbs.AST.ContentStatement;
      return value === '' ? [] : [value];
    }
    case 'CommentStatement':
      return [];
    case 'MustacheStatement':
      return [{ insert: expressionOf(statement as hbs.AST.MustacheStatement) }];
    case 'BlockStatement':
      return [blockOf(statement as hbs.AST.BlockStatement)];
    default:
      throw unsupported(statement, statement.type);
  }
}

function blockOf(block: hbs.AST.BlockStatement): TemplateNode {
  const { path, params, hash, program, inverse } = block;
  const name = (path as hbs.AST.PathExpression).original;
  const [param, ...others] = params;
  if (isHelper(name) && param === undefined && !hash && !inverse) {
    return { insert: { helper: name, args: [{ block: templateOf(program) }] } };
  }
  if (param === undefined || others.length > 0 || hash)
    throw unsupported(block, `#${name} without exactly one argument`);
  if (program?.blockParams || inverse?.blockParams) throw unsupported(block, 'a block parameter');
  const [value, body, otherwise] = [argumentOf(param), templateOf(program), templateOf(inverse)];
  switch (name) {
    case 'each':
      return { each: value, body, otherwise };
    case 'if':
      return { if: value, body, otherwise };
    case 'unless':
      return { if: value, body: otherwise, otherwise: body };
    default:
      throw unsupported(block, `#${name}`);
  }
}

/** What is inserted, or an argument in parentheses: a name, or a helper with its arguments. */
function expressionOf(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression): Expression {
  const { path, params, hash } = call;
  const name = (path as hbs.AST.PathExpression).original;
  if (params.length > 0 && !isHelper(name)) throw unsupported(call, `the helper ${name}`);
  if (hash) throw unsupported(call, 'a named argument');
  return isHelper(name) ? { helper: name, args: params.map(argumentOf) } : argumentOf(path);
}

function isHelper(name: string): boolean {
  return Object.hasOwn(HELPERS, name);
}

function argumentOf(node: hbs.AST.Expression): Expression {
  switch (node.type) {
    case 'SubExpression':
      return expressionOf(node as hbs.AST.SubExpression);
    case 'PathExpression':
      return pathOf(node as hbs.AST.PathExpression);
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return { literal: (node as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value };
    default:
      throw unsupported(node, node.type);
  }
}

function pathOf(node: hbs.AST.PathExpression): Expression {
  const { data, depth, parts, original } = node;
  if (!data) return { path: parts, from: depth };
  const [name, ...rest] = parts;
  if (depth === 0 && name === 'root') return { path: rest, from: 'root' };
  if (depth === 0 && rest.length === 0 && (name === 'index' || name === 'first' || name === 'last'))
    return { loop: name };
  throw unsupported(node, original);
}

function unsupported({ loc }: hbs.AST.Node, what: string): Error {
  return new Error(`line ${loc.start.line}: ${what} is not supported`);
}

/** The names that a template reads, under whatever condition. */
export function templateReads(template: Template): TemplateReads {
  const paths = template.flatMap(pathsIn);
  const namesIn = (object: string): readonly string[] => {
    const names = paths.flatMap((path) => (path.includes(object) ? (path[path.indexOf(object) + 1] ?? []) : []));
    return [...new Set(names)];
  };
  return {
    ...{ slots: namesIn('slots'), resourceSlots: namesIn('resourceSlots') },
    ...{ vars: namesIn('vars'), types: namesIn(TYPE) },
  };
}

/** What the texts of a type table read of other texts. */
export function readsOfTable(table: TypeTable): TemplateReads {
  const texts = Object.values(table).flatMap((keys) => Object.values(keys));
  const paths = texts.flatMap(placeholdersIn).map((path) => path.split('.'));
  const types = paths.flatMap(([object, name]) => (object === TYPE ? (name ?? []) : []));
  return { slots: [], resourceSlots: [], vars: [], types };
}

function pathsIn(node: TemplateNode): readonly (readonly string[])[] {
  if (typeof node === 'string') return [];
  if ('insert' in node) return pathsOf(node.insert);
  return [...pathsOf('if' in node ? node.if : node.each), ...[...node.body, ...node.otherwise].flatMap(pathsIn)];
}

function pathsOf(expression: Expression): readonly (readonly string[])[] {
  if ('path' in expression) return [expression.path];
  if ('block' in expression) return expression.block.flatMap(pathsIn);
  // The helper reads the style of bind parameters.
  if ('helper' in expression)
    return [...(expression.helper === 'bind' ? [['vars', 'bind']] : []), ...expression.args.flatMap(pathsOf)];
  return [];
}

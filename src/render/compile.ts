import Handlebars from 'handlebars';
import type { Template, TemplateReads } from '../model/templates.ts';
import { HELPERS } from './helpers.ts';

const OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(Object.keys(HELPERS).map((name) => [name, true])),
};

const compiler = Handlebars.create();
for (const [name, helper] of Object.entries(HELPERS)) compiler.registerHelper(name, helper);

/** Compiles a template to JavaScript for `compiled`. Throws if it is malformed or calls an unknown helper. */
export function precompile(source: string): string {
  return String(Handlebars.precompile(source, OPTIONS));
}

/** Compiles a template to a function, which throws on a name that its context lacks, and if it is malformed. */
export function compile(source: string): Template {
  return compiler.compile(source, OPTIONS);
}

/**
 * The names of slots and vars that a template reads, under whatever condition. Throws if it is malformed, or reads what every
 * object inherits, which Handlebars renders as nothing.
 */
export function templateReads(source: string): TemplateReads {
  const reads = { slots: new Set<string>(), vars: new Set<string>() };
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = ({ parts, original }) => {
    const inherited = parts.find((part) => part in Object.prototype);
    if (inherited !== undefined) throw new Error(`"${inherited}" not defined in ${original}`);
    for (const kind of ['slots', 'vars'] as const) {
      const name = parts[parts.indexOf(kind) + 1];
      if (parts.includes(kind) && name !== undefined) reads[kind].add(name);
    }
    // The helper reads the style of bind parameters.
    if (original === 'bind') reads.vars.add('bind');
  };
  visitor.accept(Handlebars.parse(source));
  return { slots: [...reads.slots], vars: [...reads.vars] };
}

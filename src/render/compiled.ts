import type Handlebars from 'handlebars';
import handlebarsRuntime from 'handlebars/runtime.js';
import { HELPERS } from './helpers.ts';

// The runtime's own type declaration says nothing; it is Handlebars without the compiler.
const runtime = (handlebarsRuntime as unknown as typeof Handlebars).create();
for (const [name, helper] of Object.entries(HELPERS)) runtime.registerHelper(name, helper);

/** A template that was precompiled when the pack was built, with this project's helpers. */
export function compiled(specification: TemplateSpecification): (context: unknown) => string {
  return runtime.template(specification);
}

import type Handlebars from 'handlebars';
import handlebarsRuntime from 'handlebars/runtime.js';
import { HELPERS } from './helpers.ts';

// The runtime is Handlebars without the compiler, and has no types of its own.
const runtime = (handlebarsRuntime as unknown as typeof Handlebars).create();
for (const [name, helper] of Object.entries(HELPERS)) runtime.registerHelper(name, helper);

/** Turns a template that was precompiled with the pack into a function, with the helpers below. */
export function compiled(specification: TemplateSpecification): (context: unknown) => string {
  return runtime.template(specification);
}

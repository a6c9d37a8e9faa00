/// <reference types="handlebars" />

/** The parser of Handlebars without its compiler and runtime. The package has types for the whole only. */
declare module 'handlebars/dist/cjs/handlebars/compiler/base.js' {
  export function parse(source: string): hbs.AST.Program;
}

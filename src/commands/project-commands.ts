/** The commands that change or check a project: they share most of what they need, so they are one file of the bundle. */
export { abort } from './abort.ts';
export { add } from './add.ts';
export { check } from './check.ts';
export { continueChange } from './continue.ts';
export { diff } from './diff.ts';
export { generate } from './generate.ts';
export { remove } from './remove.ts';
export { set } from './set.ts';
export { update } from './update.ts';

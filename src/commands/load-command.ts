/**
 * One file of the bundle has every command but help and the one that creates projects, and what only some calls of that one need: they
 * share most of what they need, and each runs only the modules that it uses.
 */

import type { CommandName } from './command-names.ts';
import type { Command } from './context.ts';

const LOAD: Readonly<Record<CommandName, () => Promise<Command>>> = {
  add: async () => (await import('./add.ts')).add,
  remove: async () => (await import('./remove.ts')).remove,
  set: async () => (await import('./set.ts')).set,
  generate: async () => (await import('./generate.ts')).generate,
  update: async () => (await import('./update.ts')).update,
  diff: async () => (await import('./diff.ts')).diff,
  check: async () => (await import('./check.ts')).check,
  continue: async () => (await import('./continue.ts')).continueChange,
  abort: async () => (await import('./abort.ts')).abort,
  adopt: async () => (await import('./adopt.ts')).adopt,
  list: async () => (await import('./list.ts')).list,
  doctor: async () => (await import('./doctor.ts')).doctor,
  preset: async () => (await import('./preset.ts')).preset,
  pack: async () => (await import('./pack.ts')).pack,
  fleet: async () => (await import('./fleet.ts')).fleet,
  completion: async () => (await import('./completion.ts')).completion,
};

/** Loads a command by its name. */
export function loadCommand(name: CommandName): Promise<Command> {
  return LOAD[name]();
}

/** Loads what opens teams' packs. */
export function loadPacks(): Promise<typeof import('./packs/open-packs.ts')> {
  return import('./packs/open-packs.ts');
}

/** Loads what reads presets. */
export function loadPresets(): Promise<typeof import('./create/load-preset.ts')> {
  return import('./create/load-preset.ts');
}

/** Loads what finds policies. */
export function loadPolicyFinder(): Promise<typeof import('./policy/find-policy.ts')> {
  return import('./policy/find-policy.ts');
}

/** Loads what puts policies into force. */
export function loadEnforcement(): Promise<typeof import('./policy/enforce.ts')> {
  return import('./policy/enforce.ts');
}

import type pack from '../../templates/pack.json';
import type { AxisManifest } from './manifest.ts';

/** The axes that the built-in pack declares. Another pack may have others: nothing in `src/` depends on their keys. */
type Declared = (typeof pack)['axes'];

type Choice<Axis> = Axis extends { readonly multiple: boolean }
  ? readonly string[]
  : Axis extends { readonly dependsOn: string }
    ? string | null
    : string;

/** Key of an axis: in answers, in `list --json` and, in kebab-case, as a flag. */
export type AxisId = keyof Declared;

/** What is chosen on each axis: an id, `null` if the axis does not apply, or ids in catalog order. */
export type Choices = { readonly [Id in AxisId]: Choice<Declared[Id]> };

/** The choices on the axes with a single one. */
export type Combination = {
  readonly [Id in AxisId as Declared[Id] extends { readonly multiple: boolean } ? never : Id]: Choices[Id];
};

/** A dimension of choice, as a pack declares it. */
export interface Axis extends AxisManifest {
  readonly id: AxisId;
}

/** The flag of an option: `dbLayer` → `--db-layer`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

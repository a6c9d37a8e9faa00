import type { PlannedCrate } from '../model/plan.ts';
import { toml } from './literals.ts';

/** One line of a dependencies table of Cargo.toml. */
export function dependencyLine(crate: PlannedCrate): string {
  const settings = [`version = ${toml(crate.version)}`];
  if (!crate.defaultFeatures) settings.push('default-features = false');
  if (crate.features.length > 0) settings.push(`features = [${crate.features.map(toml).join(', ')}]`);
  const value = settings.length === 1 ? toml(crate.version) : `{ ${settings.join(', ')} }`;
  return `${crate.name} = ${value}`;
}

// The programs that `bench:service` and `bench:profile` compare.
import { buildBare, buildOurs, FRAMEWORKS } from '../lib/rust-services.mjs';

/** Raw hyper; of each framework the service on it alone, and as generated, without and with the default middleware. */
export const PROGRAMS = [
  { id: 'bare-hyper', label: 'raw hyper', framework: 'hyper', middleware: null },
  ...FRAMEWORKS.flatMap((framework) => [
    { id: `bare-${framework}`, label: `${framework}: bare`, framework, middleware: null },
    { id: `ours-${framework}-none`, label: `${framework}: ours, no middleware`, framework, middleware: 'none' },
    { id: `ours-${framework}-default`, label: `${framework}: ours, default`, framework, middleware: 'default' },
  ]),
];

/** Builds a program and returns the path of the binary. */
export function buildProgram({ id, framework, middleware }) {
  if (middleware === null) return buildBare([id], 'sqlite')[id];
  return buildOurs({ framework, database: 'sqlite', middleware });
}

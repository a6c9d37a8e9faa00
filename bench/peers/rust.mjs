import {
  buildBare,
  buildOurs,
  commandOf,
  digestOfService,
  FRAMEWORK_NAMES,
  FRAMEWORKS,
} from '../lib/rust-services.mjs';
import { outputOf, sizeOf } from './build-once.mjs';

const NAMES = { hyper: 'hyper', ...FRAMEWORK_NAMES };

/** The frameworks alone, as in their own guides. */
export const bareServices = Object.keys(NAMES).map((id) => ({
  id: `bare-${id}`,
  label: `Rust, ${NAMES[id]}`,
  isBare: true,
  build: () => built(`bare-${id}`, buildBare([`bare-${id}`], 'postgres')[`bare-${id}`]),
}));

/** What create-api generates with SQLx: as it is by default, and on Axum also without middleware. */
export const ourServices = [
  ...FRAMEWORKS.map((framework) => ours(framework, 'default', `create-api, ${NAMES[framework]}`)),
  ours('axum', 'none', 'create-api, Axum, no middleware'),
];

function ours(framework, middleware, label) {
  const id = `ours-${framework}${middleware === 'none' ? '-none' : ''}`;
  return { id, label, build: () => built(id, buildOurs({ framework, database: 'postgres', middleware })) };
}

function built(name, binary) {
  const { env: ownEnv, ...program } = commandOf(name, binary);
  return {
    digest: digestOfService(name, binary),
    versions: { rustc: outputOf('rustc', ['--version']) },
    program,
    env: (url, connections) => ({
      ...ownEnv,
      DATABASE_URL: url,
      DATABASE_MAX_CONNECTIONS: String(connections),
    }),
    size: { service: sizeOf([binary]), runtime: 0 },
  };
}

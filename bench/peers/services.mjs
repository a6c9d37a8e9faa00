// Everything that is compared, in the order of the tables.
import { fastapi } from './fastapi.mjs';
import { fastify } from './fastify.mjs';
import { goServices } from './go.mjs';
import { bareServices, ourServices } from './rust.mjs';
import { springBoot } from './spring-boot.mjs';

/**
 * A service has an `id` and a `label`, and `build()`, which returns how to run it: `program` for `startProgram`,
 * `env(url, connections)` for a database, the `digest` of what it was built from, the `versions` of its tools, and the
 * bytes of what is deployed, `size`; `warmUpSeconds` if it takes more than one to reach its speed. One that `isBare`
 * need not say which field of a body is wrong.
 */
export const SERVICES = [...ourServices, ...bareServices, ...goServices, fastify, fastapi, springBoot];

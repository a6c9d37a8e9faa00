import { afterAll, beforeAll, describe, test } from 'vitest';
import { applicable, openSession, type Session, type Topic } from './row.ts';
import { resourcesOf, type Target } from './target.ts';
import { accounts } from './topics/accounts.ts';
import { bodies } from './topics/bodies.ts';
import { bodyLimit } from './topics/body-limit.ts';
import { commandLine } from './topics/command-line.ts';
import { compression } from './topics/compression.ts';
import { concurrency } from './topics/concurrency.ts';
import { configuration } from './topics/configuration.ts';
import { connections } from './topics/connections.ts';
import { cors } from './topics/cors.ts';
import { creating } from './topics/creating.ts';
import { abandonedQueries, database } from './topics/database.ts';
import { deleting } from './topics/deleting.ts';
import { head } from './topics/head.ts';
import { health } from './topics/health.ts';
import { ids } from './topics/ids.ts';
import { listing } from './topics/listing.ts';
import { logging } from './topics/logging.ts';
import { mediaTypes } from './topics/media-types.ts';
import { metrics } from './topics/metrics.ts';
import { migrations } from './topics/migrations.ts';
import { openapi } from './topics/openapi.ts';
import { opentelemetry } from './topics/opentelemetry.ts';
import { outage } from './topics/outage.ts';
import { pagination } from './topics/pagination.ts';
import { rateLimit } from './topics/rate-limit.ts';
import { rawRequests } from './topics/raw-requests.ts';
import { redisCache, redisNetwork, redisOutage } from './topics/redis.ts';
import { redisSessions } from './topics/redis-sessions.ts';
import { requestId } from './topics/request-id.ts';
import { resource } from './topics/resources.ts';
import { routing } from './topics/routing.ts';
import { securityHeaders } from './topics/security-headers.ts';
import { sessions } from './topics/sessions.ts';
import { shutdown } from './topics/shutdown.ts';
import { timeout } from './topics/timeout.ts';
import { tokens } from './topics/tokens.ts';
import { updating } from './topics/updating.ts';
import { validation } from './topics/validation.ts';

/** What every service promises, in the order of the contract: routes, errors, what every response carries, configuration, life. */
const contract: readonly Topic[] = [
  ...[health, creating, listing, pagination, updating, deleting, concurrency],
  ...[accounts, tokens, sessions],
  ...[validation, bodies, mediaTypes, ids, routing, rawRequests, head, bodyLimit, timeout],
  ...[requestId, cors, securityHeaders, compression, rateLimit],
  ...[redisCache, redisSessions, redisNetwork, openapi],
  ...[configuration, commandLine, logging, metrics, opentelemetry],
  ...[database, abandonedQueries, migrations, connections, shutdown, outage, redisOutage],
];

/** The whole contract of a service, with what each of its resources promises by its description. */
export function contractOf({ features }: Target): readonly Topic[] {
  const all = resourcesOf(features);
  return [...contract, ...all.map((each) => resource(each, all))];
}

/** Only a row that hangs reaches this: the slowest take seconds, and a busy machine is many times slower. */
const ROW_TIMEOUT_MS = 180_000;

/** Registers the contract as vitest tests of this service: the rows of the features that it has. */
export function defineConformance(target: Target): void {
  describe(`${target.name} keeps the contract`, () => {
    let session: Session;
    beforeAll(async () => {
      session = await openSession(target);
    }, ROW_TIMEOUT_MS);
    afterAll(async () => session?.end());

    for (const { title, rows } of applicable(contractOf(target), target)) {
      describe(title, () => {
        for (const row of rows) test(row.title, () => session.hold(row), ROW_TIMEOUT_MS);
      });
    }
  });
}

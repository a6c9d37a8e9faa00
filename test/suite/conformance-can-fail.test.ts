import { describe, expect, test } from 'vitest';
import type { AccountFault, CacheFault, Fault, RedisFault, ResourceFault } from '../conformance/model/faults.ts';
import { modelTarget, modelTargetWithRedis } from '../conformance/model/launcher.ts';
import { applicable, openSession, type Session } from '../conformance/row.ts';
import { inMemory, withRedis } from '../conformance/storage.ts';
import { contractOf } from '../conformance/suite.ts';
import { resourcesOf, type Target } from '../conformance/target.ts';
import { titleOf } from '../conformance/topics/resources.ts';
import { describeWith } from '../harness/describe-with.ts';
import { redis } from '../harness/redis.ts';

/** Each way to break the contract, and a topic and a row in it that must notice. */
const FAULTS: Readonly<Record<Fault, readonly [topic: string, row: RegExp]>> = {
  'accepts-any-origin': ['CORS', /^https:\/\/evil\.example is served without/],
  'accepts-any-port': ['configuration', /^PORT=abc/],
  'accepts-page-zero': ['pages', /^\?page=0 is 400/],
  'answers-200-to-post': ['creating users', /^returns 201/],
  'answers-any-options': ['raw requests', /^methods/],
  'appends-to-204': ['DELETE /api/v1/users/{id}', /^returns 204 with nothing/],
  'appends-to-head': ['HEAD', /^\/health and \/ready/],
  'believes-first-hop': ['rate limit (429)', /^behind two proxies/],
  'checks-uniqueness-then-waits': ['parallel requests', /same email exactly one is 201/],
  'closes-on-large-body': ['bodies over the limit (413)', /^10 MB are 413/],
  'comes-back-late': ['rate limit (429)', /^a client that waits/],
  'compares-case': ['creating users', /^returns 409 .* in any case/],
  'compresses-unasked': ['compression', /^gzip;q=0 accepted/],
  'conflicts-without-field': ['creating users', /^returns 409 .* names the field/],
  'counts-all-together': ['rate limit (429)', /^behind two proxies/],
  'counts-bytes': ['creating users', /100 four-byte characters/],
  'cuts-off-in-flight': ['shutdown', /^SIGTERM: .* no request in flight is lost/],
  'closes-idle-connections': ['connections', /^a client that stalls/],
  'demands-the-row-of-after': ['GET /api/v1/users', /^after=<id> starts where the id would be/],
  'deletes-twice': ['DELETE /api/v1/users/{id}', /a second DELETE/],
  'describes-less': ['GET /openapi.json, GET /docs', /every operation of the contract/],
  'describes-more': ['GET /openapi.json, GET /docs', /every operation of the contract/],
  'describes-no-limits': ['GET /openapi.json, GET /docs', /the limits of the contract/],
  'describes-other-names': ['GET /openapi.json, GET /docs', /^the patterns of names and passwords/],
  'describes-text-only': ['GET /openapi.json, GET /docs', /every operation of the contract/],
  'crowds-out': ['connections', /^over MAX_CONNECTIONS/],
  'drains-at-once': ['shutdown', /^for SHUTDOWN_DELAY_SECONDS/],
  'drops-allow': ['unknown routes (404), wrong methods (405)', /^\/health has GET/],
  'exits-with-1': ['shutdown', /^connections without a request/],
  'forgets-timeout': ['requests that take too long (503)', /never ends is 503/],
  'forgets-to-trim': ['creating users', /space around it, trimmed/],
  'forgets-who-leaves': ['metrics', /^a request is in flight from its start to its end/],
  'hides-arguments': ['command line', /^unknown arguments are named/],
  'hides-unmatched-paths': ['logs', /^a path without a route is logged/],
  'holds-bodies': ['connections', /^a client that stalls/],
  'holds-heads': ['connections', /^a client that stalls/],
  'holds-responses': ['connections', /^a client that stalls/],
  'ignores-the-page-after': ['GET /api/v1/users', /^after=<id> is what pages are counted from/],
  'ignores-unknown-fields': ['validation (422)', /^valid, but with unknown fields/],
  'is-always-healthy': ['command line', /^health exits with 1/],
  'keeps-any-request-id': ['request ids', /^an id with markup is replaced/],
  'labels-with-paths': ['metrics', /^a thousand unknown paths/],
  'lets-paths-forge-lines': ['logs', /^a path cannot forge a line/],
  'limits-probes': ['rate limit (429)', /^probes/],
  'lists-oldest-first': ['GET /api/v1/users', /newest first, as POST returned them/],
  'loads-from-elsewhere': ['GET /openapi.json, GET /docs', /^\/docs loads nothing from another host/],
  'logs-numbers-as-text': ['logs', /^LOG_FORMAT=json: one object per request/],
  'logs-probes': ['logs', /^probes are logged/],
  'logs-twice': ['logs', /^LOG_FORMAT=json: one object per request/],
  'makes-random-ids': ['creating users', /^returns 201/],
  'names-every-field': ['validation (422)', /^at most 20 wrong fields/],
  'names-first-error-only': ['validation (422)', /^every invalid field is named at once/],
  'names-first-variable-only': ['configuration', /^every wrong variable/],
  'never-gives-up': ['shutdown', /^SHUTDOWN_TIMEOUT_SECONDS limits/],
  'omits-location': ['creating users', /^returns 201 .* Location/],
  'plain-errors': ['path ids (400, 404)', /^a word is 400/],
  'repeats-the-row-of-after': ['GET /api/v1/users', /^after=<id> lists what follows/],
  'replaces-on-patch': ['PATCH /api/v1/users/{id}', /^changes the given fields and keeps the rest/],
  'runs-out-of-files': ['connections', /^370 half-open/],
  'secures-only-success': ['security headers', /^are on successful responses and on errors/],
  'shows-internals': ['malformed bodies (400)', /^one brace/],
  'shows-metrics-to-all': ['metrics', /^the public listener/],
  'stays-ready': ['shutdown', /^for SHUTDOWN_DELAY_SECONDS/],
  'stores-then-refuses': ['raw requests', /^content codings/],
  'takes-any-coding': ['raw requests', /^content codings/],
  'takes-any-host': ['raw requests', /^header fields/],
  'takes-invisible-text': ['validation (422)', /^a name of Hangul fillers/],
  'tells-normal-forms-apart': ['creating users', /^returns 409 .* in full-width letters/],
  'takes-any-type': ['media types (415)', /^text\/plain is 415/],
  'totals-the-page': ['GET /api/v1/users', /^total counts every user/],
  'totals-what-follows': ['GET /api/v1/users', /^after=<id> lists what follows/],
  'turns-newcomers-away': ['connections', /^over MAX_CONNECTIONS/],
};

/** The same for a service with accounts, with its authentication. */
const ACCOUNT_FAULTS: Readonly<Record<AccountFault, readonly [auth: string, topic: string, row: RegExp]>> = {
  'believes-any-page': ['session', 'sessions', /^a request from another site may not/],
  'counts-clients-apart-only': ['jwt', 'accounts', /^after a hundred wrong passwords/],
  'challenges-nobody': ['jwt', 'accounts', /^every request about users is 401/],
  'checks-queries-first': ['session', 'accounts', /^credentials are checked before the query/],
  'compares-case-of-bearer': ['jwt', 'access tokens', /^the scheme is case-insensitive/],
  'forgets-audience': ['jwt', 'access tokens', /^a token for another audience/],
  'forgets-expiry': ['jwt', 'access tokens', /^a token that has expired/],
  'forgets-idle-sessions': ['session', 'sessions', /^SESSION_IDLE_SECONDS/],
  'forgets-signatures': ['jwt', 'access tokens', /^a token with another key/],
  'forgets-to-sign-out': ['session', 'sessions', /^logout ends this session/],
  'hashes-what-was-typed': ['jwt', 'accounts', /^a password matches composed/],
  'hurries-with-unknown': ['jwt', 'accounts', /^an unknown email is rejected no faster/],
  'ignores-critical-headers': ['jwt', 'access tokens', /^a token that marks an extension as critical/],
  'keeps-planted-tokens': ['session', 'sessions', /^a login returns a new token/],
  'lets-anybody-change': ['session', 'accounts', /^changing or deleting another user/],
  'lets-anybody-guess': ['session', 'accounts', /^after ten wrong passwords/],
  'limits-known-accounts-only': ['jwt', 'accounts', /^after ten wrong passwords/],
  'lets-anybody-read': ['jwt', 'accounts', /^every request about users is 401/],
  'sends-cookies-in-clear': ['session', 'sessions', /^SESSION_COOKIE_SECURE=false stops/],
  'shows-cookies-to-scripts': ['session', 'sessions', /^a login returns 204 with a cookie/],
  'shows-emails': ['jwt', 'accounts', /^the email address of a user is in responses to that user only/],
  'shows-hashes': ['jwt', 'accounts', /^no response contains the password/],
  'takes-published-keys': ['jwt', 'access tokens', /^weak, duplicate or missing keys/],
  'takes-short-passwords': ['session', 'accounts', /^a password of 11 characters/],
  'takes-unsigned-tokens': ['jwt', 'access tokens', /^a token of the algorithm none/],
  'takes-weak-keys': ['jwt', 'access tokens', /^weak, duplicate or missing keys/],
  'tells-emails-apart': ['session', 'accounts', /^a wrong password and an unknown email/],
};

/**
 * Faults and the rows about resources that must notice, of every resource and field that has such a row, with the
 * authentication of the service. Together they are all rows about resources.
 */
const RESOURCE_ROWS: readonly (readonly [Fault | ResourceFault | AccountFault, auth: string, rows: RegExp])[] = [
  ['accepts-page-zero', 'none', /> a page that does not exist is 400/],
  ['checks-uniqueness-then-waits', 'none', /: of many requests with the same value/],
  ['counts-bytes', 'none', /> (name|currency|title|description|body): every valid value/],
  ['counts-nulls-as-equal', 'none', /: several rows may have none/],
  ['cuts-microseconds', 'none', /> moment: every valid value/],
  ['deletes-what-others-need', 'none', /cannot be deleted/],
  ['demands-optional-fields', 'none', /> what is optional may be absent/],
  ['drops-the-first-value', 'none', /> a row has the values of its body/],
  ['excuses-required-fields', 'none', /> what is required may not be absent/],
  ['forgets-references', 'none', /: a row that does not exist is 422/],
  ['forgets-to-delete', 'none', /> a deleted row is gone/],
  ['forgets-uniqueness', 'none', /: a value that is taken is 409/],
  ['ignores-null', 'none', /: null (clears it|is 422)/],
  ['ignores-unknown-fields', 'none', /> unknown fields/],
  ['keeps-orphans', 'none', /is deleted with them/],
  ['keeps-the-old-values', 'none', /: every valid value/],
  ['lets-anybody-change', 'jwt', /is the caller, who alone changes/],
  ['lets-anybody-read', 'session', /> is for callers who are signed in/],
  ['lists-oldest-first', 'none', /> the list has the newest row first/],
  ['names-first-error-only', 'none', /> all values beyond their limits/],
  ['plain-errors', 'none', /> an unknown row is 404/],
  ['repeats-the-row-of-after', 'none', /> the list continues after a row/],
  ['replaces-on-patch', 'none', /> an empty change/],
  ['rounds-numbers', 'none', /> (amount_cents|big|price): every valid value/],
  ['takes-any-value', 'none', /: an invalid value is 422/],
  ['totals-the-page', 'none', /> the list has the newest row first/],
];

/** The same for a service with sessions and Redis. */
const REDIS_FAULTS: Readonly<Record<RedisFault, readonly [topic: string, row: RegExp]>> = {
  'fails-with-the-touch': ['Redis goes down and comes back', /^it rejects writes/],
  'keeps-sessions-at-home': ['sessions stored in Redis', /^are stored nowhere else/],
  'keeps-sessions-for-ever': ['sessions stored in Redis', /^expire after SESSION_IDLE_SECONDS/],
  'keeps-tokens-in-clear': ['sessions stored in Redis', /^no key or value contains a token/],
  'signs-out-without-redis': ['Redis goes down and comes back', /^it refuses connections/],
};

/** The same for a service without sessions that has Redis as a cache. */
const CACHE_FAULTS: Readonly<Record<CacheFault, readonly [topic: string, row: RegExp]>> = {
  'needs-the-cache': ['Redis goes down and comes back', /^it refuses connections/],
  'writes-to-check-redis': ['Redis goes down and comes back', /^while it rejects writes/],
};

/** Runs the rows of this target whose topic and title match; returns the titles of those that fail. */
async function failuresOf(target: Target, matches: (topic: string, row: string) => boolean): Promise<string[]> {
  const session = await openSession(target);
  try {
    return await failing(session, target, matches);
  } finally {
    await session.end();
  }
}

async function failing(session: Session, target: Target, matches: (topic: string, row: string) => boolean) {
  const failures: string[] = [];
  for (const { title, rows } of applicable(contractOf(target), target)) {
    for (const row of rows.filter((candidate) => matches(title, candidate.title))) {
      await session.hold(row).catch((error: Error) => failures.push(`${title} > ${row.title}: ${error.message}`));
    }
  }
  return failures;
}

/** The titles of the topics about resources. */
function topicsOf({ features }: Target): readonly string[] {
  return resourcesOf(features).map(titleOf);
}

/** The titles of the rows about resources, with their topics. */
function rowsOf(target: Target): readonly string[] {
  const topics = applicable(contractOf(target), target).filter(({ title }) => topicsOf(target).includes(title));
  return topics.flatMap(({ title, rows }) => rows.map((row) => `${title} > ${row.title}`));
}

// Each test starts its own services and mostly waits for them.
describe.concurrent('the conformance suite', () => {
  test('finds nothing wrong with a service that keeps the contract', { timeout: 480_000 }, async () => {
    expect(await failuresOf(modelTarget(), () => true)).toEqual([]);
  });

  test.for(Object.keys(FAULTS) as Fault[])('notices a service that %s', { timeout: 60_000 }, async (fault) => {
    const [topic, row] = FAULTS[fault];
    const isMeant = (itsTopic: string, itsRow: string) => itsTopic === topic && row.test(itsRow);
    expect(await failuresOf(modelTarget(fault), isMeant)).not.toEqual([]);
  });

  test('takes the operations of packs that are declared, and demands them', { timeout: 120_000 }, async () => {
    const failures = (target: Target) =>
      failuresOf({ ...target, features: { ...target.features, operations: ['GET /about'] } }, (_, row) =>
        /every operation of the contract/.test(row),
      );
    expect(await failures(modelTarget('describes-more'))).toEqual([]);
    expect(await failures(modelTarget())).toEqual([expect.stringContaining('GET /about')]);
  });

  test.for(['jwt', 'session'])('finds nothing wrong with %s either', { timeout: 480_000 }, async (auth) => {
    expect(await failuresOf(modelTarget(undefined, auth), () => true)).toEqual([]);
  });

  test.for(Object.keys(ACCOUNT_FAULTS) as AccountFault[])(
    'notices a service with accounts that %s',
    { timeout: 60_000 },
    async (fault) => {
      const [auth, topic, row] = ACCOUNT_FAULTS[fault];
      const isMeant = (itsTopic: string, itsRow: string) => itsTopic === topic && row.test(itsRow);
      expect(await failuresOf(modelTarget(fault, auth), isMeant)).not.toEqual([]);
    },
  );

  test.for(RESOURCE_ROWS)(
    'notices about every resource that a service %s (%s)',
    { timeout: 300_000 },
    async (entry) => {
      const [fault, auth, pattern] = entry;
      const target = modelTarget(fault, auth);
      const isMeant = (topic: string, row: string) => topicsOf(target).includes(topic) && pattern.test(`> ${row}`);
      const expected = rowsOf(target).filter((title) => pattern.test(title));
      const failures = await failuresOf(target, isMeant);
      expect(expected).not.toEqual([]);
      expect(failures.map((failure) => expected.find((title) => failure.startsWith(`${title}: `)))).toEqual(expected);
    },
  );

  test('has no row about resources that nothing makes fail', () => {
    const all = ['none', 'jwt'].flatMap((auth) => rowsOf(modelTarget(undefined, auth)));
    expect(all.filter((title) => !RESOURCE_ROWS.some(([, , pattern]) => pattern.test(title)))).toEqual([]);
  });

  test('reports the last output of the service, and how it ended', { timeout: 60_000 }, async () => {
    const target = modelTarget();
    const session = await openSession(target);
    await session.end();
    const failures = await failing(
      session,
      target,
      (_, row) => row === '/health reports ok and the version of the crate',
    );
    expect(failures).toEqual([expect.stringMatching(/The service has ended with code 0; .*listening on/s)]);
  });
});

describeWith(redis, 'the conformance suite, with Redis', (server) => {
  const target = (fault?: RedisFault) => modelTargetWithRedis(withRedis(inMemory, server), fault);

  test('finds nothing wrong with sessions there', { timeout: 480_000 }, async () => {
    const topics = ['sessions', 'sessions stored in Redis', 'Redis goes down and comes back'];
    expect(await failuresOf(target(), (topic) => topics.includes(topic))).toEqual([]);
  });

  test.for(Object.keys(REDIS_FAULTS) as RedisFault[])(
    'notices a service that %s',
    { timeout: 60_000 },
    async (fault) => {
      const [topic, row] = REDIS_FAULTS[fault];
      const isMeant = (itsTopic: string, itsRow: string) => itsTopic === topic && row.test(itsRow);
      expect(await failuresOf(target(fault), isMeant)).not.toEqual([]);
    },
  );

  const cacheTarget = (fault?: CacheFault) => modelTargetWithRedis(withRedis(inMemory, server), fault, 'jwt');

  test('finds nothing wrong with a service that can work without Redis', { timeout: 480_000 }, async () => {
    const topics = ['Redis goes down and comes back'];
    expect(await failuresOf(cacheTarget(), (topic) => topics.includes(topic))).toEqual([]);
  });

  test.for(Object.keys(CACHE_FAULTS) as CacheFault[])(
    'notices a service with a cache that %s',
    { timeout: 60_000 },
    async (fault) => {
      const [topic, row] = CACHE_FAULTS[fault];
      const isMeant = (itsTopic: string, itsRow: string) => itsTopic === topic && row.test(itsRow);
      expect(await failuresOf(cacheTarget(fault), isMeant)).not.toEqual([]);
    },
  );
});

import type { Outage } from '../harness/server.ts';
import type { Exit, RunningService } from '../harness/service.ts';

/** Environment variables of a service. */
export type Env = Readonly<Record<string, string>>;

/** What was chosen for the service; the suite tests what is on and knows nothing else about it. */
export interface Features {
  /** `none` or an id of the auth axis. */
  readonly auth: string;
  readonly middleware: readonly string[];
  readonly features: readonly string[];
  /** `null` where the service keeps its data in memory. */
  readonly database: string | null;
}

/** What a process of the service may use. */
export interface Limits {
  /** How many files it may have open. */
  readonly files?: number;
}

/** Starts processes of the service. Absent where the suite only knows a URL. */
export interface Launcher {
  /** The variables that choose a new, empty database; empty where there is none. */
  storage(): Promise<Env>;
  start(env: Env, limits?: Limits): Promise<RunningService>;
  /** Runs a command that ends by itself, or a start that fails. */
  run(args: readonly string[], env: Env): Promise<Exit & { readonly logs: string }>;
  /** What must never be logged, e.g. the password of DATABASE_URL; absent where there is no secret. */
  secrets?(): readonly string[];
  /** Runs SQL on the database that these variables choose and returns what it prints; absent where no server is used. */
  sql?(env: Env, statements: string): Promise<string>;
  /** Takes the database server away and brings it back; absent where there is none to take. */
  readonly outage?: Outage;
  /** The Redis that services are pointed at; absent where they have none. */
  readonly redis?: RedisServer;
}

/** A Redis server that services under test use. */
export interface RedisServer {
  /** With user and password. */
  url(): string;
  /** Runs a command on it and gives what it answers, a line each. */
  run(...command: readonly string[]): Promise<readonly string[]>;
  /** Takes it away and brings it back; absent where it was given by URL. */
  readonly outage?: Outage;
}

/** A service under test. */
export type Target = { readonly name: string; readonly features: Features } & (
  | { readonly launcher: Launcher }
  /** Running already, with `SUITE_ENV`, on a database that may be thrown away. */
  | { readonly url: string }
);

/** An origin that CORS_ALLOWED_ORIGINS allows where the suite starts the service. */
export const ALLOWED_ORIGIN = 'https://app.example';

/** What the service that most rows talk to is started with. */
export const SUITE_ENV: Env = { CORS_ALLOWED_ORIGINS: `${ALLOWED_ORIGIN},https://admin.example:8443` };

/** What every service that the suite starts has, unless a row says otherwise: no row but those about it meets the rate limit. */
export const GENEROUS_ENV: Env = { RATE_LIMIT_REQUESTS: '1000000' };

/** Something a row can only be tested with. */
export type Need =
  | 'request-id'
  | 'request-log'
  | 'timeout'
  | 'body-limit'
  | 'cors'
  | 'compression'
  | 'security-headers'
  | 'rate-limit'
  | 'redis'
  | 'metrics'
  | 'openapi'
  | 'opentelemetry'
  | 'auth:none'
  | 'auth:jwt'
  | 'auth:session'
  | 'accounts'
  | 'database'
  | 'launcher'
  | 'secrets'
  | 'outage'
  | 'sql'
  | 'redis-outage';

/** Which needs a target meets; `auth:<id>` stands for the choice on the auth axis. */
export function needsMetBy(target: Target): ReadonlySet<string> {
  const { auth, middleware, features, database } = target.features;
  const met = new Set([...middleware, ...features, `auth:${auth}`]);
  if (auth !== 'none') met.add('accounts');
  if (database !== null) met.add('database');
  if ('launcher' in target) {
    met.add('launcher');
    if (target.launcher.secrets) met.add('secrets');
    if (target.launcher.sql) met.add('sql');
    if (target.launcher.outage) met.add('outage');
    if (target.launcher.redis?.outage) met.add('redis-outage');
  }
  return met;
}

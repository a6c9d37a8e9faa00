import type { Resource } from '../../src/model/resource.ts';
import { parseResource } from '../../src/model/resource-syntax.ts';
import type { Outage } from '../harness/server.ts';
import type { Exit, RunningService } from '../harness/service.ts';

/** Environment variables of a service. */
export type Env = Readonly<Record<string, string>>;

/** The choices of the service; the suite tests what is enabled and knows nothing else about it. */
export interface Features {
  /** `none` or an id of the auth axis. */
  readonly auth: string;
  readonly middleware: readonly string[];
  readonly features: readonly string[];
  /** `null` if the service stores its data in memory. */
  readonly database: string | null;
  /** Besides users, which every service has. */
  readonly resources: readonly Resource[];
  /** Operations that packs add to those of the contract, such as `GET /about`. */
  readonly operations?: readonly string[];
}

const { resource: USER } = parseResource('user name:string(100) email:email:unique');

/** All resources of a service. */
export function resourcesOf({ resources }: Pick<Features, 'resources'>): readonly Resource[] {
  return [...(USER === null ? [] : [USER]), ...resources];
}

/** The resource limits of a process of the service. */
export interface Limits {
  /** How many files it may have open. */
  readonly files?: number;
}

/** Starts processes of the service. Absent if the suite only has a URL. */
export interface Launcher {
  /** The variables that select a new, empty database; empty without a database. */
  storage(): Promise<Env>;
  start(env: Env, limits?: Limits): Promise<RunningService>;
  /** Runs a command that ends by itself, or a start that fails. */
  run(args: readonly string[], env: Env): Promise<Exit & { readonly logs: string }>;
  /** A value that must never be logged, e.g. the password of DATABASE_URL; absent if there is no secret. */
  secrets?(): readonly string[];
  /** Runs SQL on the database that these variables choose and returns what it prints; absent if no server is used. */
  sql?(env: Env, statements: string): Promise<string>;
  /** Stops the database server and starts it again; absent if there is none to stop. */
  readonly outage?: Outage;
  /** The Redis that services use; absent if they have none. */
  readonly redis?: RedisServer;
}

/** A Redis server that services under test use. */
export interface RedisServer {
  /** With user and password. */
  url(): string;
  /** Runs a command on it and returns the lines of the reply. */
  run(...command: readonly string[]): Promise<readonly string[]>;
  /** Stops it and starts it again; absent if it was given by URL. */
  readonly outage?: Outage;
}

/** A service under test. */
export type Target = { readonly name: string; readonly features: Features } & (
  | { readonly launcher: Launcher }
  /** Running already, with `SUITE_ENV`, on a database that may be thrown away. */
  | { readonly url: string }
);

/** An allowed origin in the environment of the suite. */
export const ALLOWED_ORIGIN = 'https://app.example';

/** The environment of the service that most rows share. */
export const SUITE_ENV: Env = { CORS_ALLOWED_ORIGINS: `${ALLOWED_ORIGIN},https://admin.example:8443` };

/** The environment of every service that the suite starts: only rows that override it reach the rate limit. */
export const GENEROUS_ENV: Env = { RATE_LIMIT_REQUESTS: '1000000' };

/** A requirement of a row. */
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

import type { Resource } from '../../src/model/resource.ts';
import type { RunningService } from '../harness/service.ts';
import { type Accounts, type Api, accountsOf, apiOf } from './accounts.ts';
import { type Client, clientOf } from './http/client.ts';
import {
  type Env,
  GENEROUS_ENV,
  type Launcher,
  type Limits,
  type Need,
  needsMetBy,
  SUITE_ENV,
  type Target,
} from './target.ts';

/** What a row of the contract may use. */
export interface Context {
  /** Of the service that all rows share. */
  readonly api: Api;
  /** The database that was chosen, `null` for none. */
  readonly database: string | null;
  /** Besides users. */
  readonly resources: readonly Resource[];
  /** Besides those of the contract. */
  readonly operations: readonly string[];
  has(need: Need): boolean;
  /** A client of the metrics; throws if the row did not declare the needs `launcher` and `metrics`. */
  metrics(): Client;
  /** Throws if the row did not declare the need `launcher`. */
  launcher(): Launcher;
  /** Starts another service with this environment, on an empty database, and stops it when `use` is done. */
  withService<T>(env: Env, use: (service: Service) => Promise<T>, limits?: Limits): Promise<T>;
}

/** A service that a row started. */
export interface Service extends RunningService {
  readonly api: Api;
  /** A client of its metrics; throws if it has none. */
  metrics(): Client;
  /** The environment it was started with. */
  readonly env: Env;
}

/** One promise of the contract. */
export interface Row {
  readonly title: string;
  readonly needs: readonly Need[];
  readonly run: (context: Context) => Promise<void>;
}

/** A part of the contract and the promises in it. */
export interface Topic {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A topic; `needs` hold for all its rows. */
export function topic(title: string, needs: readonly Need[], rows: readonly Row[]): Topic {
  return { title, rows: rows.map((row) => ({ ...row, needs: [...needs, ...row.needs] })) };
}

/** A row that holds for every service. */
export function row(title: string, run: Row['run']): Row {
  return { title, needs: [], run };
}

/** A row that holds for services that meet these needs. */
export function rowWith(needs: readonly Need[], title: string, run: Row['run']): Row {
  return { title, needs, run };
}

/** The topics with only the rows that apply to this target; empty topics are left out. */
export function applicable(topics: readonly Topic[], target: Target): Topic[] {
  const met = needsMetBy(target);
  const kept = topics.map(({ title, rows }) => ({
    title,
    rows: rows.filter(({ needs }) => needs.every((need) => met.has(need))),
  }));
  return kept.filter(({ rows }) => rows.length > 0);
}

/** The service that all rows share, and what they need around it. */
export interface Session extends Context {
  /** Runs a row; if it fails, the error ends with the last output of the shared service. */
  hold(row: Row): Promise<void>;
  end(): Promise<void>;
}

/** Starts the service that all rows share, or takes the one at the target's URL. */
export async function openSession(target: Target): Promise<Session> {
  const met = needsMetBy(target);
  const accounts = accountsOf(target.features.auth);
  const launcher = (): Launcher => {
    if ('launcher' in target) return withEnv(target.launcher, accounts.env);
    throw new Error('this row starts services itself and has to declare the need "launcher"');
  };
  const context = {
    database: target.features.database,
    resources: target.features.resources,
    operations: target.features.operations ?? [],
    has: (need: Need) => met.has(need),
    launcher,
    async withService<T>(env: Env, use: (service: Service) => Promise<T>, limits?: Limits): Promise<T> {
      const service = await launch(launcher(), accounts, env, limits);
      try {
        return await withLastWords(service, use(service));
      } finally {
        await service.stop();
      }
    },
  };
  if ('url' in target) {
    const ofRow = { ...context, api: apiOf(target.url, accounts), metrics: () => metricsOf(undefined) };
    return { ...ofRow, hold: (row) => row.run(ofRow), end: async () => {} };
  }
  const shared = await launch(launcher(), accounts, SUITE_ENV);
  const ofRow = { ...context, api: shared.api, metrics: shared.metrics };
  return {
    ...ofRow,
    hold: (row) => withLastWords(shared, row.run(ofRow)),
    end: async () => void (await shared.stop()),
  };
}

const LAST_WORDS = '\n\n--- last words ---\n';

/** Adds the last output of the service to an error, unless a service that the row started has already added its own. */
async function withLastWords<T>(service: RunningService, outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    const isPlain = error instanceof Error && !error.message.includes(LAST_WORDS);
    if (isPlain) error.message += LAST_WORDS + service.lastWords();
    throw error;
  }
}

/** The launcher, starting services with this environment as well. */
function withEnv(launcher: Launcher, env: Env): Launcher {
  return { ...launcher, storage: async () => ({ ...(await launcher.storage()), ...env }) };
}

function metricsOf(url: string | undefined): Client {
  if (url === undefined) throw new Error('no log line "metrics on …": this row needs "launcher" and "metrics"');
  return clientOf(url);
}

async function launch(launcher: Launcher, accounts: Accounts, overrides: Env, limits?: Limits): Promise<Service> {
  const env = { ...(await launcher.storage()), ...GENEROUS_ENV, ...overrides };
  const service = await launcher.start(env, limits);
  const metrics = () => metricsOf(service.metricsUrl);
  return { ...service, env, api: apiOf(service.baseUrl, accounts), metrics };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unprivileged } from './account.ts';
import { findBinary } from './binaries.ts';
import type { Engine } from './engine.ts';
import { freePort } from './free-port.ts';
import { whenThisProcessDies } from './guard.ts';
import { mariadb } from './mariadb.ts';
import { poll } from './poll.ts';
import { postgres } from './postgres.ts';
import { signalTree } from './process-tree.ts';
import { redis } from './redis.ts';

/** Lets a test take a server away and bring it back on the same port with the same data. */
export interface Outage {
  /** Ends the server at once: connections break, new ones are refused. */
  stop(): Promise<void>;
  /** Starts it again; resolves when it responds. */
  start(): Promise<void>;
  /** Freezes it: connections stay open, nothing responds. */
  pause(): void;
  /** Undoes `pause`. */
  resume(): void;
}

/** A server for tests. */
export interface Server {
  readonly engine: Engine;
  /** With user and password; the user may create databases. */
  readonly url: string;
  /** `null` if the server was given by URL: the harness stops only what it started. */
  readonly outage: Outage | null;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

/** A throwaway PostgreSQL, or the one at TEST_POSTGRES_URL. */
export const startPostgres = (): Promise<Server> => startServer(postgres);

/** A throwaway MariaDB standing in for MySQL, or the server at TEST_MYSQL_URL. */
export const startMariadb = (): Promise<Server> => startServer(mariadb);

/** A throwaway Redis, or the one at TEST_REDIS_URL. */
export const startRedis = (): Promise<Server> => startServer(redis);

/** Whether the engine's server is given by URL, so that the harness must not stop it. */
export function isGivenByUrl(engine: Engine): boolean {
  return Boolean(process.env[engine.urlVariable]);
}

/** Why this engine cannot run here and what to install, or `null` if it can. */
export function whyMissing(engine: Engine): string | null {
  if (isGivenByUrl(engine)) return null;
  const missing = engine.binaries.filter((names) => findBinary(...names) === null).map((names) => names.join(' or '));
  if (missing.length === 0) return null;
  return `${missing.join(', ')} not found: apt-get install ${engine.debianPackage}, or set ${engine.urlVariable}`;
}

/** Creates an empty database on the server and returns its URL. */
export async function createDatabase(server: Server, name: string): Promise<string> {
  if (!server.engine.createDatabase) throw new Error(`${server.engine.name} has no databases to create`);
  await server.engine.createDatabase(server.url, name);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** Starts an engine in a temporary folder on a free loopback port; throws with its log if it does not start. */
export async function startServer(engine: Engine): Promise<Server> {
  const given = process.env[engine.urlVariable];
  if (given) return { engine, url: given, outage: null, stop: async () => {} };
  const missing = whyMissing(engine);
  if (missing !== null) throw new Error(missing);

  const account = unprivileged(...engine.accounts);
  const folder = mkdtempSync(join(tmpdir(), `create-api-${engine.name}-`));
  const callOff = whenThisProcessDies(`sleep 1; rm -rf '${folder}'`);
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  await engine.prepare(folder, account);

  const port = await freePort();
  const url = engine.url(port);
  const logFile = `${folder}/server.log`;
  let running = await launch();

  async function launch(): Promise<Daemon> {
    const [command, ...args] = engine.command(folder, port);
    const log = openSync(logFile, 'a');
    const child = spawn(command, args, { ...account, cwd: folder, detached: true, stdio: ['ignore', log, log] });
    const daemon = new Daemon(child, engine.quitSignal);
    try {
      await poll(`${engine.name} answers`, 60_000, () => (daemon.hasExited ? undefined : engine.ping(url)));
      if (daemon.hasExited) throw new Error(`${engine.name} exited`);
      return daemon;
    } catch (cause) {
      await daemon.quit();
      throw new Error(`${engine.name} did not start:\n${readFileSync(logFile, 'utf8')}`, { cause });
    }
  }

  return {
    engine,
    url,
    outage: {
      stop: () => running.quit(),
      start: async () => {
        running = await launch();
      },
      pause: () => signalTree(running.pid, 'SIGSTOP'),
      resume: () => signalTree(running.pid, 'SIGCONT'),
    },
    async stop() {
      await running.quit();
      callOff();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A server process that does not outlive this one. */
class Daemon {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #quitSignal: NodeJS.Signals;

  constructor(child: ChildProcess, quitSignal: NodeJS.Signals) {
    if (child.pid === undefined) throw new Error(`cannot run ${child.spawnfile}`);
    this.pid = child.pid;
    this.#child = child;
    this.#quitSignal = quitSignal;
    child.unref();
    const shellSignal = quitSignal.replace('SIG', '');
    const callOff = whenThisProcessDies(`kill -CONT ${this.pid}; kill -${shellSignal} ${this.pid}`);
    // Cancelled however it ended: the process id may soon be reused.
    child.once('exit', callOff);
  }

  get hasExited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async quit(): Promise<void> {
    if (this.hasExited) return;
    const exit = once(this.#child, 'exit');
    signalTree(this.pid, 'SIGCONT');
    this.#child.kill(this.#quitSignal);
    await exit;
  }
}

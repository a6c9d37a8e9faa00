import type { Account } from './account.ts';

/** A database server that the harness knows how to start: what differs between PostgreSQL, MariaDB and Redis. */
export interface Engine {
  readonly name: 'postgres' | 'mysql' | 'redis';
  /** Environment variable with the URL of a server to use instead of starting one. */
  readonly urlVariable: string;
  /** Alternative names of each program that is needed; one of each group must be installed. */
  readonly binaries: readonly (readonly string[])[];
  /** The Debian package that contains them. */
  readonly debianPackage: string;
  /** Accounts to run it as when this process is root, in order of preference. */
  readonly accounts: readonly string[];
  /** The URL of a server on this loopback port, with a user that may create databases. */
  url(port: number): string;
  /** Fills the empty folder, owned by `account`, with the data files of a new server. */
  prepare(folder: string, account: Account): Promise<void>;
  /** The foreground command that serves `folder` on `port`. */
  command(folder: string, port: number): readonly [string, ...string[]];
  /** Resolves if the server responds, throws if it does not. */
  ping(url: string): Promise<void>;
  /** Creates an empty database. Absent if the engine has no databases. */
  createDatabase?(url: string, name: string): Promise<void>;
  /** Runs SQL on the database of the URL and returns what it prints, without headings. Absent for Redis. */
  sql?(url: string, statements: string): Promise<string>;
  /** Kills the server and its children at once, without losing committed data. */
  readonly quitSignal: NodeJS.Signals;
}

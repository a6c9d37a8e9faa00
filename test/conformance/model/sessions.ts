import { createHash } from 'node:crypto';
import { Failure } from './failure.ts';
import { has } from './faults.ts';
import { askRedis } from './redis.ts';

/** The user of a session and when it began, in seconds. */
export interface Session {
  readonly user: string;
  readonly created: number;
  readonly used: number;
}

const isInRedis = process.env['REDIS_URL'] !== undefined && !has('keeps-sessions-at-home');
const atHome = new Map<string, Session>();

/** Stores a session, in Redis for this many seconds. */
export async function keep(token: string, session: Session, seconds: number): Promise<void> {
  if (!isInRedis) return void atHome.set(token, session);
  const expiry = has('keeps-sessions-for-ever') ? [] : ['PX', String(Math.ceil(Math.max(seconds, 1) * 1000))];
  await ask('SET', keyOf(token), JSON.stringify(session), ...expiry);
}

/** The session that a token proves. */
export async function find(token: string): Promise<Session | undefined> {
  if (!isInRedis) return atHome.get(token);
  const found = await ask('GET', keyOf(token));
  return found === undefined ? undefined : JSON.parse(found);
}

/** Ends the session that a token proves. */
export async function drop(token: string): Promise<void> {
  if (isInRedis) await ask('DEL', keyOf(token));
  else atHome.delete(token);
}

function keyOf(token: string): string {
  const name = has('keeps-tokens-in-clear') ? token : createHash('sha256').update(token).digest('hex');
  return `${process.env['REDIS_KEY_PREFIX']}session:${name}`;
}

function ask(...command: readonly string[]): Promise<string | undefined> {
  return askRedis(...command).catch(() => {
    if (has('signs-out-without-redis')) return undefined;
    throw new Failure(503);
  });
}

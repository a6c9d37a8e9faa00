import { Failure } from './failure.ts';
import { has } from './faults.ts';

const PERIOD_MS = 15 * 60_000;

/** The times of the latest wrong passwords, for each account from one client and from anywhere. */
const wrong = new Map<string, number[]>();

const limits = (account: string, client: string) =>
  [
    [`${account} ${client}`, 10],
    [account, has('counts-clients-apart-only') ? Number.POSITIVE_INFINITY : 100],
  ] as const;

/** Fails after too many wrong passwords for the account. */
export function checkAttempt(account: string, client: string, isKnown: boolean): void {
  if (has('lets-anybody-guess') || (has('limits-known-accounts-only') && !isKnown)) return;
  for (const [key, most] of limits(account, client)) {
    const oldest = wrong.get(key)?.at(-most);
    const seconds = Math.ceil(((oldest ?? 0) + PERIOD_MS - Date.now()) / 1000);
    if (seconds > 0) throw new Failure(429, {}, { 'retry-after': String(seconds) });
  }
}

/** Counts a wrong password. */
export function countWrongPassword(account: string, client: string): void {
  for (const [key] of limits(account, client)) wrong.set(key, [...(wrong.get(key) ?? []), Date.now()]);
}

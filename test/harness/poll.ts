import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `attempt` every 50 ms until it does not throw, and returns its result; after `withinMs` milliseconds it throws
 * an error that says what was waited for, with the last failure as its cause.
 */
export async function poll<T>(what: string, withinMs: number, attempt: () => Promise<T> | T): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`, { cause });
      await sleep(50);
    }
  }
}

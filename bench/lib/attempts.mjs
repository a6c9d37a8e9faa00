// Parts of a benchmark that may fail without ending it.

/** How many lines of what a tool printed are enough to see why it failed. */
const REASON_LINES = 15;

/**
 * Returns `attempt(part, act)`, which runs a part unless it has failed before, and `unavailable`, which has the reason
 * of each that failed.
 */
export function openAttempts() {
  const unavailable = {};
  const attempt = async (part, act) => {
    if (unavailable[part] !== undefined) return;
    try {
      await act();
    } catch (error) {
      unavailable[part] = error.message.trim().split('\n').slice(-REASON_LINES).join('\n');
      console.error(`${part}: ${unavailable[part]}`);
    }
  };
  return { attempt, unavailable };
}

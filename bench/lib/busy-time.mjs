// How busy all cores were (Linux only).
import { readFileSync } from 'node:fs';

const IDLE = 3;
const WAITING = 4;

/** Ticks of all cores since the machine started: those in all, and those in which they worked. */
export function busyTime() {
  const ticks = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, each) => sum + each, 0);
  return { total, busy: total - ticks[IDLE] - ticks[WAITING] };
}

// What `cargo build --timings` tells about single crates.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const LONGEST = 8;

/** The seconds that each crate took to compile, its build script included, longest first. */
export function crateTimes(folder) {
  const report = readFileSync(path.join(folder, 'target', 'cargo-timings', 'cargo-timing.html'), 'utf8');
  return parseTimings(report);
}

/** The same of the text of a report. */
export function parseTimings(report) {
  const data = /^const UNIT_DATA = (\[.*?^\]);$/ms.exec(report)?.[1];
  if (data === undefined) throw new Error('the report of cargo --timings has no UNIT_DATA');
  const seconds = new Map();
  for (const { name, duration } of JSON.parse(data)) seconds.set(name, (seconds.get(name) ?? 0) + duration);
  return [...seconds].map(([name, time]) => ({ name, seconds: time })).sort((a, b) => b.seconds - a.seconds);
}

/** The crates that took longest, as a text; `crates` are sorted. */
export function longestOf(crates) {
  return crates
    .slice(0, LONGEST)
    .map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`)
    .join(', ');
}

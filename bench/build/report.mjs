// The results of `bench:build`, and the same as text.
import { ratios, summary } from '../lib/statistics.mjs';
import { table } from '../lib/table.mjs';
import { longestOf } from './timings.mjs';

const FIGURES = [
  { phase: 'cold', figure: 'firstResponse', label: 'first response, nothing downloaded', print: seconds },
  { phase: 'develop', figure: 'firstResponse', label: 'first response, crates downloaded', print: seconds },
  { phase: 'develop', figure: 'handler', label: 'rebuild after changing a handler', print: seconds },
  { phase: 'develop', figure: 'model', label: 'rebuild after changing a model', print: seconds },
  { phase: 'develop', figure: 'query', label: 'rebuild after changing a query', print: seconds },
  { phase: 'test', figure: 'test', label: 'cargo test after a change', print: seconds },
  { phase: 'release', figure: 'release', label: 'release build', print: seconds },
  { phase: 'release', figure: 'binary', label: 'its binary', print: megabytes },
  { phase: 'release', figure: 'deployed', label: 'what an image adds to its base', print: megabytes },
];

/**
 * For each figure the summary over the rounds by subject, and the ratio of ours to the tutorial's, round by round;
 * `null` where there is no measurement. `valuesOf(subject, phase)` has the values by round.
 */
export function resultsOf(subjects, valuesOf) {
  return FIGURES.map(({ phase, figure, label }) => {
    const measured = (id) => valuesOf(id, phase).map((values) => values?.[figure] ?? null);
    const ofSubject = (id) => {
      const numbers = measured(id).filter((number) => number !== null);
      return numbers.length === 0 ? null : summary(numbers);
    };
    return {
      phase,
      figure,
      label,
      subjects: Object.fromEntries(subjects.map((id) => [id, ofSubject(id)])),
      oursToTutorial: ratios(measured('ours'), measured('tutorial')),
    };
  });
}

/** The table, why a subject, or a phase of it, has no figures, and the crates that took longest. */
export function linesOf(results, subjects, { unavailable, crates }) {
  const rows = results.map(({ label, subjects: figures, oursToTutorial }, index) => [
    label,
    ...subjects.map((id) => (figures[id] === null ? '-' : FIGURES[index].print(figures[id].median))),
    ratio(oursToTutorial),
  ]);
  const reasons = Object.entries(unavailable).map(([part, reason]) => `${part}: ${reason}`);
  const longest = Object.entries(crates).map(([id, times]) => `longest crates of ${id}: ${longestOf(times)}`);
  return [...table([['', ...subjects, 'ours to tutorial'], ...rows]), ...reasons, ...longest];
}

function ratio(summary) {
  if (summary === null) return '-';
  return `${summary.median.toFixed(2)} (${summary.least.toFixed(2)}-${summary.greatest.toFixed(2)})`;
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

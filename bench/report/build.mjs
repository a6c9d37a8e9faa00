// The part of docs/benchmarks.md about how long builds take, from the run of `bench:build`.

import { longestOf } from '../build/timings.mjs';
import { barChart } from './chart.mjs';
import { duration, markdownTable, megabytes, number, paragraph, part, ratio } from './format.mjs';

const LABELS = {
  ours: 'create-api',
  tutorial: "a tutorial's project",
  'loco-new': 'loco new',
  gerust: 'gerust',
};
const SIZES = ['binary', 'deployed'];

/** The section as Markdown, and its charts by name. */
export function buildSection({ results, crates, unavailable, settings }) {
  const subjects = Object.keys(LABELS).filter((id) => results.some((result) => result.subjects[id]));
  const rows = results
    .filter((result) => subjects.some((id) => result.subjects[id]))
    .map((result) => [
      result.label,
      ...subjects.map((id) => cellOf(result, id)?.text ?? '–'),
      ratio(result.oursToTutorial),
    ]);
  // A subject, or a subject and the phase of it that failed.
  const missing = Object.keys(unavailable).map((part) => part.replace(/^[\w-]+/, (id) => LABELS[id]));
  const markdown = [
    '## The time a newcomer waits',
    paragraph(`The default service on SQLite beside the project of a tutorial (Axum, Tokio with all its features,
      tower-http, SQLx with its defaults), \`loco new\` and gerust, which needs PostgreSQL.
      ${buildsText(settings.rounds)}; rebuilds and tests are medians of ${settings.changes} changes.`),
    '![Builds](benchmarks/build.svg)',
    markdownTable(['', ...subjects.map((id) => LABELS[id]), "create-api to the tutorial's"], rows),
    part(
      paragraph(`What a first build compiles, as \`cargo --timings\` reports: how many crates by name, the project's own
        included; the sum of their seconds with those of their build scripts, many of which pass at the same time; and
        those that take longest.`),
      cratesList(subjects, crates),
    ),
    ...(missing.length > 0 ? [paragraph(`Not measured, since it failed: ${missing.join('; ')}.`)] : []),
  ];
  return { markdown: markdown.filter(Boolean).join('\n\n'), charts: { build: buildChart(results, subjects) } };
}

function cratesList(subjects, crates) {
  const lines = subjects
    .filter((id) => crates[id])
    .map((id) => {
      const sum = crates[id].reduce((total, { seconds }) => total + seconds, 0);
      return `- ${LABELS[id]}: ${crates[id].length} crates, ${number(sum)} s; ${longestOf(crates[id])}`;
    });
  return lines.join('\n');
}

function buildsText(rounds) {
  return rounds === 1 ? 'One build each' : `Medians of ${rounds} builds, and ratios of those in the same round`;
}

function buildChart(results, subjects) {
  const rows = subjects.map((id) => ({ label: LABELS[id], isOurs: id === 'ours' }));
  const times = results.filter(({ figure }) => ['firstResponse', 'handler', 'test', 'release'].includes(figure));
  const panels = times.map((result) => ({
    heading: result.label,
    cells: subjects.map((id) => cellOf(result, id)),
  }));
  return barChart('Builds', rows, panels);
}

function cellOf({ figure, subjects }, id) {
  const summary = subjects[id] ?? null;
  if (summary === null) return null;
  const { median, least, greatest } = summary;
  const text = SIZES.includes(figure) ? megabytes(median) : duration(median * 1000);
  return { value: median, least, greatest, text };
}

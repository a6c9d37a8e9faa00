// The part of docs/benchmarks.md about what ours adds to a request, from the run of `bench:profile`.
import { FRAMEWORK_NAMES, FRAMEWORKS } from '../lib/rust-services.mjs';
import { OTHERS, SMALL } from '../profile/results.mjs';
import { markdownTable, number, paragraph, part, percent } from './format.mjs';

const HEADINGS = ['Framework alone', 'Ours', 'Added'];
const DETAILED = '/health';

/** The section as Markdown; it has no charts. */
export function profileSection({ results, settings, unavailable }) {
  const measured = FRAMEWORKS.filter((id) => results[id]);
  const totals = measured.flatMap((id) =>
    Object.entries(results[id]).map(([route, { total }]) => [`${FRAMEWORK_NAMES[id]}, ${route}`, ...cellsOf(total)]),
  );
  const details = measured.map((id) => {
    const { total, parts } = results[id][DETAILED];
    const rows = [...parts, { part: 'all', ...total }].map((row) => [row.part, ...cellsOf(row)]);
    return part(`${FRAMEWORK_NAMES[id]}:`, markdownTable([DETAILED, ...HEADINGS], rows));
  });
  const missing = Object.keys(unavailable).join('; ');
  const sections = [
    part(
      '## What a generated service adds to a request, in instructions',
      paragraph(`Instructions per request outside the kernel, counted by Callgrind over ${number(settings.requests)}
        requests, one after the other over one connection: to the service on its framework alone, and to ours with the
        default middleware. They are counts, not times, so other work on the machine hardly changes them.`),
      markdownTable(['Request', ...HEADINGS], totals),
    ),
    part(
      paragraph(`By crate, or file of the service, for \`GET ${DETAILED}\`, in the order of what ours adds; \`${OTHERS}\` sums up
        those that differ by less than ${percent(SMALL)} of ours. Inlined code counts where it was written, but inlined
        code of the standard library counts for the function that contains it.`),
      details.join('\n\n'),
    ),
    missing && paragraph(`Not measured, since it failed: ${missing}.`),
  ];
  return { markdown: sections.filter(Boolean).join('\n\n'), charts: {} };
}

function cellsOf({ bare, ours }) {
  return [bare, ours, ours - bare].map((count) => number(Math.round(count)));
}

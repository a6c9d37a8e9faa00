// The part of docs/benchmarks.md about where the instructions of a request go, from the run of `bench:profile`.
import { markdownTable, number, paragraph, part } from './format.mjs';

const NAMES = { axum: 'Axum', 'actix-web': 'Actix Web', poem: 'Poem', loco: 'Loco' };
const HEADINGS = ['Framework alone', 'Ours', 'Added'];
const DETAILED = '/health';

/** The section as Markdown; it has no charts. */
export function profileSection({ results, settings }) {
  const frameworks = Object.keys(results);
  const totals = frameworks.flatMap((framework) =>
    Object.entries(results[framework]).map(([route, { total }]) => [
      `${NAMES[framework]}, ${route}`,
      ...cellsOf(total),
    ]),
  );
  const details = frameworks.map((framework) => {
    const rows = results[framework][DETAILED].parts.map(({ part, ...counts }) => [part, ...cellsOf(counts)]);
    return part(`${NAMES[framework]}:`, markdownTable([DETAILED, ...HEADINGS], rows));
  });
  const markdown = [
    '## Where the instructions of a request go',
    paragraph(`Instructions outside the kernel per request, counted by Callgrind over ${number(settings.requests)} requests
      to release builds, one after the other over one connection: the service on its framework alone, and ours with the
      default middleware. Unlike times, these counts hardly differ between runs and machines.`),
    markdownTable(['Request', ...HEADINGS], totals),
    paragraph(`By crate, or file of the service, for \`GET ${DETAILED}\`. Code that the compiler has inlined counts where
      it was written, except the standard library's, which counts where it is used.`),
    ...details,
  ];
  return { markdown: markdown.filter(Boolean).join('\n\n'), charts: {} };
}

function cellsOf({ bare, ours }) {
  return [bare, ours, ours - bare].map((count) => number(Math.round(count)));
}

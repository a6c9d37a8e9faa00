// Charts as SVG, legible on light and dark pages.
import { linesOf } from './format.mjs';

const LABEL_WIDTH = 236;
const PANEL_WIDTH = 150;
const TEXT_WIDTH = 62;
const GAP = 20;
const ROW_HEIGHT = 22;
const BAR_HEIGHT = 12;
const TITLE_HEIGHT = 36;
const LINE_HEIGHT = 16;
const LONGEST_LINE = 22;
const MARGIN = 16;

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 15px; font-weight: 600; }
.heading { font-weight: 600; }
.ours { font-weight: 600; }
.value { font-size: 11px; fill: #59636e; }
.page { fill: #ffffff; }
.bar { fill: #8c959f; }
.bar.ours { fill: #c2410c; }
.spread { stroke: #1f2328; stroke-width: 1; }
.range { stroke: #8c959f; stroke-width: 2; }
.range.ours { stroke: #c2410c; }
.dot { fill: #8c959f; }
.dot.ours { fill: #c2410c; }
.axis { stroke: #d1d9e0; stroke-width: 1; }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc; }
.value { fill: #9198a1; }
.page { fill: #0d1117; }
.bar, .dot { fill: #7d8590; }
.bar.ours, .dot.ours { fill: #f97316; }
.spread { stroke: #f0f6fc; }
.range { stroke: #7d8590; }
.range.ours { stroke: #f97316; }
.axis { stroke: #30363d; }
}`;

/**
 * Bars side by side: a row for each of `rows` (`label`, `isOurs`), and a panel with a scale of its own for each of
 * `panels` (`heading`, and by row a `value`, the `least` and `greatest` of its rounds, and its `text`; or `null`).
 */
export function barChart(title, rows, panels) {
  return chart(title, rows, panels, ({ cells }) => {
    const greatest = Math.max(...cells.map((cell) => cell?.greatest ?? 0));
    const width = (value) => (value / greatest) * (PANEL_WIDTH - TEXT_WIDTH);
    return (cell, isOurs) => [
      element('rect', {
        class: classOf('bar', isOurs),
        y: -BAR_HEIGHT / 2,
        width: width(cell.value),
        height: BAR_HEIGHT,
      }),
      horizontal('spread', width(cell.least), width(cell.greatest)),
      text(cell.text, { class: 'value', x: width(cell.greatest) + 5, y: 4 }),
    ];
  });
}

/**
 * Ranges on one logarithmic scale, with its powers of ten: like `barChart`, but each cell has `values`, which become
 * smaller and smaller dots on a line. `textOf` prints a value.
 */
export function rangeChart(title, rows, panels, textOf) {
  const values = panels.flatMap(({ cells }) => cells.flatMap((cell) => cell?.values ?? [])).map(Math.log10);
  const [least, greatest] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))];
  const place = (value) => ((Math.log10(value) - least) / (greatest - least || 1)) * PANEL_WIDTH;
  const powers = Array.from({ length: greatest - least + 1 }, (_, index) => 10 ** (least + index));
  // Every second one, since their texts would touch.
  const ticks = powers.map((power, index) => ({ x: place(power), text: index % 2 === 0 ? textOf(power) : '' }));
  const render = ({ values }, isOurs) => [
    horizontal(classOf('range', isOurs), place(Math.min(...values)), place(Math.max(...values))),
    ...values.map((value, index) =>
      element('circle', { class: classOf('dot', isOurs), cx: place(value), r: 4.5 - index }),
    ),
  ];
  return chart(title, rows, panels, () => render, ticks);
}

/**
 * The frame of a chart: `rendererOf` takes a panel and returns what draws a cell around the middle of its left side.
 * `ticks` are lines across each panel, with texts below them.
 */
function chart(title, rows, panels, rendererOf, ticks = [{ x: 0, text: '' }]) {
  const headingHeight = LINE_HEIGHT * Math.max(...panels.map(({ heading }) => linesOf(heading, LONGEST_LINE).length));
  const top = MARGIN + TITLE_HEIGHT + headingHeight;
  const bottom = top + rows.length * ROW_HEIGHT;
  const width = 2 * MARGIN + LABEL_WIDTH + panels.length * (PANEL_WIDTH + GAP);
  const height = bottom + (ticks.some((tick) => tick.text !== '') ? LINE_HEIGHT : 0) + MARGIN;
  const middleOf = (index) => top + (index + 0.5) * ROW_HEIGHT;

  const labels = rows.map(({ label, isOurs }, index) =>
    text(label, {
      class: isOurs ? 'ours' : '',
      x: MARGIN + LABEL_WIDTH - 10,
      y: middleOf(index) + 4,
      'text-anchor': 'end',
    }),
  );
  const drawn = panels.map((panel, index) => {
    const render = rendererOf(panel);
    const cells = panel.cells.map((cell, row) =>
      cell === null ? '' : group(0, middleOf(row), render(cell, rows[row].isOurs)),
    );
    const parts = [...ticks.map((tick) => tickLine(tick, top, bottom)), ...headingOf(panel, top - 10), ...cells];
    return group(MARGIN + LABEL_WIDTH + index * (PANEL_WIDTH + GAP), 0, parts);
  });
  const content = [
    element('title', {}, escaped(title)),
    element('style', {}, STYLE),
    element('rect', { class: 'page', width, height, rx: 6 }),
    text(title, { class: 'title', x: MARGIN, y: MARGIN + 15 }),
    ...labels,
    ...drawn,
  ];
  const size = { viewBox: `0 0 ${width} ${height}`, width, height };
  return `${element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size, role: 'img' }, content.join('\n'))}\n`;
}

/** The lines of a panel's heading, of which the last stands at `bottom`. */
function headingOf({ heading }, bottom) {
  const lines = linesOf(heading, LONGEST_LINE);
  return lines.map((each, index) =>
    text(each, { class: 'heading', y: bottom - (lines.length - 1 - index) * LINE_HEIGHT }),
  );
}

function tickLine({ x, text: label }, top, bottom) {
  const line = element('line', { class: 'axis', x1: x, x2: x, y1: top, y2: bottom });
  if (label === '') return line;
  // Within the panel, so that the texts of two panels do not touch.
  const anchor = x === 0 ? 'start' : x === PANEL_WIDTH ? 'end' : 'middle';
  return line + text(label, { class: 'value', x, y: bottom + LINE_HEIGHT - 3, 'text-anchor': anchor });
}

function horizontal(className, from, to) {
  return element('line', { class: className, x1: from, x2: to, y1: 0, y2: 0 });
}

function classOf(name, isOurs) {
  return isOurs ? `${name} ours` : name;
}

function group(x, y, parts) {
  return element('g', { transform: `translate(${round(x)} ${round(y)})` }, parts.filter(Boolean).join('\n'));
}

function text(content, attributes) {
  return element('text', attributes, escaped(content));
}

function element(name, attributes, content = '') {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${round(value)}"`);
  return `<${name}${given.join('')}>${content}</${name}>`;
}

function round(value) {
  return typeof value === 'number' ? Number(value.toFixed(1)) : value;
}

function escaped(content) {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

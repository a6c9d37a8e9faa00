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
 * Bars side by side: a row for each of `rows` (`label`, `isOurs`), and a panel with a scale of its own for each of `panels`
 * (`heading`, and by row a `value`, the `least` and `greatest` of its rounds, and its `text`; or `null`).
 */
export function barChart(title, rows, panels) {
  return chart(title, rows, panels, ({ cells }) => {
    const greatest = Math.max(...cells.map((cell) => cell?.greatest ?? 0));
    const width = (value) => (value / greatest) * (PANEL_WIDTH - TEXT_WIDTH);
    return (cell, isOurs) => {
      const spread = line('spread', width(cell.least), width(cell.greatest));
      const text = `<text class="value" x="${round(width(cell.greatest) + 5)}" y="4">${escaped(cell.text)}</text>`;
      const bar = `<rect class="${classOf('bar', isOurs)}" y="${-BAR_HEIGHT / 2}" width="${round(width(cell.value))}" height="${BAR_HEIGHT}"/>`;
      return `${bar}${spread}${text}`;
    };
  });
}

/**
 * Ranges on one logarithmic scale, with its powers of ten: like `barChart`, but each cell has `values`, which become smaller and
 * smaller dots on a line. `textOf` prints a value.
 */
export function rangeChart(title, rows, panels, textOf) {
  const values = panels.flatMap(({ cells }) => cells.flatMap((cell) => cell?.values ?? [])).map(Math.log10);
  const [least, greatest] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))];
  const place = (value) => ((Math.log10(value) - least) / (greatest - least || 1)) * PANEL_WIDTH;
  const powers = Array.from({ length: greatest - least + 1 }, (_, index) => 10 ** (least + index));
  // Every second one, since their texts would touch.
  const ticks = powers.map((power, index) => ({ x: place(power), text: index % 2 === 0 ? textOf(power) : '' }));
  const render = (cell, isOurs) => {
    const range = line(classOf('range', isOurs), place(Math.min(...cell.values)), place(Math.max(...cell.values)));
    const dot = (value, index) =>
      `<circle class="${classOf('dot', isOurs)}" cx="${round(place(value))}" r="${4.5 - index}"/>`;
    return range + cell.values.map(dot).join('');
  };
  return chart(title, rows, panels, () => render, ticks);
}

/** `ticks` are lines across each panel, with texts below them. */
function chart(title, rows, panels, rendererOf, ticks = [{ x: 0, text: '' }]) {
  const width = 2 * MARGIN + LABEL_WIDTH + panels.length * (PANEL_WIDTH + GAP);
  const headingHeight = LINE_HEIGHT * Math.max(...panels.map(({ heading }) => linesOf(heading, LONGEST_LINE).length));
  const top = MARGIN + TITLE_HEIGHT + headingHeight;
  const hasTexts = ticks.some(({ text }) => text !== '');
  const height = top + rows.length * ROW_HEIGHT + (hasTexts ? LINE_HEIGHT : 0) + MARGIN;
  const yOf = (index) => top + (index + 0.5) * ROW_HEIGHT;
  const label = ({ label: text, isOurs }, index) =>
    `<text class="${isOurs ? 'ours' : ''}" x="${MARGIN + LABEL_WIDTH - 10}" y="${yOf(index) + 4}" text-anchor="end">${escaped(text)}</text>`;
  const panel = (each, index) => {
    const x = MARGIN + LABEL_WIDTH + index * (PANEL_WIDTH + GAP);
    const render = rendererOf(each);
    const axes = ticks.map((tick) => axis(tick, top, top + rows.length * ROW_HEIGHT));
    const heading = linesOf(each.heading, LONGEST_LINE).map(
      (text, index, { length }) =>
        `<text class="heading" y="${top - 10 - (length - 1 - index) * LINE_HEIGHT}">${escaped(text)}</text>`,
    );
    const cells = each.cells.map((cell, row) =>
      cell === null ? '' : `<g transform="translate(0 ${yOf(row)})">${render(cell, rows[row].isOurs)}</g>`,
    );
    return `<g transform="translate(${x} 0)">${axes.join('')}${heading.join('')}\n${cells.filter(Boolean).join('\n')}</g>`;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${width}" height="${height}" rx="6"/>`,
    `<text class="title" x="${MARGIN}" y="${MARGIN + 15}">${escaped(title)}</text>`,
    ...rows.map(label),
    ...panels.map(panel),
    '</svg>\n',
  ].join('\n');
}

function axis({ x, text }, top, bottom) {
  // Within the panel, so that the texts of two panels do not touch.
  const anchor = x === 0 ? 'start' : x === PANEL_WIDTH ? 'end' : 'middle';
  const place = `x="${round(x)}" y="${bottom + LINE_HEIGHT - 3}" text-anchor="${anchor}"`;
  const label = text && `<text class="value" ${place}>${escaped(text)}</text>`;
  return `<line class="axis" x1="${round(x)}" x2="${round(x)}" y1="${top}" y2="${bottom}"/>${label}`;
}

function line(className, from, to) {
  return `<line class="${className}" x1="${round(from)}" x2="${round(to)}" y1="0" y2="0"/>`;
}

function classOf(name, isOurs) {
  return isOurs ? `${name} ours` : name;
}

function round(value) {
  return Number(value.toFixed(1));
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

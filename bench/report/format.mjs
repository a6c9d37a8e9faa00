// Figures as texts, and texts and tables in Markdown.

const LINE_WIDTH = 120;

/** The words of a text in lines of at most this width. */
export function linesOf(text, width) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length > width && lines.at(-1) !== '') lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** A paragraph in lines of the usual width. */
export function paragraph(text) {
  return linesOf(text, LINE_WIDTH).join('\n');
}

/**
 * Blocks of Markdown, with empty lines between them; nothing if one of them is empty, so that no text stays without its
 * table.
 */
export function part(...blocks) {
  return blocks.includes('') ? '' : blocks.join('\n\n');
}

/** Three significant digits, or whole numbers above that, with separators of thousands. */
export function number(value) {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 20 });
}

/** Microseconds as µs, ms or s. */
export function duration(microseconds) {
  if (microseconds < 1000) return `${number(microseconds)} µs`;
  if (microseconds < 1_000_000) return `${number(microseconds / 1000)} ms`;
  return `${number(microseconds / 1_000_000)} s`;
}

/** Bytes as megabytes. */
export function megabytes(bytes) {
  return `${number(bytes / 1e6)} MB`;
}

/** A share as a percentage. */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** A ratio with the least and the greatest of its rounds; a dash where there is none. */
export function ratio(summary) {
  if (summary === null) return '–';
  const { median, least, greatest } = summary;
  return `${factor(median)} (${factor(least)}–${factor(greatest)})`;
}

function factor(value) {
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A table; the first column is aligned to the left, the others to the right. Empty without rows. */
export function markdownTable(headings, rows) {
  if (rows.length === 0) return '';
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const alignment = headings.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(headings), line(alignment), ...rows.map(line)].join('\n');
}

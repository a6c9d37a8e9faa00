// Tables as text.

/** Lines with aligned columns, the first to the left and the others to the right; `rows` start with the headings. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const align = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]));
  return rows.map((row) => row.map(align).join('  ').trimEnd());
}

import { indent, labelled, wrapText } from './layout.ts';
import type { Style } from './style.ts';

/** The content of a help page. */
export interface HelpPage {
  readonly about: string;
  readonly usage: readonly string[];
  /** Tables of terms and their meanings. */
  readonly tables: readonly { readonly title: string; readonly rows: readonly (readonly [string, string])[] }[];
  readonly notes: readonly string[];
  /** Whole commands. */
  readonly examples: readonly string[];
}

const TERM_WIDTH = 25;

/** Lays out a help page, wrapped to the width. */
export function helpText(page: HelpPage, style: Style, columns: number): string {
  const title = (text: string): string => style.bold(text);
  const block = (lines: readonly string[]): string => indent(lines.join('\n'), 2);
  return [
    wrapText(page.about, columns).join('\n'),
    [title('Usage'), block(page.usage)].join('\n'),
    ...page.tables
      .filter(({ rows }) => rows.length > 0)
      .map((table) =>
        [
          title(table.title),
          ...table.rows.map(([term, text]) => labelled(`  ${style.cyan(term)}`, text, TERM_WIDTH, columns)),
        ].join('\n'),
      ),
    ...page.notes.map((note) => wrapText(note, columns).join('\n')),
    ...(page.examples.length === 0 ? [] : [[title('Examples'), block(page.examples)].join('\n')]),
  ].join('\n\n');
}

import { splitLines } from '../lines.ts';
import { type Branch, type Entry, hasUniqueKeys } from '../outline.ts';

/** Outlines a list of lines, such as .gitignore. The order means nothing, unless a line takes back what another one says. */
export function outlineList(text: string): Branch {
  const kind = /^!/m.test(text) ? 'list' : 'set';
  return outlineLines(text, kind, (line) => (/^\s*(?:#|$)/.test(line) ? undefined : line.trim()));
}

/** Outlines a list of environment variables, of which some are commented out because they have a default. */
export function outlineVariables(text: string): Branch {
  return outlineLines(text, 'set', (line) => /^(?:# ?)?(?:export )?([A-Za-z_]\w*)=/.exec(line)?.[1]);
}

function outlineLines(text: string, kind: 'set' | 'list', keyOf: (line: string) => string | undefined): Branch {
  const entries: Entry[] = [];
  let lead = '';
  for (const line of splitLines(text)) {
    const key = keyOf(line);
    if (key === undefined) lead += line;
    else {
      const value = line.trimEnd();
      entries.push({ key, lead, head: '', value, tail: line.slice(value.length) });
      lead = '';
    }
  }
  if (!hasUniqueKeys({ entries })) throw new Error('a line stands twice');
  return { kind, open: '', entries, close: lead };
}

import { labelled } from './layout.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** What would change in a file. */
export interface FileDiff {
  readonly path: string;
  readonly action: 'create' | 'change' | 'merge' | 'delete' | 'conflict';
  /** Its modes before and after, as git writes them; `null` if there is no file. */
  readonly modes: readonly [before: string | null, after: string | null];
  /** In the unified format; `null` if the file is no text. */
  readonly hunks: string | null;
  /** Why a person has to decide; `null` if nobody has to. */
  readonly reason: string | null;
}

/** The differences by file, coloured; conflicts with their reasons. */
export function diffText(
  diffs: readonly FileDiff[],
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  if (diffs.length === 0) return 'Nothing would change.';
  return diffs
    .map((diff) => {
      const title = style.bold(`${diff.action} ${diff.path}`);
      const reason = diff.reason === null ? [] : [labelled('', style.red(diff.reason), 2, columns)];
      return [title, ...reason, coloured(diff.hunks ?? 'not a text\n', style).trimEnd()].join('\n');
    })
    .join('\n\n');
}

function coloured(hunks: string, style: Style): string {
  return hunks
    .split('\n')
    .map((line) => {
      if (line.startsWith('+')) return style.green(line);
      if (line.startsWith('-')) return style.red(line);
      return line.startsWith('@@') ? style.cyan(line) : line;
    })
    .join('\n');
}

/** A patch for `git apply`, without conflicts and files that are no text. */
export function patchText(diffs: readonly FileDiff[]): string {
  const patches = diffs.filter(({ action, hunks }) => action !== 'conflict' && hunks !== null).map(patchOf);
  return patches.join('').replace(/\n$/, '');
}

function patchOf({ path, modes: [before, after], hunks }: FileDiff): string {
  const [a, b] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  const mode =
    before === null
      ? [`new file mode ${after}`]
      : after === null
        ? [`deleted file mode ${before}`]
        : before === after
          ? []
          : [`old mode ${before}`, `new mode ${after}`];
  const files =
    hunks === '' ? [] : [`--- ${before === null ? '/dev/null' : a}`, `+++ ${after === null ? '/dev/null' : b}`];
  return `${[`diff --git ${a} ${b}`, ...mode, ...files].join('\n')}\n${hunks}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Quotes a path as Git does, if it has characters other than those of ASCII: bytes as three octal digits. */
function quoted(path: string): string {
  if (/^[ !#-[\]-~]*$/.test(path)) return path;
  const characters = Array.from(new TextEncoder().encode(path), (byte) => {
    const character = String.fromCharCode(byte);
    const isPlain = byte >= 0x20 && byte < 0x7f;
    return ESCAPES[character] ?? (isPlain ? character : `\\${byte.toString(8).padStart(3, '0')}`);
  });
  return `"${characters.join('')}"`;
}

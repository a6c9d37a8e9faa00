import type { ReleasedFile } from '../../project/release-package.ts';

/** The files of a project next to what a release rendered, by path, sorted. */
export interface Comparison {
  readonly same: readonly string[];
  readonly edited: readonly string[];
  readonly deleted: readonly string[];
  /** Files that the release does not render. */
  readonly unknown: readonly string[];
  /** How many of the rendered lines are in the project, from 0 to 1. */
  readonly share: number;
}

/** Compares what was rendered with the texts of a project, whose files are at `paths`; other line ends are no edit. */
export function compare(
  rendered: readonly ReleasedFile[],
  textAt: (path: string) => string | undefined,
  paths: readonly string[],
): Comparison {
  const found = rendered.map(({ path, text }) => {
    const ours = textAt(path)?.replaceAll('\r\n', '\n');
    const lines = linesOf(text);
    return {
      path,
      state: stateOf(text, ours),
      lines: lines.length,
      kept: ours === undefined ? 0 : keptOf(lines, ours),
    };
  });
  const inState = (state: State) => found.filter((file) => file.state === state).map(({ path }) => path);
  const known = new Set(rendered.map(({ path }) => path));
  const sum = (key: 'lines' | 'kept') => found.reduce((total, file) => total + file[key], 0);
  return {
    same: inState('same'),
    edited: inState('edited'),
    deleted: inState('deleted'),
    unknown: paths.filter((path) => !known.has(path)).sort(),
    share: sum('kept') / Math.max(1, sum('lines')),
  };
}

type State = 'same' | 'edited' | 'deleted';

function stateOf(text: string, ours: string | undefined): State {
  if (ours === undefined) return 'deleted';
  return ours === text.replaceAll('\r\n', '\n') ? 'same' : 'edited';
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** How many lines a text still has, wherever they are. */
function keptOf(lines: readonly string[], ours: string): number {
  const left = new Map<string, number>();
  for (const line of linesOf(ours)) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count > 0;
  }).length;
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTo, extrasOf, removeFrom, setIn } from '../../src/commands/change/change-answers.ts';
import { keptPaths } from '../../src/commands/change/merge-project.ts';
import { findMarkers } from '../../src/merge/markers.ts';
import type { Answers } from '../../src/model/answers.ts';
import { isExpected } from '../../src/model/errors.ts';
import type { FileState } from '../../src/model/files.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { changedWithConflicts, contentOf, created, options, type Project } from '../support/project-in-memory.ts';
import { answersFor } from '../support/projects.ts';
import { holds } from '../support/property.ts';

/** How many cases in all. Thousands are worth a run after a change of merging: KEEP_CASES=10000, some ten minutes. */
const CASES = Number(process.env['KEEP_CASES'] ?? 300);

/** Seeds that once found a counterexample. */
const SEEDS: readonly number[] = [];

const IDS = extrasOf(options).map(({ id }) => id);
const ids = fc.uniqueArray(fc.constantFrom(...IDS), { maxLength: 4 });

/** Answers, starting from nothing chosen. */
const answers = fc
  .record({ combination: fc.constantFrom(...supportedCombinations(options.catalog)), ids })
  .map(({ combination, ids }) => added(answersFor(combination, { middleware: [], features: [] }), ids));

/** A change of answers. */
type Change = (answers: Answers) => Answers;
const addition = ids.map(
  (list): Change =>
    (to) =>
      added(to, list),
);
const removal = ids.map(
  (list): Change =>
    (from) =>
      list.reduce((rest, id) => possible(rest, () => removeFrom(rest, [id], options)), from),
);
const setting = fc
  .constantFrom('framework', 'dbLayer', 'database')
  .chain((axis) =>
    fc.constantFrom(
      ...(options.axes.find(({ key }) => key === axis)?.choices ?? []).map(({ id }) => [axis, id] as const),
    ),
  )
  .map(
    ([axis, id]): Change =>
      (answers) =>
        possible(answers, () => setIn(answers, [`${axis === 'dbLayer' ? 'db-layer' : axis}=${id}`], options)),
  );
const change = fc.oneof(
  { weight: 3, arbitrary: addition },
  { weight: 3, arbitrary: removal },
  { weight: 1, arbitrary: setting },
);

/** Adds each id that the project can have. */
function added(to: Answers, list: readonly string[]): Answers {
  return list.reduce((all, id) => possible(all, () => addTo(all, [id], options)), to);
}

/** Other answers, or the same if they are refused. */
function possible(before: Answers, after: () => Answers): Answers {
  try {
    return after();
  } catch (error) {
    if (isExpected(error)) return before;
    throw error;
  }
}

/** An edit of a person, of the file and the line at these fractions of all. */
interface Edit {
  readonly kind: 'insert' | 'append' | 'end' | 'delete-line' | 'delete-file' | 'crlf' | 'new-file' | 'executable';
  readonly file: number;
  readonly line: number;
}

const fraction = fc.double({ min: 0, max: 0.999, noNaN: true });
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom<Edit['kind'][]>(
    'insert',
    'insert',
    'insert',
    'append',
    'append',
    'end',
    'delete-line',
    'delete-file',
    'crlf',
    'new-file',
    'executable',
  ),
  file: fraction,
  line: fraction,
});
const edits = fc.array(edit, { minLength: 1, maxLength: 8 });

/** Lists of edits of one project, each a case: rendering it takes longer than merging. */
const PER_PROJECT = 10;
const manyEdits = fc.array(edits, { minLength: PER_PROJECT, maxLength: PER_PROJECT });

/** What starts a comment in a file; `null` where there is none, or what a comment may be is not known. */
function commentIn(path: string): string | null {
  if (/(?:\.rs|\.proto)$/.test(path)) return '//';
  if (/(?:\.toml|\.ya?ml|\.sh|\.example|ignore|attributes|Dockerfile|justfile|\.md)$/.test(path)) return '#';
  return path.endsWith('.sql') ? '--' : null;
}

interface Edited {
  readonly project: Project;
  readonly lines: readonly string[];
}

/** The project with edits, and the lines that the person has written, which must not be lost. */
function edited(project: Project, list: readonly Edit[]): Edited {
  const files = new Map(project.files);
  const lines: string[] = [];
  for (const [number, { kind, file, line }] of list.entries()) {
    const paths = [...project.files.keys()].filter((path) => commentIn(path) !== null && files.has(path));
    const path = paths[Math.floor(file * paths.length)] ?? '';
    const state = files.get(path);
    if (state === undefined) continue;
    if (kind === 'new-file') {
      files.set(`src/mine_${number}.rs`, textState('// mine\n'));
      continue;
    }
    if (kind === 'delete-file') {
      files.delete(path);
      continue;
    }
    if (kind === 'executable') {
      files.set(path, { ...state, mode: state.mode === 'file' ? 'executable' : 'file' });
      continue;
    }
    const own = `${commentIn(path)} edit ${number} of a person`;
    const text = new TextDecoder().decode(state.bytes);
    files.set(path, { ...state, bytes: new TextEncoder().encode(editedText(text, kind, line, own)) });
    if (kind !== 'delete-line' && kind !== 'crlf') lines.push(own);
  }
  const texts = [...files.values()].map(textOf).join('\n');
  return { project: { ...project, files }, lines: lines.filter((line) => texts.includes(line)) };
}

function editedText(text: string, kind: Edit['kind'], position: number, own: string): string {
  if (kind === 'crlf') return text.replaceAll(/\r?\n/g, '\r\n');
  if (kind === 'end') return `${text}${own}\n`;
  const lines = text.split('\n');
  const index = Math.floor(position * Math.max(lines.length - 1, 1));
  if (kind === 'delete-line') lines.splice(index, 1);
  else if (kind === 'insert') lines.splice(index, 0, own);
  else lines[index] = `${lines[index]?.replace(/\r$/, '')} ${own}`;
  return lines.join('\n');
}

function textState(text: string): FileState {
  return { bytes: new TextEncoder().encode(text), mode: 'file' };
}

function textOf({ bytes }: FileState): string {
  return new TextDecoder().decode(bytes);
}

const runs = (share: number) => ({ runs: Math.max(1, Math.round(CASES * share)), seeds: SEEDS });
const TIME = Math.max(600_000, CASES * 1000);

describe('of any project', () => {
  test(
    'what is added later is as if it had been chosen, and what is set',
    async () => {
      await holds(
        fc.asyncProperty(answers, fc.oneof(addition, setting), async (before, change) => {
          const now = change(before);
          const { project, conflicts } = await changedWithConflicts(created(before), now);
          expect([...conflicts]).toEqual([]);
          const wanted = created(now);
          // A migration that may have been applied stays, also if what is added makes do without it.
          const left = [...project.base.keys()].filter((path) => !wanted.base.has(path));
          expect(keptPaths(project.base)).toEqual(expect.arrayContaining(left));
          if (left.length === 0) expect(contentOf(project)).toEqual(contentOf(wanted));
          else expect([...wanted.files.keys()].filter((path) => !project.files.has(path))).toEqual([]);
        }),
        runs(0.1),
      );
    },
    TIME,
  );

  test(
    'what is added and removed leaves nothing but files that are written once',
    async () => {
      await holds(
        fc.asyncProperty(answers, ids, async (before, list) => {
          const start = created(before);
          const chosen = list.filter((id) => JSON.stringify(added(before, [id])) !== JSON.stringify(before));
          const more = await changedWithConflicts(start, added(before, chosen));
          const back = await changedWithConflicts(more.project, before);
          expect([...more.conflicts, ...back.conflicts]).toEqual([]);
          const kept = keptPaths(more.project.base).filter((path) => !start.base.has(path));
          const files = new Map([...back.project.files].filter(([path]) => !kept.includes(path)));
          if (kept.length === 0) expect(contentOf(back.project)).toEqual(contentOf(start));
          else expect([...files.keys()].sort()).toEqual([...start.files.keys()].sort());
        }),
        runs(0.1),
      );
    },
    TIME,
  );
});

describe('of any project with any edits', () => {
  test(
    'nothing changes if the answers stay',
    async () => {
      await holds(
        fc.asyncProperty(answers, manyEdits, async (before, lists) => {
          for (const list of lists) {
            const start = edited(created(before), list).project;
            const { project, conflicts } = await changedWithConflicts(start, before);
            expect([...conflicts]).toEqual([]);
            expect(contentOf(project)).toEqual(contentOf(start));
          }
        }),
        runs(0.2 / PER_PROJECT),
      );
    },
    TIME,
  );

  test(
    'every line of a person survives every change, other files are untouched, and a second time changes nothing',
    async () => {
      await holds(
        fc.asyncProperty(answers, manyEdits, change, async (before, lists, change) => {
          for (const list of lists) await checkChange(edited(created(before), list), change(before));
        }),
        runs(0.6 / PER_PROJECT),
      );
    },
    TIME,
  );
});

async function checkChange({ project: start, lines }: Edited, now: Answers): Promise<void> {
  const { project, conflicts } = await changedWithConflicts(start, now);
  const texts = [...project.files.values()].map(textOf).join('\n');
  expect(lines.filter((line) => !texts.includes(line))).toEqual([]);
  const known = new Set([...start.base.keys(), ...project.base.keys()]);
  const others = ({ files }: Project) => [...files].filter(([path]) => !known.has(path));
  expect(others(project)).toEqual(others(start));
  // Nothing is left to decide where nothing is in conflict.
  const marked = [...project.files].filter(([, state]) => findMarkers(textOf(state)).length > 0);
  expect(marked.map(([path]) => path).filter((path) => !conflicts.has(path))).toEqual([]);
  if (conflicts.size > 0) return;
  const again = await changedWithConflicts(project, now);
  expect([...again.conflicts]).toEqual([]);
  expect(contentOf(again.project)).toEqual(contentOf(project));
}

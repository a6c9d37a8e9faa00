import { unifiedDiff } from '../merge/unified-diff.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import type { FileState } from '../model/files.ts';
import { DIFF_OPTIONS } from '../options/command-options.ts';
import { readFlags } from '../options/flags.ts';
import { findProject } from '../project/record-files.ts';
import { assertSettled } from '../project/transaction.ts';
import { diffText, type FileDiff, patchText } from '../ui/diff-text.ts';
import { openProject } from './change/open-project.ts';
import { refusePending } from './change/pending-change.ts';
import { type ChangedFile, planChange } from './change/plan-change.ts';
import type { Command } from './context.ts';
import { loadProjectOptions } from './packs/project-options.ts';
import { answersUnder, enforceFor } from './policy/enforce.ts';

/** `create-api diff [path…]`: shows what `update` would change, by file or as a patch. */
export const diff: Command = async (context) => {
  const { argv, cwd, terminal } = context;
  const { operands, problems, switches } = await readFlags(DIFF_OPTIONS, argv);
  if (problems.length > 0) throw new ExpectedError(EXIT.usage, problems);
  const root = findProject(cwd);
  assertSettled(root);
  await refusePending(root, context);
  const unruled = await loadProjectOptions(root, [], context);
  const project = openProject(root, unruled);
  const options = await enforceFor(project, unruled, context);
  const { files } = await planChange(project, answersUnder(project.lock.answers, options), options);
  const paths = [...new Set([...project.base.keys(), ...files.map(({ path }) => path)])];
  const unknown = operands.filter((each) => !paths.some((path) => isIn(path, each)));
  if (unknown.length > 0)
    throw new ExpectedError(
      EXIT.usage,
      unknown.map((each) => unknownPath(each, paths)),
    );
  const isWanted = (path: string) => operands.length === 0 || operands.some((each) => isIn(path, each));
  const diffs = files.filter(({ path }) => isWanted(path)).flatMap(diffOf);
  const text = switches['patch'] ? patchText(diffs) : diffText(diffs, terminal);
  return { exitCode: EXIT.done, text, json: { ok: true, exitCode: EXIT.done, path: root, files: diffs } };
};

function isIn(path: string, wanted: string): boolean {
  const folder = wanted.replace(/^\.\/|\/$/g, '');
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

function unknownPath(given: string, paths: readonly string[]): Problem {
  const guess = didYouMean(given, paths);
  const message = `create-api renders no file ${given} in the project`;
  return {
    code: 'unknown-path',
    message,
    hint: guess ? `did you mean ${guess}?` : 'paths begin at the root of the project',
  };
}

export function diffOf({ path, outcome, before }: ChangedFile): readonly FileDiff[] {
  if (outcome.action === 'none') return [];
  const after =
    outcome.action === 'conflict' ? outcome.marked : outcome.action === 'delete' ? undefined : outcome.result;
  // Git has no patch between a file and a link.
  const isReplaced =
    before !== undefined && after !== undefined && (before.mode === 'link') !== (after.mode === 'link');
  if (isReplaced && 'result' in outcome) {
    return [
      ...diffOf({ path, outcome: { action: 'delete' }, before }),
      ...diffOf({ path, outcome: { action: 'create', result: after } }),
    ];
  }
  const texts = [before, after].map(textOf);
  const [from, to] = texts;
  const hunks = from === undefined || to === undefined ? null : unifiedDiff(from, to);
  const reason = outcome.action === 'conflict' ? outcome.reason : null;
  return [{ path, action: outcome.action, modes: [modeOf(before), modeOf(after)], hunks, reason }];
}

/** The text of a file; an empty one if there is no file, `undefined` if it is no text. */
function textOf(state: FileState | undefined): string | undefined {
  if (state === undefined) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(state.bytes);
  } catch {
    return undefined;
  }
}

const MODES = { file: '100644', executable: '100755', link: '120000' };

function modeOf(state: FileState | undefined): string | null {
  return state === undefined ? null : MODES[state.mode];
}

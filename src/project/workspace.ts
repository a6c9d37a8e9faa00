import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { explainIoError } from './io-error.ts';
import { ancestorsOf } from './paths.ts';
import { makeStage, removeTree } from './stage.ts';
import type { Target } from './target.ts';
import { addMember } from './workspace-members.ts';

/** What became of the wish to be a member: added to the list, or covered by it already. */
export interface WorkspaceJoin {
  /** The workspace's `Cargo.toml`. */
  readonly manifest: string;
  /** The project's folder as the list names it, with `/`. */
  readonly member: string;
  readonly status: 'added' | 'already-member';
}

interface Workspace {
  readonly members: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * The `Cargo.toml` of the workspace that Cargo would take a package in the folder `path` for a member of.
 * https://doc.rust-lang.org/cargo/reference/workspaces.html#the-members-and-exclude-fields
 */
export async function findWorkspace(path: string): Promise<string | null> {
  for (const folder of ancestorsOf(dirname(path))) {
    const manifest = join(folder, 'Cargo.toml');
    const workspace = await readWorkspace(readIfThere(manifest));
    if (workspace !== null) return isExcluded(memberName(manifest, path), workspace) ? null : manifest;
  }
  return null;
}

/**
 * Makes the project a member of the workspace around it; only `members` is touched, comments stay.
 * Throws an `ExpectedError` that says what to add by hand where the list cannot be edited safely.
 */
export async function joinWorkspace(target: Pick<Target, 'path' | 'insideWorkspace'>): Promise<WorkspaceJoin> {
  const manifest = target.insideWorkspace;
  if (manifest === null) throw new Error(`no workspace around ${target.path}`);
  const member = memberName(manifest, target.path);
  const before = readIfThere(manifest);
  const workspace = await readWorkspace(before);
  if (workspace === null) throw byHand(manifest, member);
  if (workspace.members.some((pattern) => matches(pattern, member))) {
    return { manifest, member, status: 'already-member' };
  }
  const after = addMember(before, member);
  const expected = [...workspace.members, member];
  const found = (await readWorkspace(after))?.members;
  // The edit is textual; only one that parses to exactly one more member is kept.
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw byHand(manifest, member);
  replaceText(manifest, after);
  return { manifest, member, status: 'added' };
}

async function readWorkspace(text: string): Promise<Workspace | null> {
  // Most folders have no workspace above them: the parser is loaded only where one is likely.
  if (!text.includes('workspace')) return null;
  const { parse } = await import('smol-toml');
  try {
    const { workspace } = parse(text);
    if (typeof workspace !== 'object' || workspace instanceof Date || Array.isArray(workspace)) return null;
    return { members: stringsOf(workspace['members']), exclude: stringsOf(workspace['exclude']) };
  } catch {
    // Cargo will say what is wrong with it; it is not ours to judge.
    return null;
  }
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function memberName(manifest: string, path: string): string {
  return relative(dirname(manifest), path).split(sep).join('/');
}

function isExcluded(member: string, { members, exclude }: Workspace): boolean {
  const isBelow = (folder: string) => `${member}/`.startsWith(`${plain(folder)}/`);
  return exclude.some(isBelow) && !members.includes(member);
}

/** Whether a pattern of `members` covers a folder; brackets are not read, naming a member twice does no harm. */
function matches(pattern: string, member: string): boolean {
  const source = plain(pattern)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`).test(member);
}

/** A folder as lists may write it (`./crates/`), without what means nothing. */
function plain(folder: string): string {
  return posix.normalize(folder).replace(/\/+$/, '');
}

function replaceText(path: string, text: string): void {
  try {
    const stage = makeStage(dirname(path));
    try {
      writeFileSync(join(stage, 'Cargo.toml'), text, { mode: statSync(path).mode });
      renameSync(join(stage, 'Cargo.toml'), path);
    } finally {
      removeTree(stage);
    }
  } catch (error) {
    throw explainIoError(error, path);
  }
}

function byHand(manifest: string, member: string): ExpectedError {
  return new ExpectedError(EXIT.failed, [
    {
      code: 'workspace-not-edited',
      message: `the list of members in ${manifest} could not be edited; the project's files are kept`,
      hint: `add ${JSON.stringify(member)} to workspace.members there`,
    },
  ]);
}

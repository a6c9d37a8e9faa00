import { accessSync, chmodSync, constants, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { isIoError, reasonOf } from './io-error.ts';
import { ancestorsOf, entryAt } from './paths.ts';
import { makeStage, removeStage } from './stage.ts';
import type { Target } from './target.ts';
import { addMember } from './workspace-members.ts';

/** A change to a workspace's manifest. */
export interface WorkspaceEdit {
  /** The workspace's `Cargo.toml`. */
  readonly manifest: string;
  readonly text: string;
}

type Joining = Pick<Target, 'path' | 'insideWorkspace'>;

interface Workspace {
  readonly members: readonly string[];
  readonly exclude: readonly string[];
}

/** The workspace around a folder. */
export interface FoundWorkspace {
  /** Its `Cargo.toml`. */
  readonly manifest: string;
  /** Its list of members covers the folder already, e.g. with `crates/*`: a package there has to be a member. */
  readonly isCovered: boolean;
}

/**
 * The workspace that Cargo would look for a package in the folder `path` in.
 * https://doc.rust-lang.org/cargo/reference/workspaces.html#the-members-and-exclude-fields
 */
export async function findWorkspace(path: string): Promise<FoundWorkspace | null> {
  for (const folder of ancestorsOf(dirname(path))) {
    const manifest = join(folder, 'Cargo.toml');
    const workspace = await readWorkspace(readIfThere(manifest));
    if (workspace === null) continue;
    const member = memberName(manifest, path);
    return isExcluded(member, workspace) ? null : { manifest, isCovered: isCovered(member, workspace) };
  }
  return null;
}

/**
 * Computes, without changing anything, the edit that makes the project a member of the workspace around it. Only `members`
 * changes, comments stay. `null` if the list covers the project already.
 * Throws an `ExpectedError` that says what to add by hand if the manifest cannot be edited, or not safely.
 */
export async function planJoin({ path, insideWorkspace }: Joining): Promise<WorkspaceEdit | null> {
  const manifest = insideWorkspace;
  if (manifest === null) throw new Error(`no workspace around ${path}`);
  const member = memberName(manifest, path);
  const before = readIfThere(manifest);
  const workspace = await readWorkspace(before);
  if (workspace === null) throw byHand(manifest, member, 'it cannot be read');
  if (isCovered(member, workspace)) return null;
  if (entryAt(manifest)?.isSymbolicLink()) throw byHand(manifest, member, 'it is a link');
  const text = addMember(before, member);
  const expected = [...workspace.members, member];
  const found = (await readWorkspace(text))?.members;
  // The edit is textual; only one that parses to exactly one more member is kept.
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw byHand(manifest, member, 'its list has an unusual form');
  try {
    accessSync(manifest, constants.W_OK);
    accessSync(dirname(manifest), constants.W_OK);
  } catch (error) {
    throw isIoError(error) ? byHand(manifest, member, reasonOf(error)) : error;
  }
  return { manifest, text };
}

/** Applies the edit of {@link planJoin} to the current manifest; throws the same errors. */
export async function joinWorkspace(joining: Joining): Promise<void> {
  const edit = await planJoin(joining);
  if (edit === null) return;
  try {
    replaceText(edit.manifest, edit.text);
  } catch (error) {
    throw isIoError(error) ? byHand(edit.manifest, memberName(edit.manifest, joining.path), reasonOf(error)) : error;
  }
}

async function readWorkspace(text: string): Promise<Workspace | null> {
  // Most folders are not in a workspace: the parser is loaded only if one is likely.
  if (!text.includes('workspace')) return null;
  const { parse } = await import('smol-toml');
  try {
    const { workspace } = parse(text);
    if (typeof workspace !== 'object' || workspace instanceof Date || Array.isArray(workspace)) return null;
    return { members: stringsOf(workspace['members']), exclude: stringsOf(workspace['exclude']) };
  } catch {
    // Cargo reports what is wrong with it.
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

function isCovered(member: string, { members }: Workspace): boolean {
  return members.some((pattern) => matches(pattern, member));
}

/** Whether a pattern of `members` covers a folder. Brackets are not supported: naming a member twice is harmless. */
function matches(pattern: string, member: string): boolean {
  const source = plain(pattern)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`).test(member);
}

/** A folder from a list, normalised: `./crates/` is `crates`. */
function plain(folder: string): string {
  return posix.normalize(folder).replace(/\/+$/, '');
}

function replaceText(path: string, text: string): void {
  const stage = makeStage(dirname(path));
  try {
    const draft = join(stage, 'Cargo.toml');
    writeFileSync(draft, text);
    // The mode stays what it was, whatever the umask.
    chmodSync(draft, statSync(path).mode);
    renameSync(draft, path);
  } finally {
    removeStage(stage);
  }
}

function byHand(manifest: string, member: string, reason: string): ExpectedError {
  return new ExpectedError(EXIT.failed, [
    {
      code: 'workspace-not-edited',
      message: `the project could not be added to the members of ${manifest}: ${reason}`,
      hint: `add ${JSON.stringify(member)} to workspace.members there`,
    },
  ]);
}

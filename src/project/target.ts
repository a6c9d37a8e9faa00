import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve, sep } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { explainIoError } from './io-error.ts';
import { ancestorsOf, entryAt } from './paths.ts';
import { findWorkspace } from './workspace.ts';

/** The state of the folder that a project is created in. */
export interface Target {
  /** Absolute; links above the folder are resolved. */
  readonly path: string;
  readonly kind: 'absent' | 'empty' | 'occupied';
  /** It is inside the working tree of a git repository. */
  readonly insideGit: boolean;
  /** The root of that working tree. */
  readonly repositoryRoot: string | null;
  /** The `Cargo.toml` of the Cargo workspace around it. */
  readonly insideWorkspace: string | null;
  /** The workspace's list of members covers the folder already. */
  readonly isWorkspaceMember: boolean;
}

/**
 * Inspects the folder `dir` (relative to the working directory) without changing anything.
 * Throws an `ExpectedError` if it is a file or a link, cannot be read, or Cargo could not build in it.
 */
export async function inspectTarget(dir: string): Promise<Target> {
  if (dir.includes('\0')) throw notAFolder(JSON.stringify(dir), 'contains a NUL character');
  try {
    const path = resolveLinksAbove(resolve(dir));
    const reason = unbuildableReason(path);
    if (reason !== null) throw unbuildable(path, reason);
    const workspace = await findWorkspace(path);
    const repositoryRoot = ancestorsOf(path).find((ancestor) => existsSync(join(ancestor, '.git'))) ?? null;
    return {
      path,
      kind: kindOf(path),
      insideGit: repositoryRoot !== null,
      repositoryRoot,
      insideWorkspace: workspace?.manifest ?? null,
      isWorkspaceMember: workspace?.isCovered ?? false,
    };
  } catch (error) {
    throw explainIoError(error, dir);
  }
}

/** Why Cargo cannot build in a folder, as a clause; `null` if it can. */
function unbuildableReason(path: string): string | null {
  // Cargo adds folders of the project to a search path such as LD_LIBRARY_PATH or PATH.
  if (path.includes(delimiter)) return `"${delimiter}" separates the folders of a search path`;
  // LLVM's linker, the default on Linux, replaces it in the name of its output.
  if (sep === '/' && path.includes('%')) return 'the linker replaces "%"';
  // Node has replaced bytes that are not UTF-8, which rustc does not accept either.
  return path.includes('\uFFFD') ? 'it is not valid UTF-8' : null;
}

function unbuildable(path: string, reason: string): ExpectedError {
  return new ExpectedError(EXIT.usage, [
    {
      code: 'unbuildable-path',
      message: `Cargo cannot build in ${path}: ${reason}`,
      hint: 'choose another directory',
    },
  ]);
}

function kindOf(path: string): Target['kind'] {
  const entry = entryAt(path);
  if (entry === null) return 'absent';
  if (entry.isSymbolicLink()) throw notAFolder(path, 'is a symbolic link: nothing is written through links');
  if (!entry.isDirectory()) throw notAFolder(path, 'is a file');
  return readdirSync(path).length === 0 ? 'empty' : 'occupied';
}

function resolveLinksAbove(path: string): string {
  const parent = dirname(path);
  if (parent === path) return path;
  return join(entryAt(parent) === null ? resolveLinksAbove(parent) : realpathSync(parent), basename(path));
}

function notAFolder(path: string, reason: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'target-not-a-folder',
      message: `${path} ${reason}`,
      allowed: 'a folder, or a path that does not exist',
      hint: 'choose another directory',
    },
  ]);
}

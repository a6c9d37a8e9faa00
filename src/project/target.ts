import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { explainIoError } from './io-error.ts';
import { ancestorsOf, entryAt } from './paths.ts';
import { findWorkspace } from './workspace.ts';

/** The folder a project goes to, as it was found. */
export interface Target {
  /** Absolute; links above the folder are resolved. */
  readonly path: string;
  readonly kind: 'absent' | 'empty' | 'occupied';
  /** It is, or lies in, the working tree of a git repository. */
  readonly insideGit: boolean;
  /** The `Cargo.toml` of the Cargo workspace around it. */
  readonly insideWorkspace: string | null;
  /** That workspace's list of members covers the folder already. */
  readonly isWorkspaceMember: boolean;
}

/**
 * Looks at the folder `dir` (relative to the working directory) without changing anything.
 * Throws an `ExpectedError` where it is a file or a link, or cannot be read.
 */
export async function inspectTarget(dir: string): Promise<Target> {
  if (dir.includes('\0')) throw notAFolder(JSON.stringify(dir), 'has a NUL character, which no path can have');
  try {
    const path = resolveLinksAbove(resolve(dir));
    const workspace = await findWorkspace(path);
    return {
      path,
      kind: kindOf(path),
      insideGit: ancestorsOf(path).some((ancestor) => existsSync(join(ancestor, '.git'))),
      insideWorkspace: workspace?.manifest ?? null,
      isWorkspaceMember: workspace?.isCovered ?? false,
    };
  } catch (error) {
    throw explainIoError(error, dir);
  }
}

function kindOf(path: string): Target['kind'] {
  const entry = entryAt(path);
  if (entry === null) return 'absent';
  if (entry.isSymbolicLink()) throw notAFolder(path, 'is a link; nothing is written through links');
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
      allowed: 'a folder, or a path where nothing is yet',
      hint: 'choose another directory',
    },
  ]);
}

import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { PackContent, PinnedPack } from '../../model/project-record.ts';

/** A team's pack that is used. */
export interface OpenPack extends PackContent {
  /** As it was given, which is relative to `base` if it is a folder. */
  readonly source: string;
  /** Absolute. */
  readonly base: string;
  /** A preset names it. */
  readonly isOfPreset?: boolean;
  readonly integrity: string;
}

/** Whether a source is a folder, as opposed to a package or a commit. */
export function isPath(source: string): boolean {
  return !/^(?:npm:|git\+)/.test(source);
}

/** A pack as the lock of the project in `root` has it: a folder is relative to the project, if it can be. */
export function pinnedIn(root: string, { name, source, base, integrity }: OpenPack): PinnedPack {
  return { name, source: isPath(source) ? relativePath(root, resolve(base, source)) : source, integrity };
}

/** The path of a folder from another one with `/`, as it is typed; absolute on another drive. */
function relativePath(from: string, to: string): string {
  const path = relative(from, to).split(sep).join('/');
  return isAbsolute(path) || path === '..' || path.startsWith('../') ? path : `./${path}`;
}

import { readdir } from 'node:fs/promises';
import { PackError, type PackProblem } from '../model/errors.ts';
import { isOlder } from '../model/version.ts';

/** Whether the rest of a pack cannot be checked: without a file for the whole pack, or an axis. */
export function isFundamental({ code, key }: PackProblem): boolean {
  return code === 'missing-file' || code === 'invalid-json' || /^axes\b/.test(key ?? '');
}

/** Throws if a pack is of another format: the rest of it says nothing. */
export function requireFormat(problems: readonly PackProblem[]): void {
  const wrong = problems.filter(({ code, key }) => code === 'invalid-value' && key === 'formatVersion');
  if (wrong.length > 0) throw new PackError(wrong);
}

/** Throws if a pack needs a newer create-api than `version`, as its manifest `file` says. */
export function requireCli(file: string, minCli: string, version: string): void {
  if (!isOlder(version, minCli)) return;
  const message = `${file}: minCli is ${minCli}, but this is create-api ${version}`;
  const hint = `npx create-api@${minCli}`;
  throw new PackError([{ code: 'newer-cli-needed', file, key: 'minCli', message, hint }]);
}

/** A problem for each folder in `root` that is not one of a pack's; hidden ones, such as `.git`, are not part of it. */
export async function problemsOfRoot(root: string, folders: readonly string[]): Promise<readonly PackProblem[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const unknown = entries.filter(({ name }) => !name.startsWith('.') && !folders.includes(name));
  return unknown
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      code: 'unknown-folder',
      file: name,
      message: `${name}/ is not a folder of a pack`,
      allowed: folders.join(', '),
    }));
}

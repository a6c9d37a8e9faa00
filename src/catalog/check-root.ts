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

/** A problem for each folder at the root of a pack that is not one of a pack's `folders`. */
export function problemsOfRoot(others: readonly string[], folders: readonly string[]): readonly PackProblem[] {
  return others.map((name) => ({
    code: 'unknown-folder',
    file: name,
    message: `${name}/ is not a folder of a pack`,
    allowed: folders.join(', '),
  }));
}

import { EXIT, ExpectedError } from '../model/errors.ts';

/** What a person can do about an error of the file system, by its code. */
const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EACCES: ['it is not allowed', 'choose a folder that you may write to'],
  EPERM: ['it is not allowed', 'choose a folder that you may write to'],
  EROFS: ['the file system is read-only', 'choose a folder that you may write to'],
  ENOSPC: ['the disk is full', 'free some space and run it again'],
  EDQUOT: ['your disk quota is used up', 'free some space and run it again'],
  ENAMETOOLONG: ['the path is too long for this file system', 'choose a shorter path'],
  EILSEQ: ['this file system cannot represent the name', 'choose another name for the folder'],
  EINVAL: ['this file system cannot represent the name', 'choose another name for the folder'],
  ENOTDIR: ['a part of the path is a file', 'choose a path that goes through folders only'],
  ELOOP: ['its links form a circle', 'choose another folder'],
};

/** Whether a call of the file system failed, with one of `codes` where any are given. */
export function isIoError(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return false;
  return codes.length === 0 || codes.includes(String(error.code));
}

/** Why a call of the file system failed, in words. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  return REASONS[error.code ?? '']?.[0] ?? error.message;
}

/** An error of the file system in words, for `path`; anything else, a bug, is given back as it is. */
export function explainIoError(error: unknown, path: string): unknown {
  if (!isIoError(error)) return error;
  const hint = REASONS[error.code ?? '']?.[1] ?? 'mend that and run it again';
  const message = `cannot write ${path}: ${reasonOf(error)}`;
  return new ExpectedError(EXIT.failed, [{ code: 'cannot-write', message, hint }]);
}

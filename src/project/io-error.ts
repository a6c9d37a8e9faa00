import { EXIT, ExpectedError } from '../model/errors.ts';

/** The reason and remedy of file system errors, by code. */
const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EACCES: ['permission denied', 'choose a folder that you may write to'],
  EPERM: ['permission denied', 'choose a folder that you may write to'],
  EROFS: ['the file system is read-only', 'choose a folder that you may write to'],
  ENOSPC: ['the disk is full', 'free some space and run it again'],
  EDQUOT: ['your disk quota is used up', 'free some space and run it again'],
  ENAMETOOLONG: ['the path is too long for this file system', 'choose a shorter path'],
  EILSEQ: ['this file system cannot represent the name', 'choose another name for the folder'],
  EINVAL: ['this file system cannot represent the name', 'choose another name for the folder'],
  ENOENT: ['nothing can be created there', 'choose another directory'],
  ENOTDIR: ['a part of the path is a file', 'choose a path below a folder'],
  ELOOP: ['its symbolic links form a loop', 'choose another folder'],
};

/** Whether an error comes from the file system, with one of `codes` if any are given. */
export function isIoError(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return false;
  return codes.length === 0 || codes.includes(String(error.code));
}

/** The reason of a file system error, in words. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  // Node writes "EBUSY: resource busy or locked, open '/a/b'".
  return REASONS[error.code ?? '']?.[0] ?? error.message.replace(/^[A-Z0-9]+: |, \w+(?: '.*)?$/g, '');
}

/** Turns a file system error at `path` into an `ExpectedError`; returns any other error, a bug, unchanged. */
export function explainIoError(error: unknown, path: string, verb: 'read' | 'write' = 'write'): unknown {
  if (!isIoError(error)) return error;
  const hint = REASONS[error.code ?? '']?.[1] ?? 'choose another directory';
  const message = `cannot ${verb} ${path}: ${reasonOf(error)}`;
  return new ExpectedError(EXIT.failed, [{ code: `cannot-${verb}`, message, hint }]);
}

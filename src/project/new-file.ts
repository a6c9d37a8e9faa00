import { writeFileSync } from 'node:fs';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { explainIoError, isIoError } from './io-error.ts';

/** Writes a file that is not there yet. Throws an `ExpectedError` if there is something, with `hint` as what to do, or it cannot be written. */
export function writeNewFile(path: string, text: string, hint: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if (!isIoError(error, 'EEXIST')) throw explainIoError(error, path);
    throw new ExpectedError(EXIT.conflict, [{ code: 'existing-file', message: `${path} exists already`, hint }]);
  }
}

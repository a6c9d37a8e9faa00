import { expect, test } from 'vitest';
import { explainIoError } from '../../../src/project/io-error.ts';

/** An error as Node throws it. */
const ioError = (code: string, text: string, syscall: string, path: string) =>
  Object.assign(new Error(`${code}: ${text}, ${syscall} '${path}'`), { code, syscall, path });

test.each([
  ['ENOENT', 'no such file or directory', 'mkdtemp', 'nothing can be created there'],
  ['EBUSY', 'resource busy or locked', 'open', 'resource busy or locked'],
])('%s is explained without the names of codes, calls and temporary files', (code, text, syscall, reason) => {
  expect(explainIoError(ioError(code, text, syscall, '/proc/.create-api-stage-XXXXXX'), '/proc/orders')).toMatchObject({
    exitCode: 1,
    problems: [{ message: `cannot write /proc/orders: ${reason}`, hint: 'choose another directory' }],
  });
});

test('any other error is a bug and stays as it is', () => {
  const error = new TypeError('x is undefined');
  expect(explainIoError(error, '/work')).toBe(error);
});

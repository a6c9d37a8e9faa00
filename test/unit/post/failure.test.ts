import { expect, test } from 'vitest';
import { failureOf } from '../../../src/post/failure.ts';

test.each([
  [
    'error: rustc 1.80.0 is not supported by the following package:\n  api@0.1.0 requires rustc 1.95\n',
    'the Rust toolchain is too old',
  ],
  [
    'error: failed to parse manifest\n\nCaused by:\n  feature `edition2024` is required\n',
    'the Rust toolchain is too old',
  ],
  [
    'error: failed to parse lock file\n\nCaused by:\n  lock file version 4 requires `-Znext-lockfile-bump`\n',
    'the Rust toolchain is too old',
  ],
  [
    "error: rustup could not choose a version of cargo to run, because one wasn't specified explicitly",
    'no Rust toolchain is installed',
  ],
  [
    'error: download of config.json failed\n\nCaused by:\n  [6] Could not resolve hostname',
    'offline: the crates could not be downloaded',
  ],
  [
    'error: failed to download `serde`\n\nCaused by:\n  attempting to make an HTTP request, but --offline was specified',
    'Cargo is offline',
  ],
  ["fatal: detected dubious ownership in repository at '/x'", 'another user owns the folder'],
  ['Author identity unknown\n\n*** Please tell me who you are.\n', 'git does not know who you are'],
  ["error: unknown option `initial-branch=main'\n", 'git is older than 2.28'],
  ['fatal: unable to write new index file: No space left on device', 'the disk is full'],
])('suggests what to do about %j', (output, reason) => expect(failureOf(output).reason).toContain(reason));

test.each([
  [
    '    Checking api v0.1.0\r    Building [=> ] 1/2\rerror[E0425]: cannot find value `x`\n --> src/main.rs\nerror: could not compile',
    'cannot find value `x`',
  ],
  ['fatal: cannot mkdir .git\n', 'cannot mkdir .git'],
  ['something else\n\n', 'something else'],
  ['', 'it failed without a message'],
])('otherwise repeats the output of the command: %j', (output, reason) =>
  expect(failureOf(output).reason).toBe(reason),
);

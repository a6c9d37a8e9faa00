import { expect, test } from 'vitest';
import { parseSource, printSource } from '../../../src/model/source.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

test.each([
  ['team.json', { kind: 'path', path: 'team.json' }],
  ['../presets/team.json', { kind: 'path', path: '../presets/team.json' }],
  ['C:\\presets\\team.json', { kind: 'path', path: 'C:\\presets\\team.json' }],
  ['npm:standard@1.2.3', { kind: 'npm', name: 'standard', version: '1.2.3', path: '' }],
  [
    'npm:@acme/standard@1.2.3-rc.1/presets/api.json',
    { kind: 'npm', name: '@acme/standard', version: '1.2.3-rc.1', path: 'presets/api.json' },
  ],
  [
    `git+https://git.example.com:8443/team/standard.git#${COMMIT}`,
    { kind: 'git', url: 'https://git.example.com:8443/team/standard.git', commit: COMMIT, path: '' },
  ],
  [
    `git+ssh://git@example.com/standard#${COMMIT}:packs/logging`,
    { kind: 'git', url: 'ssh://git@example.com/standard', commit: COMMIT, path: 'packs/logging' },
  ],
  [
    `git+file:///srv/standard.git#${COMMIT}`,
    { kind: 'git', url: 'file:///srv/standard.git', commit: COMMIT, path: '' },
  ],
])('%s is a source, and written as it was read', (text, source) => {
  expect(parseSource(text)).toEqual({ source });
  expect(printSource(source as never)).toBe(text);
});

test.each([
  ['', 'names no file'],
  ['a\0b', 'names no file'],
  ['x'.repeat(3000), 'names no file'],
  ['npm:', 'names no package'],
  ['npm:Standard@1.2.3', 'names no package'],
  ['npm:--registry=http://x@1.2.3', 'names no package'],
  ['npm:../x@1.2.3', 'names no package'],
  ['npm:standard', 'names no exact version'],
  ['npm:standard@latest', 'names no exact version'],
  ['npm:standard@^1.2.3', 'names no exact version'],
  ['npm:standard@1.2', 'names no exact version'],
  ['npm:standard@1.2.3/../../etc/passwd', 'leaves its package'],
  ['npm:standard@1.2.3/a\\..\\b', 'leaves its package'],
  [`git+https://example.com/x#main`, 'names no commit'],
  [`git+https://example.com/x`, 'names no commit'],
  [`git+https://example.com/x#${COMMIT.slice(0, 7)}`, 'names no commit'],
  [`git+https://example.com/x#--upload-pack=x`, 'names no commit'],
  [`git+https://example.com/x#${COMMIT}:../x`, 'leaves its package'],
  [`git+https://example.com/x#${COMMIT}:/etc`, 'leaves its package'],
  [`git+http://example.com/x#${COMMIT}`, 'over https, ssh or file only'],
  [`git+ext::sh -c touch% /tmp/x#${COMMIT}`, 'over https, ssh or file only'],
  [`git+--upload-pack=x#${COMMIT}`, 'over https, ssh or file only'],
  [`git+ssh://-oProxyCommand=touch/x#${COMMIT}`, 'no URL'],
  [`git+ssh://-oX@example.com/x#${COMMIT}`, 'no URL|starts with a hyphen'],
  [`git+ssh://-host/x#${COMMIT}`, 'no URL|starts with a hyphen'],
  [`git+https://user:secret@example.com/x#${COMMIT}`, 'has credentials'],
  [`git+https://token@example.com/x#${COMMIT}`, 'has credentials'],
  [`git+https://example.com/x?y=$(id)#${COMMIT}`, 'no URL'],
  [`git+file://host/x#${COMMIT}`, 'no URL'],
  [`git+https://example.com/#${COMMIT}`, 'names no repository'],
  ['https://example.com/team.json', 'no source'],
  ['javascript:alert(1)', 'no source'],
])('%j is refused', (text, message) => {
  expect(parseSource(text)).toMatchObject({
    problem: { code: 'invalid-source', message: expect.stringMatching(message) },
  });
});

test('what is not pinned is refused with the command that finds what to pin', () => {
  expect(parseSource('npm:@acme/x')).toMatchObject({
    problem: { hint: expect.stringContaining('npm view @acme/x version') },
  });
  expect(parseSource('git+https://example.com/x#v1.0')).toMatchObject({
    problem: { hint: expect.stringContaining('git ls-remote https://example.com/x v1.0') },
  });
  expect(parseSource('https://example.com/x.git')).toMatchObject({
    problem: { hint: expect.stringContaining('git+https://example.com/x.git') },
  });
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fillInHashes } from '../../src/render/hashed-file.ts';

const hash = createHash('sha256').update('SELECT "ä"').digest('hex');

test('the path and the text of a file have the hash of a string in it', () => {
  const text = '{ "query": "SELECT \\"ä\\"", "hash": "[sha256 query]" }';
  expect(fillInHashes('a/query-[sha256 query of find users].json', text)).toEqual({
    path: `a/query-${hash}.json`,
    text: text.replace('[sha256 query]', hash),
  });
});

test('other files stay as they are', () => {
  const file = { path: 'a.md', text: '[sha256 query]' };
  expect(fillInHashes(file.path, file.text)).toEqual(file);
});

test.each(['{ "hash": "[sha256 query]" }', '{ "query": 1 }', 'SELECT'])('there is no hash in %s', (text) => {
  expect(() => fillInHashes('[sha256 query].json', text)).toThrow();
});

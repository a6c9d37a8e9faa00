import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { benchModule } from './modules.ts';

const { digestOfFolder } = await benchModule('lib/files.mjs');
const { explained, requireTool } = await benchModule('lib/missing-tool.mjs');

test('the digest of a folder is that of its sources', () => {
  const folder = temporaryFolder('bench');
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('src/main.rs', 'fn main() {}');
  const digest = digestOfFolder(folder);
  for (const file of ['node_modules/a.js', 'target/b', 'venv/c.py', 'deep/.venv/d.py']) write(file, 'generated');
  expect(digestOfFolder(folder)).toBe(digest);
  write('src/main.rs', 'fn main() { }');
  expect(digestOfFolder(folder)).not.toBe(digest);
});

test('the error of a missing program says what to install', () => {
  const missing = Object.assign(new Error('spawn go ENOENT'), { code: 'ENOENT' });
  expect(explained(missing, 'go').message).toBe('go is missing: install Go 1.26 or later');
  const other = new Error('go build ended with 1');
  expect(explained(other, 'go')).toBe(other);
  expect(() => requireTool('no-such-program')).toThrow('no-such-program is missing');
  expect(() => requireTool('node')).not.toThrow();
});

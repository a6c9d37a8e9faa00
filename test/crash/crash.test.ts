import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileSet } from '../../src/model/files.ts';
import { inspectTarget } from '../../src/project/target.ts';
import { writeProject } from '../../src/project/write.ts';
import { contentsOf, fileSet, populate, temporaryFolder } from '../unit/project/temporary-folder.ts';
import { failEveryChange, interrupt, withoutTemporary } from './failing.ts';

const FILES = fileSet({ 'Cargo.toml': 'ours\n', 'src/main.rs': 'ours\n', 'src/routes/mod.rs': 'ours\n' });
const BEFORE = { 'Cargo.toml': 'mine\n', 'notes.txt': 'mine\n' };
const AFTER = {
  'Cargo.toml': 'ours\n',
  src: '<folder>',
  'src/main.rs': 'ours\n',
  'src/routes': '<folder>',
  'src/routes/mod.rs': 'ours\n',
};

async function write(folder: string, files: FileSet = FILES): Promise<void> {
  await writeProject(await inspectTarget(folder), files, 'overwrite');
}

describe('an absent folder', () => {
  test('is absent or complete after a kill at any moment, and the next run writes it', async () => {
    const count = await failEveryChange('kill', async (fail) => {
      const root = temporaryFolder();
      const api = join(root, 'api');
      await fail(() => write(api));
      const left = withoutTemporary(contentsOf(root));
      if (Object.keys(left).length > 0) expect(contentsOf(api)).toEqual(AFTER);
      else await writeProject(await inspectTarget(api), FILES, 'fail');
      expect(contentsOf(api)).toEqual(AFTER);
    });
    expect(count).toBeGreaterThan(5);
  });

  test('is absent, with nothing left beside it, or complete after a disk error at any moment', async () => {
    await failEveryChange('ENOSPC', async (fail) => {
      const root = temporaryFolder();
      const ended = await fail(() => write(join(root, 'api')));
      expect([0, 1, 'untouched']).toContain(ended);
      if (ended === 1) expect(contentsOf(root)).toEqual({});
      else expect(contentsOf(join(root, 'api'))).toEqual(AFTER);
    });
  });
});

describe('an existing folder', () => {
  test('is unchanged or complete after the recovery of the next run, after a kill at any moment', async () => {
    const count = await failEveryChange('kill', async (fail) => {
      const root = temporaryFolder();
      populate(root, BEFORE);
      await fail(() => write(root));
      await writeProject(await inspectTarget(root), fileSet({ LICENSE: 'MIT' }), 'skip');
      const { LICENSE, ...left } = withoutTemporary(contentsOf(root));
      expect(LICENSE).toBe('MIT');
      expect([BEFORE, { ...BEFORE, ...AFTER }]).toContainEqual(left);
    });
    expect(count).toBeGreaterThan(10);
  });

  test('is unchanged or complete after a disk error at any moment', async () => {
    await failEveryChange('ENOSPC', async (fail) => {
      const root = temporaryFolder();
      populate(root, BEFORE);
      const ended = await fail(() => write(root));
      const left = withoutTemporary(contentsOf(root));
      expect([0, 1, 'untouched']).toContain(ended);
      expect(left).toEqual(ended === 1 ? BEFORE : { ...BEFORE, ...AFTER });
    });
  });

  test('loses nothing if two changes fail in a row, which may also break the undo', async () => {
    await failEveryChange('ENOSPC', async (fail) => {
      const root = temporaryFolder();
      populate(root, BEFORE);
      await fail(() => write(root), 2);
      await writeProject(await inspectTarget(root), fileSet({ LICENSE: 'MIT' }), 'skip');
      const { LICENSE, ...left } = withoutTemporary(contentsOf(root));
      expect(LICENSE).toBe('MIT');
      expect([BEFORE, { ...BEFORE, ...AFTER }]).toContainEqual(left);
    });
  });

  test('is unchanged after the recovery of a third run, after a kill at any moment of the undo', async () => {
    // The same text as ours: a file already restored must not be mistaken for one that was written.
    const before = { ...BEFORE, 'src/main.rs': 'ours\n' };
    const interrupted = temporaryFolder();
    await interrupt(interrupted, before, FILES);
    const count = await failEveryChange('kill', async (fail) => {
      const root = temporaryFolder();
      cpSync(interrupted, root, { recursive: true });
      await fail(() => write(root, fileSet({ LICENSE: 'MIT' })));
      await writeProject(await inspectTarget(root), fileSet({ LICENSE: 'MIT' }), 'skip');
      expect(withoutTemporary(contentsOf(root))).toEqual({ ...before, src: '<folder>', LICENSE: 'MIT' });
    });
    expect(count).toBeGreaterThan(8);
  });

  test('keeps files edited after a kill', async () => {
    await failEveryChange('kill', async (fail) => {
      const root = temporaryFolder();
      populate(root, BEFORE);
      await fail(() => write(root));
      populate(root, { 'Cargo.toml': 'edited since\n' });
      await writeProject(await inspectTarget(root), fileSet({ LICENSE: 'MIT' }), 'skip');
      expect(contentsOf(root)).toMatchObject({ 'Cargo.toml': 'edited since\n' });
    });
  });
});

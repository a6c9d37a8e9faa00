import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { clientOf } from '../conformance/http/client.ts';
import { startService } from '../harness/service.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { TARGET_DIR } from '../support/cargo.ts';
import { createProject } from '../support/create-project.ts';
import { buildImage, type Image } from '../support/image-build.ts';
import { answersFor, catalog } from '../support/projects.ts';

const BUILD_MS = 20 * 60_000;
/** Where the steps install tools; kept for the next run. */
const TOOLS = path.join(TARGET_DIR, '..', 'image-tools');

describe('the image of the default project, built without a container engine', () => {
  const home = temporaryFolder('image');
  let image: Image;

  beforeAll(async () => {
    const [combination] = supportedCombinations(catalog);
    if (combination === undefined) throw new Error('the catalog has no supported combination');
    const project = createProject(answersFor(combination), home);
    const { CARGO_TARGET_DIR: _, DATABASE_URL: __, ...inherited } = process.env;
    image = await buildImage(project, path.join(home, 'stages'), {
      ...inherited,
      PATH: `${path.join(TOOLS, 'bin')}:${process.env['PATH']}`,
      CARGO_INSTALL_ROOT: TOOLS,
      // The same steps, but faster.
      CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
      CARGO_PROFILE_RELEASE_LTO: 'off',
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
    });
  }, BUILD_MS);

  test('contains the binary and what it needs, and none of the sources', () => {
    const [binary = ''] = image.entrypoint;
    expect(readdirSync(path.join(image.root, 'usr/local/bin'))).toEqual([binary]);
    expect(existsSync(path.join(image.root, 'app'))).toBe(false);
  });

  test('starts with the variables of the image, serves, and ends at SIGTERM', async () => {
    const entries = Object.entries(image.env).map(([name, value]) => [
      name,
      value.replace(':///', `://${image.root}/`),
    ]);
    const service = await startService({
      binary: path.join(image.root, 'usr/local/bin', image.entrypoint[0] ?? ''),
      args: image.entrypoint.slice(1),
      env: Object.fromEntries(entries),
      cwd: image.root,
    });
    const api = clientOf(service.baseUrl);
    expect((await api.get('/ready')).status).toBe(200);
    expect((await api.post('/api/v1/users', { name: 'Ada', email: 'ada@example.org' })).status).toBe(201);
    expect(await service.stop()).toMatchObject({ code: 0 });
  });
});

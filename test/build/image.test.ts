import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { clientOf } from '../conformance/http/client.ts';
import { startService } from '../harness/service.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { cargo, TARGET_DIR } from '../support/cargo.ts';
import { createProject } from '../support/create-project.ts';
import { buildImage, type Image } from '../support/image-build.ts';
import { answersFor, catalog } from '../support/projects.ts';

const BUILD_MS = 20 * 60_000;
/** Installed tools and their build output, cached for the next image. */
const TOOLS = path.join(TARGET_DIR, '..', 'image-tools');
const INTERMEDIATE = path.join(TARGET_DIR, '..', 'image-build');

function buildEnvironment(): Readonly<Record<string, string | undefined>> {
  const { CARGO_TARGET_DIR: _, DATABASE_URL: __, ...inherited } = process.env;
  return {
    ...inherited,
    PATH: `${path.join(TOOLS, 'bin')}:${process.env['PATH']}`,
    CARGO_INSTALL_ROOT: TOOLS,
    CARGO_BUILD_BUILD_DIR: INTERMEDIATE,
    // The same steps, sooner done.
    CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
    CARGO_PROFILE_RELEASE_LTO: 'off',
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  };
}

describe('the image of the default project, built without a container engine', () => {
  const home = temporaryFolder('image');
  let image: Image;

  beforeAll(async () => {
    const [combination] = supportedCombinations(catalog);
    if (combination === undefined) throw new Error('the catalog has no supported combination');
    const project = createProject(answersFor(combination), home);
    image = await buildImage(project, path.join(home, 'stages'), buildEnvironment());
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

describe('a member of a workspace, whose queries are checked by the compiler', () => {
  const home = temporaryFolder('member');
  const workspace = path.join(home, 'workspace');
  let member = '';

  beforeAll(async () => {
    const combination = supportedCombinations(catalog).find(
      ({ dbLayer, database }) => dbLayer === 'sqlx' && database === 'postgres',
    );
    if (combination === undefined) throw new Error('the catalog has no such combination');
    const answers = answersFor(combination, { name: `member-on-trial-${process.pid}` });
    mkdirSync(path.join(workspace, '.git'), { recursive: true });
    mkdirSync(path.join(workspace, 'crates/other/src'), { recursive: true });
    writeFileSync(path.join(workspace, 'crates/other/src/lib.rs'), '');
    writeFileSync(path.join(workspace, 'crates/other/Cargo.toml'), '[package]\nname = "other"\nedition = "2024"\n');
    writeFileSync(path.join(workspace, 'Cargo.toml'), '[workspace]\nresolver = "3"\nmembers = ["crates/other"]\n');
    // Cargo keeps what fits of a lock that it finds: the versions are those of the same project alone.
    cpSync(path.join(createProject(answers, home), 'Cargo.lock'), path.join(workspace, 'Cargo.lock'));
    member = createProject(answers, path.join(workspace, 'crates'), ['--workspace', 'join']);
    await cargo(['update', '--workspace', '--offline'], member);
  });

  test(
    'builds offline and without a database, from its folder and from the root',
    async () => {
      const offline = { CARGO_NET_OFFLINE: 'true' };
      await cargo(['check', '--all-targets', '--locked'], member, offline);
      await cargo(['check', '--all-targets', '--workspace', '--locked'], workspace, offline);
    },
    BUILD_MS,
  );

  test(
    'has a Dockerfile whose steps run',
    async () => {
      const image = await buildImage(member, path.join(home, 'stages'), buildEnvironment(), workspace);
      const [program = ''] = image.entrypoint;
      expect(program).toBe(path.basename(member));
      const { stdout } = await execa(path.join(image.root, 'usr/local/bin', program), ['--help']);
      expect(stdout).toContain(`Usage: ${program}`);
    },
    BUILD_MS,
  );
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Part } from '../../src/model/catalog.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { cargo, TARGET_DIR } from '../support/cargo.ts';
import { createProject } from '../support/create-project.ts';
import { answersFor, catalog, renderProject } from '../support/projects.ts';

const BUILD_MS = 20 * 60_000;

// No route of a new project streams, but its owner may add one.
describe.each(catalog.parts.framework)('responses that $id streams', (framework) => {
  const folder = temporaryFolder('streams');
  let service: RunningService;

  beforeAll(async () => {
    const combination = supportedCombinations(catalog).find(
      ({ framework: id, database }) => id === framework.id && database === null,
    );
    if (combination === undefined) throw new Error(`${framework.id} goes without a database nowhere`);
    const answers = answersFor(combination, { name: 'streaming-service' });
    const project = createProject(answers, folder);
    const routes = renderProject(answers).find((file) => /(?:routes|controllers)\/health\.rs$/.test(file.path));
    if (routes === undefined) throw new Error('there is no health.rs to add routes to');
    writeFileSync(path.join(project, routes.path), withStreams(routes.text, framework));
    await cargo(['build', '--locked'], project);
    service = await startService({
      binary: path.join(TARGET_DIR, 'debug', answers.name),
      env: {},
      cwd: temporaryFolder('streams-cwd'),
    });
  }, BUILD_MS);
  afterAll(async () => service?.stop());

  test('are compressed, although their length is unknown', async () => {
    const answer = await firstBytes(`${service.baseUrl}/lines`);
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.headers['transfer-encoding']).toBe('chunked');
  });

  test('are not delayed by compression if they are event streams', async () => {
    const answer = await firstBytes(`${service.baseUrl}/events`);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.bytes.toString('latin1')).toMatch(/^data: x/);
  });
});

/** The source of some routes with two more: `/lines` ends, `/events` stays open after its first event. */
function withStreams(source: string, { id, ancestors }: Part): string {
  const fixture = (kind: string) =>
    [...ancestors, id]
      .map((framework) => path.join(import.meta.dirname, 'streams', `${framework}.${kind}`))
      .findLast((file) => existsSync(file));
  const handlers = fixture('rs');
  if (handlers === undefined) throw new Error(`there are no streaming handlers for ${id} in test/build/streams`);
  const route = /^.*"\/health".*\n/m.exec(source)?.[0] ?? '';
  // The routes of Poem are attributes of methods.
  const methods = fixture('methods.rs');
  const added =
    methods === undefined
      ? ['lines', 'events'].map((name) => route.replaceAll('health', name))
      : [readFileSync(methods, 'utf8')];
  return source.replace(route, [...added, route].join('')) + readFileSync(handlers, 'utf8');
}

/** The head of a response to a client that accepts gzip, and the first bytes of its body. */
function firstBytes(url: string): Promise<{ headers: IncomingMessage['headers']; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': 'gzip' }, timeout: 20_000 }, (response) => {
      response.once('data', (bytes: Buffer) => {
        resolve({ headers: response.headers, bytes });
        request.destroy();
      });
    });
    request.once('timeout', () => request.destroy(new Error(`${url} sent nothing for 20 s`)));
    request.once('error', reject);
  });
}

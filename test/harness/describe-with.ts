import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from './engine.ts';
import { type Server, startServer, whyMissing } from './server.ts';

/**
 * A `describe` whose tests have a server of this engine, started before and stopped after them. If its programs
 * are not installed, the block is skipped and its title says what to install; in CI the start fails instead.
 */
export function describeWith(engine: Engine, title: string, define: (server: () => Server) => void): void {
  const missing = process.env['CI'] ? null : whyMissing(engine);
  describe.skipIf(missing !== null)(missing === null ? title : `${title} (${missing})`, () => {
    let server: Server | undefined;
    beforeAll(async () => {
      server = await startServer(engine);
    }, 120_000);
    afterAll(async () => server?.stop());
    define(() => {
      if (server === undefined) throw new Error(`${engine.name} is not started yet`);
      return server;
    });
  });
}

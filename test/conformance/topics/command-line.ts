import { expect } from 'vitest';
import { row, topic } from '../row.ts';

/** The commands of the service itself. */
export const commandLine = topic(
  'command line',
  ['launcher'],
  [
    row('--version is the version that /health reports', async ({ api, launcher }) => {
      const { version } = (await api.get('/health')).json<{ version: string }>();
      for (const option of ['--version', '-V']) {
        const { code, logs } = await launcher().run([option], {});
        expect(code, logs).toBe(0);
        expect(logs).toMatch(/^\S+ \S+\n$/);
        expect(logs.trim().split(' ')[1]).toBe(version);
      }
    }),

    row('--help names every command, without any configuration', async ({ launcher }) => {
      const { code, logs } = await launcher().run(['--help'], {});
      expect(code, logs).toBe(0);
      for (const command of ['serve', 'health', '--version']) expect(logs).toContain(command);
    }),

    row('unknown arguments are named', async ({ launcher }) => {
      for (const args of [['no-such-command'], ['serve', '--no-such-option'], ['health', 'no-such-command']]) {
        const { code, logs } = await launcher().run(args, await launcher().storage());
        expect(code ?? 0, logs).toBeGreaterThan(0);
        expect(logs).toContain(args.at(-1));
        expect(logs).not.toContain('listening on');
      }
    }),

    row('health exits with 0 while the service runs, whatever it listens on', async ({ withService, launcher }) => {
      for (const HOST of ['127.0.0.1', '0.0.0.0', 'localhost']) {
        await withService({ HOST }, async ({ baseUrl, env }) => {
          const { code, logs } = await launcher().run(['health'], { ...env, PORT: new URL(baseUrl).port });
          expect(code, logs).toBe(0);
        });
      }
    }),

    row('health exits with 1 and says why when nothing listens', async ({ withService, launcher }) => {
      const { env, PORT } = await withService({}, async (service) => ({
        env: service.env,
        PORT: new URL(service.baseUrl).port,
      }));
      const { code, logs } = await launcher().run(['health'], { ...env, PORT });
      expect(code, logs).toBe(1);
      expect(logs).toContain(PORT);
    }),

    row('health exits with 1 when the configuration is wrong', async ({ launcher }) => {
      const { code, logs } = await launcher().run(['health'], { ...(await launcher().storage()), PORT: 'abc' });
      expect(code, logs).toBe(1);
      expect(logs).toContain('PORT');
    }),
  ],
);

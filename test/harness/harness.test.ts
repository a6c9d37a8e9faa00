import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { describeWith } from './describe-with.ts';
import { mariadb } from './mariadb.ts';
import { poll } from './poll.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { createDatabase } from './server.ts';
import { runService, startService } from './service.ts';

for (const engine of [postgres, mariadb, redis]) {
  describeWith(engine, engine.name, (server) => {
    test('goes away and comes back at the same address', async () => {
      const { outage, url } = server();
      if (outage === null) return expect(process.env[engine.urlVariable]).toBe(url);
      await outage.stop();
      await expect(engine.ping(url)).rejects.toThrow();
      await outage.start();
      await engine.ping(url);
    });

    if (engine.createDatabase) {
      test('keeps its databases over an outage', async () => {
        const url = await createDatabase(server(), 'kept');
        await engine.ping(url);
        await server().outage?.stop();
        await server().outage?.start();
        await engine.ping(url);
        await expect(createDatabase(server(), 'kept')).rejects.toThrow(/exists/);
      });
    }

    test('a pause hangs instead of refusing', async () => {
      const { outage, url } = server();
      if (outage === null) return expect(process.env[engine.urlVariable]).toBe(url);
      outage.pause();
      const answer = engine.ping(url).then(() => 'answered');
      expect(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 500, 'silence'))])).toBe(
        'silence',
      );
      outage.resume();
      expect(await answer).toBe('answered');
    });
  });
}

test('what a killed process left is cleaned up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'create-api-guard-'));
  const source = await readFile(new URL('./guard.ts', import.meta.url), 'utf8');
  const { code } = await transform(source, { loader: 'ts', format: 'cjs' });
  const program = `${code}; module.exports.whenThisProcessDies("rmdir '${folder}'"); process.kill(process.pid, 'SIGKILL')`;
  const { signal } = await execa(process.execPath, ['-e', program], { reject: false });
  expect(signal).toBe('SIGKILL');
  await poll('the folder is gone', 5_000, () => expect(existsSync(folder)).toBe(false));
});

describe('service', () => {
  const node = { binary: process.execPath, cwd: tmpdir() };

  test('gives the address of the log line, the logs and the exit', async () => {
    const program = `process.once('SIGINT', () => process.exit(3)); setInterval(() => {}, 1000);
      console.log('\\x1b[32mINFO\\x1b[0m listening on http://127.0.0.1:' + (process.env.PORT || 'none'));`;
    const service = await startService({ ...node, args: ['-e', program], env: {} });
    expect(service.baseUrl).toBe('http://127.0.0.1:0');
    expect(service.logs()).toBe('\u001b[32mINFO\u001b[0m listening on http://127.0.0.1:0\n');
    service.signal('SIGINT');
    expect(await service.exit).toEqual({ code: 3, signal: null });
  });

  test('that exits instead of listening fails with its logs', async () => {
    const program = `console.error('no database'); process.exit(1)`;
    await expect(startService({ ...node, args: ['-e', program], env: {} })).rejects.toThrow(/no database/);
    const ended = await runService({ ...node, args: ['-e', program], env: {} });
    expect(ended).toEqual({ code: 1, signal: null, logs: 'no database\n' });
  });

  test('tells in its last words whether it has ended and how', async () => {
    const program = `process.once('SIGINT', () => { console.log('stopping'); process.exit(3); });
      setInterval(() => {}, 1000); console.log('listening on http://127.0.0.1:1');`;
    const service = await startService({ ...node, args: ['-e', program], env: {} });
    expect(service.lastWords()).toMatch(/^The service runs; .*\n.*listening on/);
    service.signal('SIGINT');
    await service.exit;
    expect(service.lastWords()).toMatch(/^The service has ended with code 3; .*\n.*listening on .*\nstopping$/);
  });

  test('inherits PATH only, and is told to pick free ports', async () => {
    const args = ['-e', 'console.log(Object.keys(process.env).sort().join())'];
    expect((await runService({ ...node, args, env: { LOG_LEVEL: 'info' } })).logs).toBe(
      'LOG_LEVEL,METRICS_PORT,PATH,PORT\n',
    );
  });
});

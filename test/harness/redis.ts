import { execa } from 'execa';
import { requireBinary } from './binaries.ts';
import type { Engine } from './engine.ts';

const PASSWORD = 'redis-test-password';
const APPENDING = ['--appendonly', 'yes', '--appendfsync', 'no'];

/**
 * Redis, with a password; its append-only file keeps the data over an outage. A killed process loses nothing that it has
 * written: to wait for the disk, as it does by default, would only make a service wait that has half a second.
 */
export const redis: Engine = {
  name: 'redis',
  urlVariable: 'TEST_REDIS_URL',
  binaries: [['redis-server'], ['redis-cli']],
  debianPackage: 'redis-server',
  accounts: ['redis'],
  quitSignal: 'SIGKILL',
  url: (port) => `redis://default:${PASSWORD}@127.0.0.1:${port}`,

  prepare: async () => {},

  command(folder, port) {
    const network = ['--bind', '127.0.0.1', '--port', String(port), '--requirepass', PASSWORD];
    return [requireBinary('redis-server'), ...network, '--dir', folder, '--save', '', ...APPENDING];
  },

  async ping(url) {
    const answer = await runRedisCommand(url, ['PING']);
    if (answer.join() !== 'PONG') throw new Error(`redis answered ${answer}`);
  },
};

/** Runs a command on the server and returns the lines of its reply. */
export async function runRedisCommand(url: string, command: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await execa(requireBinary('redis-cli'), ['--no-auth-warning', '-u', url, ...command], {
    timeout: 20_000,
  });
  return stdout.split('\n').filter((line) => line !== '');
}

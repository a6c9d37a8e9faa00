import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { requireBinary } from './binaries.ts';
import type { Engine } from './engine.ts';

const PASSWORD = 'mariadb-test-password';
const LOGIN = `CREATE USER IF NOT EXISTS 'tester'@'127.0.0.1' IDENTIFIED BY '${PASSWORD}';
GRANT ALL PRIVILEGES ON *.* TO 'tester'@'127.0.0.1' WITH GRANT OPTION;
`;

/** MariaDB as a stand-in for MySQL: it speaks MySQL's protocol, and Debian packages no MySQL server. */
export const mariadb: Engine = {
  name: 'mysql',
  urlVariable: 'TEST_MYSQL_URL',
  binaries: [['mariadbd'], ['mariadb-install-db'], ['mariadb', 'mysql']],
  debianPackage: 'mariadb-server',
  accounts: ['mysql'],
  quitSignal: 'SIGKILL',
  url: (port) => `mysql://tester:${PASSWORD}@127.0.0.1:${port}/mysql`,

  async prepare(folder, account) {
    await writeFile(join(folder, 'login.sql'), LOGIN, { mode: 0o644 });
    const place = [`--datadir=${join(folder, 'data')}`, `--tmpdir=${folder}`];
    const options = ['--no-defaults', '--skip-test-db', '--auth-root-authentication-method=normal'];
    await execa(requireBinary('mariadb-install-db'), [...options, ...place], { ...account, cwd: folder });
  },

  command(folder, port) {
    const place = [`--datadir=${join(folder, 'data')}`, `--tmpdir=${folder}`, `--socket=${join(folder, 'socket')}`];
    const network = ['--bind-address=127.0.0.1', `--port=${port}`, '--skip-name-resolve', '--max-connections=200'];
    // 2: commits do not wait for the disk, but are handed to the operating system, so killing the server loses nothing.
    const speed = [
      '--innodb-flush-log-at-trx-commit=2',
      '--innodb-flush-method=nosync',
      '--innodb-buffer-pool-size=64M',
    ];
    const files = [`--pid-file=${join(folder, 'pid')}`, `--init-file=${join(folder, 'login.sql')}`];
    return [requireBinary('mariadbd'), '--no-defaults', ...place, ...network, ...speed, ...files];
  },

  ping: async (url) => void (await sql(url, 'SELECT 1')),
  createDatabase: async (url, name) => void (await sql(url, `CREATE DATABASE \`${name}\``)),
  sql,
};

async function sql(url: string, statements: string): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const address = ['--protocol=TCP', `--host=${hostname}`, `--port=${port || '3306'}`];
  const login = [`--user=${decodeURIComponent(username)}`, `--database=${pathname.slice(1)}`];
  const run = ['--skip-column-names', '--batch', '-e', statements];
  const { stdout } = await execa(requireBinary('mariadb', 'mysql'), ['--no-defaults', ...address, ...login, ...run], {
    env: { MYSQL_PWD: decodeURIComponent(password) },
    timeout: 20_000,
  });
  return stdout;
}

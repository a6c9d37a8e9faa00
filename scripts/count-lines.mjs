// Counts the lines of the files that each framework and layer brings, with their cells, at a commit.
//   node scripts/count-lines.mjs [commit]
import { execFileSync } from 'node:child_process';

const [commit = 'HEAD'] = process.argv.slice(2);
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
const QUERY_DATA = '/.sqlx/';

for (const axis of ['frameworks', 'db-layers']) {
  for (const path of git('ls-tree', '-d', '--name-only', commit, `templates/${axis}/`).trim().split('\n')) {
    const files = git('ls-tree', '-r', '--name-only', commit, `${path}/`).trim().split('\n');
    const brought = files.filter((file) => file.includes('/files/') && !file.includes(QUERY_DATA));
    const lines = brought.map((file) => git('show', `${commit}:${file}`).split('\n').length - 1);
    console.log(
      path.replace('templates/', '').padEnd(28),
      lines.reduce((sum, count) => sum + count, 0),
    );
  }
}

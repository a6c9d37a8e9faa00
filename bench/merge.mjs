// Merging texts of 5,000 lines as a ratio to `git merge-file`, which does the same in C: `npm run bench:merge [runs]`.
// Fails above three times as long. CPU time is what is measured, because it depends little on how busy the machine is. Needs a shell.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importTs } from '../scripts/lib/import-ts.mjs';

const RUNS = Number(process.argv[2] ?? 50);
const WARM_UP = 10;
const LINES = 5000;
const MOST = 3;

const { mergeText } = await importTs('src/merge/merge-text.ts');
const LABELS = { ours: 'ours', base: 'base', theirs: 'theirs' };

/** Numbers that look random and are the same in each run. */
function numbers(seed) {
  let state = seed;
  return (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % limit;
  };
}

/** A text with changes of some of its lines; `side` is in what is new. */
function edited(base, count, side, line) {
  const next = numbers(side.length * 7919 + count);
  const lines = [...base];
  for (let change = 0; change < count; change++) lines.splice(next(lines.length), next(3), line(next, side));
  return lines;
}

function texts(line, count) {
  const next = numbers(1);
  const base = Array.from({ length: LINES }, (_, index) => line(next, `base ${index}`));
  const versions = { base, ours: edited(base, count, 'ours', line), theirs: edited(base, count, 'theirs', line) };
  return Object.fromEntries(Object.entries(versions).map(([side, lines]) => [side, `${lines.join('\n')}\n`]));
}

const unique = (next, side) => `${side} ${next(1e9)}`;
const repeated = (next) => `line ${next(12)}`;

const CASES = {
  'a few changes of different lines': texts(unique, 20),
  'many changes of different lines': texts(unique, 1000),
  'a few changes of lines that are repeated': texts(repeated, 20),
  'many changes of lines that are repeated': texts(repeated, 1000),
  'nothing in common': {
    ...texts(unique, 1),
    ours: `${Array.from({ length: LINES }, (_, index) => `ours ${index}`).join('\n')}\n`,
    theirs: `${Array.from({ length: LINES }, (_, index) => `theirs ${index}`).join('\n')}\n`,
  },
};

/** Milliseconds of CPU time that a merge takes in this process. */
function ownTime(versions) {
  for (let run = 0; run < WARM_UP; run++) mergeText(versions, LABELS);
  const start = process.cpuUsage();
  for (let run = 0; run < RUNS; run++) mergeText(versions, LABELS);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / RUNS;
}

/** The same of Git, in a process for each merge; the shell adds them up. */
function gitTime(folder, versions) {
  for (const [side, text] of Object.entries(versions)) writeFileSync(path.join(folder, side), text);
  const loop = `for run in $(seq ${RUNS}); do git merge-file -p -q ours base theirs >merged || true; done; times`;
  const [, children = ''] = execFileSync('sh', ['-c', loop], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => 60 * minutes + Number(rest));
  return (seconds.reduce((sum, each) => sum + each, 0) * 1000) / RUNS;
}

const folder = mkdtempSync(path.join(tmpdir(), 'bench-merge-'));
try {
  // What Git takes to start is no part of its merge.
  const start = gitTime(folder, { ours: '', base: '', theirs: '' });
  let isSlow = false;
  console.log(`${'ratio'.padEnd(8)}${'ours'.padEnd(11)}${'git'.padEnd(11)}case (${LINES} lines, ${RUNS} runs)`);
  for (const [name, versions] of Object.entries(CASES)) {
    const [ours, git] = [ownTime(versions), gitTime(folder, versions) - start];
    isSlow ||= ours > MOST * git;
    const milliseconds = (time) => `${time.toFixed(1)} ms`.padEnd(11);
    console.log(`${(ours / git).toFixed(1).padEnd(8)}${milliseconds(ours)}${milliseconds(git)}${name}`);
  }
  if (isSlow) {
    console.error(`A merge takes more than ${MOST} times as long as git merge-file.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

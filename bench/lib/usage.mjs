// What a process and its descendants have used, read from /proc (Linux only).
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/**
 * CPU seconds since each process started, that of ended children included; bytes of memory now, what processes share
 * divided among them; and the greatest number of bytes resident at once, summed over the processes.
 */
export function usageOf(pid) {
  const usages = [
    usageOfProcess(pid),
    ...descendantsOf(pid).flatMap((each) => unlessEnded(() => usageOfProcess(each))),
  ];
  const sum = (key) => usages.reduce((total, usage) => total + usage[key], 0);
  return { cpu: sum('cpu'), memory: sum('memory'), peak: sum('peak') };
}

function usageOfProcess(pid) {
  // The name, in parentheses, may contain spaces; what follows it starts with the third field.
  const fields = read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0);
  return {
    cpu: ticks / TICKS_PER_SECOND,
    memory: kilobytes(read(pid, 'smaps_rollup'), 'Pss') * 1024,
    peak: kilobytes(read(pid, 'status'), 'VmHWM') * 1024,
  };
}

function descendantsOf(pid) {
  const childrenOf = (thread) => read(pid, `task/${thread}/children`).split(' ').filter(Boolean);
  const threads = unlessEnded(() => readdirSync(`/proc/${pid}/task`));
  const children = threads.flatMap((thread) => unlessEnded(() => childrenOf(thread)));
  return children.flatMap((child) => [Number(child), ...descendantsOf(Number(child))]);
}

/** Lists what `look` finds; nothing if the process or thread ends meanwhile. */
function unlessEnded(look) {
  try {
    return [look()].flat();
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return [];
    throw error;
  }
}

function read(pid, file) {
  return readFileSync(`/proc/${pid}/${file}`, 'utf8');
}

function kilobytes(text, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}

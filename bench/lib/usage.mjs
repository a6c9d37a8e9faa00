// What a process and its descendants have used, read from /proc (Linux only).
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU seconds since each process started, including those of children that have ended. */
export function cpuOf(pid) {
  return sumOver(pid, cpuOfProcess);
}

/** Bytes of memory in use now; what processes share is divided among them. */
export function memoryOf(pid) {
  return sumOver(pid, memoryOfProcess);
}

function sumOver(pid, usageOf) {
  const others = descendantsOf(pid).flatMap((each) => unlessEnded(() => usageOf(each)));
  return others.reduce((total, usage) => total + usage, usageOf(pid));
}

function cpuOfProcess(pid) {
  // The name, in parentheses, may contain spaces; what follows it starts with the third field.
  const fields = read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.slice(11, 15).reduce((total, field) => total + Number(field), 0) / TICKS_PER_SECOND;
}

function memoryOfProcess(pid) {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024;
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

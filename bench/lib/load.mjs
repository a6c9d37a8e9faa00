// What a running program needs for the requests of one run of wrk.
import { runWrk } from './wrk.mjs';

/** The figures of `runWrk`, the microseconds of CPU time per request, and the bytes of memory after it. */
export async function measureLoad(program, path, settings) {
  const before = program.cpu();
  const load = await runWrk(program.url + path, settings);
  const cpu = program.cpu() - before;
  return { ...load, cpuPerRequest: (cpu * 1_000_000) / load.requests, memory: program.memory() };
}

// What a running program needs for the requests of one run of wrk.
import { runWrk } from './wrk.mjs';

/** The figures of `runWrk`, the microseconds of CPU time per request, and the bytes of memory now and at the peak. */
export async function measureLoad(program, path, settings) {
  const before = program.usage();
  const load = await runWrk(program.url + path, settings);
  const { cpu, memory, peak } = program.usage();
  return { ...load, cpuPerRequest: ((cpu - before.cpu) * 1_000_000) / load.requests, memory, peak };
}

// The figures of one service in one round.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../scripts/lib/import-ts.mjs';
import { busyTime } from '../lib/busy-time.mjs';
import { startProgram } from '../lib/program.mjs';
import { cpuOf } from '../lib/usage.mjs';
import { runWrk, wrkThreads } from '../lib/wrk.mjs';
import { checkResponses } from './check.mjs';
import { attack } from './vegeta.mjs';
import { WORKS } from './work.mjs';

const REQUESTS = path.join(ROOT, 'bench/peers/requests.lua');
const REST_MS = 2000;
// Enough for what is compiled before it starts.
const WARM_UP_SECONDS = 1;
// Reading the memory of a service with 500 MB costs 8 ms of CPU time.
const SAMPLE_MS = 500;
// When a load ends, its connections to the database may be closed, and processes that are ending are easily missed.
const SETTLE_MS = 100;
const NUMBERS_PER_LOAD = 10_000_000;

/**
 * Starts a service on a newly filled database, checks its responses, warms it up, and measures it under each work: with
 * as many requests as it takes, then at a fixed rate. Latencies are in microseconds, sizes in bytes.
 */
export async function measureService(service, database, { connections, poolSize, seconds }) {
  const { program, env, isBare, warmUpSeconds = WARM_UP_SECONDS } = service;
  return database.withCopy(async (databaseUrl) => {
    const running = await startProgram({ ...program, env: env(databaseUrl, poolSize) });
    const load = loadsOn(running, connections);
    try {
      await checkResponses(running.url, { isBare });
      await sleep(REST_MS);
      const atRest = running.memory();
      const works = {};
      const peak = await peakOf(running, async () => {
        for (const group of [WORKS.filter((work) => !work.addsRows), WORKS.filter((work) => work.addsRows)]) {
          for (const work of group) await load.most(work, warmUpSeconds);
          for (const work of group) {
            const most = await withCosts(running, database, () => load.most(work, seconds));
            works[work.id] = { ...most, atRate: await load.atRate(work, seconds) };
          }
        }
      });
      return { startupMs: running.startupMs, memory: { atRest, peak }, works };
    } finally {
      await running.stop();
    }
  });
}

/** Loads on a service, each with numbers of its own, so that no address is inserted twice. */
function loadsOn({ url }, connections) {
  let loads = 0;
  const nextNumber = () => ++loads * NUMBERS_PER_LOAD;
  return {
    most(work, seconds) {
      const { method, path, body = '', cycle = 0, status } = work;
      const args = [method, path, body, cycle, nextNumber(), wrkThreads(connections)].map(String);
      return runWrk(url, { connections, seconds, script: REQUESTS, args, isRefused: status >= 300 });
    },
    atRate: (work, seconds) => attack(url, work, { connections, seconds, firstNumber: nextNumber() }),
  };
}

/**
 * Adds to a load what the service and PostgreSQL needed for it, CPU time per request, and the share of all cores' time
 * that was busy.
 */
async function withCosts(service, database, load) {
  const settledCpu = async () => {
    await sleep(SETTLE_MS);
    return { service: service.cpu(), database: cpuOf(database.pid) };
  };
  const before = await settledCpu();
  const started = busyTime();
  const result = await load();
  const ended = busyTime();
  const after = await settledCpu();
  const perRequest = (key) => ((after[key] - before[key]) * 1_000_000) / result.requests;
  return {
    ...result,
    cpuPerRequest: perRequest('service'),
    databaseCpuPerRequest: perRequest('database'),
    busy: (ended.busy - started.busy) / (ended.total - started.total),
  };
}

/** The most memory that a service has at once while `act` goes on. */
async function peakOf(service, act) {
  let peak = 0;
  const timer = setInterval(() => {
    try {
      peak = Math.max(peak, service.memory());
    } catch {
      // The service has ended: the load on it fails, and its error is the one to report.
    }
  }, SAMPLE_MS);
  await act().finally(() => clearInterval(timer));
  return peak;
}

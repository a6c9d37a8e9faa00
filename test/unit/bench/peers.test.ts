import { describe, expect, test } from 'vitest';
import { benchModule } from './modules.ts';

const { WORKS, requestOf, rowOf } = await benchModule('peers/work.mjs');
const { summarize } = await benchModule('peers/vegeta.mjs');
const { measuredServices, figure, latencyPercentiles, compare } = await benchModule('peers/results.mjs');

describe('the work', () => {
  test('asks for rows that are there, again and again', () => {
    const work = WORKS.find(({ id }: { id: string }) => id === 'row');
    expect(requestOf(work, 2007)).toEqual({ method: 'GET', path: `/api/v1/users/${rowOf(7).id}` });
  });

  test('inserts no address twice', () => {
    const work = WORKS.find(({ id }: { id: string }) => id === 'insert');
    const bodies = [1, 1001].map((number) => requestOf(work, number).body);
    expect(new Set(bodies).size).toBe(2);
  });
});

describe('what Vegeta measured', () => {
  const work = { status: 200, rate: 1 };
  /** The request of a number, sent some milliseconds after it was due. */
  const hit = (number: number, milliseconds: number, { late = 0, status = 200 } = {}) => {
    const moment = BigInt(number * 1000 + late) * 1_000_000n;
    return [moment, status, milliseconds * 1_000_000, 0, 0, '"late"', '', '', number, 'GET'].join(',');
  };

  test('is a rate of responses, and latencies from the moments when requests were due', () => {
    const hits = [hit(2, 300, { late: 50 }), hit(0, 200, { late: 10 }), hit(1, 100, { late: 10 })];
    const { perSecond, latencies } = summarize(`${hits.join('\n')}\n`, work);
    expect(latencies).toBe('100000 200000 340000');
    expect(perSecond).toBeCloseTo(3 / 2.34);
  });

  test('fails if a response has another status', () => {
    expect(() => summarize(hit(0, 1, { status: 503 }), work)).toThrow('503');
  });
});

describe('the services of a run', () => {
  const settings = { rounds: 3, seconds: 2, works: [{ id: 'health' }] };
  const basis = { digest: 'new', seconds: 2, works: [{ id: 'health' }] };
  const measurement = (service: string, round: number, startupMs: number, changed = {}) => ({
    identity: { service, round },
    basis: { ...basis, ...changed },
    values: { startupMs },
  });
  const measurements = [
    measurement('fastify', 1, 900, { digest: 'old' }),
    measurement('ours-axum', 1, 10),
    measurement('ours-axum', 2, 30),
    measurement('ours-axum', 3, 20, { seconds: 1 }),
    measurement('fastify', 2, 300),
  ];
  const [ours, fastify, ...others] = measuredServices({ settings, measurements, unavailable: {} });
  const startup = ({ startupMs }: { startupMs: number }) => startupMs;

  test('come in the order of the tables, without rounds of other builds and settings', () => {
    expect(others).toEqual([]);
    expect(ours.byRound).toEqual([{ startupMs: 10 }, { startupMs: 30 }, null]);
    expect(fastify.byRound).toEqual([null, { startupMs: 300 }, null]);
    expect(figure(ours, startup)).toEqual({ median: 20, least: 10, greatest: 30 });
  });

  test('have the percentiles of all their rounds together', () => {
    const round = (latencies: string) => ({ works: { health: { atRate: { latencies } } } });
    const service = { byRound: [round('1 9 100'), null, round('20 30')] };
    expect(latencyPercentiles(service, 'health', [0.5, 0.8, 0.99])).toEqual([20, 30, 100]);
  });

  test('are compared in the rounds that both have', () => {
    expect(compare(ours, fastify, startup)).toEqual({ median: 0.1, least: 0.1, greatest: 0.1 });
    expect(compare(ours, undefined, startup)).toBeNull();
  });
});

// What follows from the measurements of `bench:peers`.
import { isDeepStrictEqual } from 'node:util';
import { percentile, ratios, summary } from '../lib/statistics.mjs';
import { SERVICES } from './services.mjs';

/**
 * The services of a run that were measured, in the order of the tables, each with the values of its rounds: `null` for
 * a round that was not measured, or measured with other settings or another build than the last one. One that failed is
 * left out, since what is stored of it may be of an earlier build.
 */
export function measuredServices({ measurements, settings, unavailable }) {
  const { rounds, ...load } = settings;
  return SERVICES.filter(({ id }) => !(id in unavailable)).flatMap(({ id, label }) => {
    const own = measurements.filter(({ identity }) => identity.service === id);
    const digest = own.at(-1)?.basis.digest;
    const isCurrent = ({ basis }) => isDeepStrictEqual(basis, { digest, ...load });
    const byRound = Array.from({ length: rounds }, (_, index) => {
      const measurement = own.find((each) => each.identity.round === index + 1 && isCurrent(each));
      return measurement?.values ?? null;
    });
    return byRound.every((values) => values === null) ? [] : [{ id, label, byRound }];
  });
}

/** The summary of a figure of a service: `figureOf` takes the values of a round. */
export function figure({ byRound }, figureOf) {
  return summary(byRound.filter((values) => values !== null).map(figureOf));
}

/** Percentiles of the latencies of a service at the fixed rate of a work, over the requests of all its rounds. */
export function latencyPercentiles({ byRound }, work, shares) {
  const measured = byRound.filter((values) => values !== null);
  const latencies = measured.flatMap(({ works }) => works[work].atRate.latencies.split(' ').map(Number));
  const sorted = latencies.sort((a, b) => a - b);
  return shares.map((share) => percentile(sorted, share));
}

/** The ratios of a figure of two services, round by round; `null` if one of them was not measured. */
export function compare(one, other, figureOf) {
  if (one === undefined || other === undefined) return null;
  const figures = ({ byRound }) => byRound.map((values) => (values === null ? null : figureOf(values)));
  return ratios(figures(one), figures(other));
}

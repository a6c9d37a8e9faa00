// What follows from the measurements of `bench:service`.
import { ratios, summary } from '../lib/statistics.mjs';
import { ROUTES } from './routes.mjs';

const FIGURES = ['perSecond', 'p50', 'p99', 'cpuPerRequest', 'memory'];

/**
 * By route and program: the summary of each figure over the rounds; the throughput as a ratio to raw hyper's, and the
 * CPU time per request as a ratio to the bare framework's, round by round, or `null` if that was not measured.
 */
export function resultsOf(programs, rounds, run) {
  const roundsOf = (program, route) =>
    Array.from({ length: rounds }, (_, index) =>
      run.valuesOf({ program: program.id, route, round: index + 1 }, program.basis),
    );
  const ofRoute = (route) => {
    const measured = new Map(programs.map((program) => [program.id, roundsOf(program, route)]));
    const figures = (id, figure) => (measured.get(id) ?? []).map((values) => values?.[figure] ?? null);
    const ofProgram = ({ id, framework }) => ({
      ...Object.fromEntries(FIGURES.map((figure) => [figure, summary(figures(id, figure))])),
      throughputToHyper: ratios(figures(id, 'perSecond'), figures('bare-hyper', 'perSecond')),
      cpuToBare: ratios(figures(id, 'cpuPerRequest'), figures(`bare-${framework}`, 'cpuPerRequest')),
    });
    return Object.fromEntries(programs.map((program) => [program.id, ofProgram(program)]));
  };
  return Object.fromEntries(ROUTES.map((route) => [route, ofRoute(route)]));
}

// What is published about the throughput of frameworks, beside what was measured.
import { compare } from '../peers/results.mjs';
import { markdownTable, ratio } from './format.mjs';

/** Requests per second as they are passed on in articles, without a machine, versions or a command. */
const PUBLISHED = {
  'bare-hyper': 340_000,
  'bare-axum': 285_000,
  'go-chi': 210_000,
  fastify: 72_000,
  'spring-boot': 45_000,
  fastapi: 18_000,
};
const REFERENCE = 'bare-hyper';
const CLOSE = 1.25;

/**
 * A table of each published throughput and the measured one, both as ratios to raw hyper's; empty without raw hyper.
 */
export function claimsTable(services, work) {
  const byId = new Map(services.map((service) => [service.id, service]));
  const rows = Object.entries(PUBLISHED).flatMap(([id, perSecond]) => {
    const measured = compare(byId.get(id), byId.get(REFERENCE), (values) => values.works[work].perSecond);
    if (measured === null || id === REFERENCE) return [];
    const published = perSecond / PUBLISHED[REFERENCE];
    const { label } = byId.get(id);
    return [
      [
        label,
        perSecond.toLocaleString('en'),
        published.toFixed(2),
        ratio(measured),
        verdict(measured.median / published),
      ],
    ];
  });
  const headings = [
    'Service',
    'Published requests/s',
    'Published, to raw hyper',
    'Measured, to raw hyper',
    'Does it hold?',
  ];
  return markdownTable(headings, rows);
}

function verdict(factor) {
  if (factor > CLOSE) return `no: ${factor.toFixed(1)} times the published ratio`;
  if (factor < 1 / CLOSE) return `no: ${factor.toFixed(2)} of the published ratio`;
  return 'yes';
}

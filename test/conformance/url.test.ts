import { describe } from 'vitest';
import { parseResource } from '../../src/model/resource-syntax.ts';
import { defineConformance } from './suite.ts';

/** A running service, e.g. in a container; README.md says how to start it. */
const url = process.env['CONFORMANCE_URL'];
const list = (name: string, otherwise: string) => (process.env[name] ?? otherwise).split(',').filter(Boolean);

const DEFAULT_MIDDLEWARE = 'request-id,request-log,catch-panic,timeout,body-limit,cors,compression,security-headers';

describe.skipIf(url === undefined)('CONFORMANCE_URL', () => {
  const database = process.env['CONFORMANCE_DATABASE'] ?? 'sqlite';
  defineConformance({
    name: url ?? 'CONFORMANCE_URL',
    url: url ?? '',
    features: {
      auth: process.env['CONFORMANCE_AUTH'] ?? 'none',
      middleware: list('CONFORMANCE_MIDDLEWARE', DEFAULT_MIDDLEWARE),
      features: list('CONFORMANCE_FEATURES', ''),
      database: database === 'none' ? null : database,
      // One a line.
      resources: (process.env['CONFORMANCE_RESOURCES'] ?? '')
        .split('\n')
        .flatMap((text) => parseResource(text).resource ?? []),
      operations: list('CONFORMANCE_OPERATIONS', ''),
    },
  });
});

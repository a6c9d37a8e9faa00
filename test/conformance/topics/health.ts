import { expect } from 'vitest';
import { row, topic } from '../row.ts';

/** Liveness and readiness while all is well; what they say in trouble is under outage and shutdown. */
export const health = topic(
  'GET /health, GET /ready',
  [],
  [
    row('/health reports ok and the version of the crate', async ({ api }) => {
      const reply = await api.get('/health');
      expect(reply.status).toBe(200);
      expect(reply.header('content-type')).toMatch(/^application\/json\b/);
      expect(reply.json()).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    }),

    row('/ready reports ok for each dependency', async ({ api, database }) => {
      const reply = await api.get('/ready');
      expect(reply.status).toBe(200);
      expect(reply.header('content-type')).toMatch(/^application\/json\b/);
      const { status, checks, ...beyond } = reply.json<{ status: string; checks: Record<string, string> }>();
      expect({ status, beyond }).toEqual({ status: 'ok', beyond: {} });
      expect(checks['database']).toBe(database === null ? undefined : 'ok');
      expect(Object.values(checks).every((check) => check === 'ok')).toBe(true);
    }),

    row('they ignore a query string', async ({ api }) => {
      expect((await api.get('/health?verbose=1')).status).toBe(200);
      expect((await api.get('/ready?verbose=1')).status).toBe(200);
    }),
  ],
);

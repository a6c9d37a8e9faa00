import { has } from './faults.ts';

/** The description: the routes without their responses. */
export function describeRoutes(): unknown {
  const user = has('describes-less') ? { get: {}, patch: {} } : { get: {}, patch: {}, delete: {} };
  return {
    openapi: '3.1.1',
    info: { title: 'model', version: '0.1.0' },
    paths: {
      '/api/v1/users': { get: {}, post: {} },
      '/api/v1/users/{id}': user,
      '/health': { get: {} },
      '/ready': { get: {} },
    },
  };
}

const script = has('loads-from-elsewhere') ? '<script src="https://cdn.example/docs.js"></script>' : '';

/** A page that links to the description. */
export const PAGE = Buffer.from(`<!doctype html>${script}<a href="openapi.json">openapi.json</a>`);

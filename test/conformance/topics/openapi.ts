import { expect } from 'vitest';
import type { Client } from '../http/client.ts';
import { expectProblem } from '../problem.ts';
import { type Context, row, rowWith, topic } from '../row.ts';
import { expectSameHead } from './head.ts';

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

async function fetchDocument(api: Client): Promise<Document> {
  const reply = await api.get('/openapi.json');
  expect(reply.status, reply.text).toBe(200);
  return reply.json<Document>();
}

/** The methods that are described at a path. */
function methodsAt(document: Document, path: string): string[] {
  return Object.keys(document.paths[path] ?? {}).filter((key) => METHODS.includes(key));
}

/** Each route of the contract, as `GET /path`, that a service with these choices has. */
function routesOf({ has }: Context): string[] {
  const routes = ['GET /health', 'GET /ready', 'GET /api/v1/users'];
  routes.push(...['GET', 'PATCH', 'DELETE'].map((method) => `${method} /api/v1/users/{id}`));
  if (has('auth:none')) routes.push('POST /api/v1/users');
  else routes.push('POST /api/v1/auth/register', 'POST /api/v1/auth/login', 'GET /api/v1/auth/me');
  if (has('auth:session')) routes.push('POST /api/v1/auth/logout');
  return routes.sort();
}

/** The description of the API, and the page that shows it. */
export const openapi = topic(
  'GET /openapi.json, GET /docs',
  ['openapi'],
  [
    row('/openapi.json is OpenAPI 3 and has the version of the service', async ({ api }) => {
      const reply = await api.get('/openapi.json');
      expect(reply.header('content-type')).toMatch(/^application\/json\b/);
      const { openapi, info } = await fetchDocument(api);
      expect(openapi).toMatch(/^3\.\d+\.\d+$/);
      expect(info.title).toMatch(/\S/);
      expect(info.version).toBe((await api.get('/health')).json()['version']);
    }),

    row('/openapi.json has every route of the contract and no other', async (context) => {
      const document = await fetchDocument(context.api);
      const described = Object.keys(document.paths).flatMap((path) =>
        methodsAt(document, path).map((method) => `${method.toUpperCase()} ${path}`),
      );
      expect(described.sort()).toEqual(routesOf(context));
    }),

    row('each path has exactly the methods described, as Allow says', async ({ api }) => {
      const document = await fetchDocument(api);
      for (const path of Object.keys(document.paths)) {
        const refusal = await api.send('PROPFIND', path.replace('{id}', '01890a5d-ac96-774b-bcce-b302099a8057'));
        expect(refusal.status, path).toBe(405);
        const allowed = refusal.list('allow').filter((name) => name !== 'head' && name !== 'options');
        expect(allowed.sort(), path).toEqual(methodsAt(document, path).sort());
      }
    }),

    row('/docs loads nothing from another host', async ({ api }) => {
      const page = await api.get('/docs');
      expect(page.header('content-type')).toMatch(/^text\/html\b/);
      expect(page.status).toBe(200);
      // Before a name, `//` begins an address.
      expect(page.text.match(/(?:https?:|["'(=])\/\/[^\s"')]*/g)).toBeNull();
      const base = new URL('/docs', api.baseUrl);
      const needed = [...page.text.matchAll(/\b(?:src|href)="([^"#]+)"/g)].map(
        (match) => new URL(match[1] ?? '', base),
      );
      expect(needed.length).toBeGreaterThan(0);
      for (const { origin, pathname } of needed) {
        expect(origin).toBe(base.origin);
        expect((await api.get(pathname)).status, pathname).toBe(200);
      }
    }),

    row('/docs/ redirects to /docs', async ({ api }) => {
      const reply = await api.get('/docs/');
      expect(reply.status).toBe(308);
      expect(new URL(reply.header('location') ?? '', `${api.baseUrl}/docs/`).href).toBe(`${api.baseUrl}/docs`);
      expectProblem(await api.post('/docs/', {}), 405, '/docs/');
    }),

    row('/docs has a content security policy that allows its own host only', async ({ api }) => {
      const policy = (await api.get('/docs')).header('content-security-policy') ?? '';
      const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
      expect(directives).toContainEqual(['default-src', "'none'"]);
      expect(directives).toContainEqual(['script-src', "'self'"]);
      const sources = directives.flatMap(([name, ...values]) => values.map((value) => `${name} ${value}`));
      const isOwn = (source: string) => /^\S+ '(?:self|none)'$/.test(source) || source === 'img-src data:';
      expect(sources.filter((source) => !isOwn(source))).toEqual([]);
    }),

    row('HEAD returns what GET returns', async ({ api }) => {
      await expectSameHead(api, '/openapi.json', 200);
      await expectSameHead(api, '/docs', 200);
    }),

    rowWith(['security-headers'], 'the responses forbid sniffing and framing', async ({ api }) => {
      for (const path of ['/openapi.json', '/docs']) {
        const reply = await api.get(path);
        expect(reply.header('x-content-type-options'), path).toBe('nosniff');
        expect(reply.header('content-security-policy'), path).toMatch(/frame-ancestors 'none'/);
      }
    }),
  ],
);

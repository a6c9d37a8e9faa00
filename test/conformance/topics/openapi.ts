import { setImmediate as nextTurn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { Client } from '../http/client.ts';
import { ACCEPTS, codePoints } from '../openapi/characters.ts';
import { expectedLimits, expectedOperations } from '../openapi/contract.ts';
import { bodySchemaOf, type Document, operationsOf, patternOf, rawOperations } from '../openapi/document.ts';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { expectSameHead } from './head.ts';

async function fetchDocument(api: Client): Promise<Document> {
  const reply = await api.get('/openapi.json');
  expect(reply.status, reply.text).toBe(200);
  return reply.json<Document>();
}

/** The methods that are described at a path, in lower case. */
function methodsAt(document: Document, path: string): string[] {
  const names = Object.keys(rawOperations(document)).map((name) => name.split(' '));
  return names.filter(([, its]) => its === path).map(([method = '']) => method.toLowerCase());
}

const UNCHECKED_FORMATS = Object.fromEntries(
  ['password', 'uuid', 'date', 'date-time', 'double', 'int32', 'int64'].map((format) => [format, true] as const),
);

/** Whether the schema of an operation's body accepts a value. */
function acceptanceBy(document: Document, operation: string): (body: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, formats: { ...UNCHECKED_FORMATS, 'idn-email': /^\S+@\S+$/ } });
  // Embedded in the document, so that references resolve.
  const validate = ajv.compile({ ...document, allOf: [bodySchemaOf(document, operation)] });
  return (body) => validate(JSON.parse(JSON.stringify(body)));
}

/** The characters that a pattern accepts or rejects wrongly, alone or between others. */
async function misread(pattern: RegExp, accepts: (text: string) => boolean) {
  const [accepted, rejected] = [new Set<string>(), new Set<string>()];
  for (const code of codePoints()) {
    // Other rows run at the same time.
    if (code % 1024 === 0) await nextTurn();
    const character = String.fromCodePoint(code);
    for (const text of [character.repeat(12), `correct${character}horse`, `correct horse${character}`]) {
      const isAccepted = pattern.test(text);
      if (isAccepted === accepts(text)) continue;
      (isAccepted ? accepted : rejected).add(`U+${code.toString(16)}`);
    }
  }
  return { accepted: [...accepted], rejected: [...rejected] };
}

/** The addresses of this host that the page loads. */
async function filesOf(api: Client): Promise<readonly string[]> {
  const page = await api.get('/docs');
  const links = [...page.text.matchAll(/\b(?:src|href)="([^"#]+)"/g)];
  const urls = links.map(([, link = '']) => new URL(link, new URL('/docs', api.baseUrl)));
  expect(urls.length).toBeGreaterThan(0);
  return urls.map(({ origin, pathname }) => {
    expect(origin).toBe(new URL(api.baseUrl).origin);
    return pathname;
  });
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

    row('/openapi.json is valid, and names each operation', async ({ api }) => {
      const document = await fetchDocument(api);
      const { valid, errors } = await new Validator().validate({ ...document });
      expect(errors).toBeUndefined();
      expect(valid).toBe(true);
      const operations = Object.values(rawOperations(document));
      const ids = operations.map((operation) => operation['operationId']);
      expect(ids).not.toContain(undefined);
      expect(new Set(ids).size).toBe(ids.length);
      const tags = document.tags?.map(({ name }) => name);
      for (const { summary, tags: used } of operations) {
        expect(summary).toMatch(/\S/);
        expect(tags).toEqual(expect.arrayContaining(used as string[]));
      }
    }),

    row('/openapi.json has every operation of the contract with its statuses, and no other', async (context) => {
      const operations = operationsOf(await fetchDocument(context.api));
      const isAdded = (name: string) => context.operations.includes(name);
      expect(Object.keys(operations)).toEqual(expect.arrayContaining([...context.operations]));
      const own = Object.entries(operations).filter(([name]) => !isAdded(name));
      expect(Object.fromEntries(own)).toEqual(expectedOperations(context));
    }),

    row('the bodies in /openapi.json have the limits of the contract', async (context) => {
      const document = await fetchDocument(context.api);
      for (const { operation, accepted, rejected } of expectedLimits(context)) {
        const accepts = acceptanceBy(document, operation);
        expect(
          accepted.filter((body) => !accepts(body)),
          operation,
        ).toEqual([]);
        expect(rejected.filter(accepts), operation).toEqual([]);
      }
    }),

    row(
      'the patterns of names and passwords match exactly the characters that the service accepts',
      async (context) => {
        const document = await fetchDocument(context.api);
        const operation = `POST ${context.api.accounts.path}`;
        const fields = context.has('auth:none') ? (['name'] as const) : (['name', 'password'] as const);
        for (const field of fields) {
          const pattern = patternOf(document, operation, field);
          expect(await misread(new RegExp(pattern, 'u'), ACCEPTS[field]), field).toEqual({
            accepted: [],
            rejected: [],
          });
          // Without the flag, some characters above U+FFFF cannot be ruled out.
          expect((await misread(new RegExp(pattern), ACCEPTS[field])).rejected, field).toEqual([]);
        }
      },
    ),

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
      for (const path of await filesOf(api)) expect((await api.get(path)).status, path).toBe(200);
    }),

    row('the files of /docs are compressed only for clients that accept gzip', async ({ api }) => {
      for (const path of await filesOf(api)) {
        const plain = await api.get(path);
        expect(plain.header('content-encoding'), path).toBeUndefined();
        const refusing = await api.get(path, { 'accept-encoding': 'gzip;q=0, br' });
        expect(refusing.header('content-encoding'), path).toBeUndefined();
        expect(refusing.body.equals(plain.body), path).toBe(true);
        const accepting = await api.get(path, { 'accept-encoding': 'br, gzip' });
        const isCompressed = accepting.header('content-encoding') === 'gzip';
        const body = isCompressed ? gunzipSync(accepting.body) : accepting.body;
        expect(body.equals(plain.body), path).toBe(true);
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

import { columnOf, type Field } from '../../../src/model/resource.ts';
import { expectedOperations, typeOf } from '../openapi/contract.ts';
import { type Json, orNull, type Response } from '../openapi/document.ts';
import { has } from './faults.ts';
import { tables, users } from './tables.ts';
import { linePattern } from './text.ts';

/** What the model has besides users; it has no accounts. */
const CHOICES = ['auth:none', 'request-id', 'rate-limit'];

/** The fields of bodies at this path, by column. */
function fieldsAt(path: string): Json {
  const { resource } = tables.find((table) => path.startsWith(`/api/v1/${table.resource.plural}`)) ?? users;
  return Object.fromEntries(resource.fields.map((field) => [columnOf(field), schemaOf(field)]));
}

function schemaOf(field: Field): Json {
  const { type } = field;
  const schema =
    type.kind === 'string'
      ? { type: 'string', pattern: has('describes-no-limits') ? '' : linePattern(type.length) }
      : typeOf(field);
  return field.optional ? orNull(schema) : schema;
}

/** The document of the contract, with only what the contract says. */
export function describeRoutes(): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  const resources = tables.filter((table) => table !== users).map(({ resource }) => resource);
  const operations = expectedOperations({ has: (need) => CHOICES.includes(need), resources });
  for (const [name, { parameters, body, responses }] of Object.entries(operations)) {
    const [method = '', path = ''] = name.split(' ');
    const isMissing = has('describes-less') && method === 'DELETE';
    if (isMissing) continue;
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = {
      operationId: name,
      summary: name,
      tags: ['all'],
      parameters: parameters.map(parameterOf),
      ...(body === 'none' ? {} : { requestBody: { required: true, content: contentOf(body, fieldsAt(path)) } }),
      responses: Object.fromEntries(
        Object.entries(responses).map(([status, response]) => [status, responseOf(status, response)]),
      ),
    };
  }
  if (has('describes-more')) paths['/about'] = { get: { operationId: 'about', responses: {} } };
  return { openapi: '3.1.0', info: { title: 'model', version: '0.1.0' }, tags: [{ name: 'all' }], paths };
}

/** The parameter of a text such as `query page: integer 1..10 = 1`. */
function parameterOf(text: string): Json {
  const [, place, name, mark, kind, minimum, maximum, initial] =
    /^(\S+) (\w+)(\*?): (\w+)(?: (\d+)\.\.(\d+) = (\d+))?$/.exec(text) ?? [];
  const schema =
    kind === 'integer'
      ? { type: kind, minimum: Number(minimum), maximum: Number(maximum), default: Number(initial) }
      : { type: 'string', format: kind };
  return { in: place, name, required: mark === '*', schema };
}

function responseOf(status: string, { type, schema, headers }: Response): Json {
  const described = Object.entries(headers).map(([name, its]) => [name, { schema: describedAs(its) }]);
  return {
    description: status,
    headers: Object.fromEntries(described),
    ...(type === undefined ? {} : { content: { [type]: { schema } } }),
  };
}

const describedAs = (schema: Json): Json => (has('describes-text-only') ? { type: 'string' } : schema);

/** The content of a text such as `application/json*: name* email, no others`. */
function contentOf(text: string, schemas: Json): Json {
  const [, type = '', fields = '', closed] = /^([^*:]+)\*?: (.*?)(, no others)?$/.exec(text) ?? [];
  const names = fields.split(' ');
  const properties = names.map((name) => name.replace('*', '')).map((name) => [name, schemas[name] ?? {}]);
  const schema = {
    type: 'object',
    required: names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1)),
    properties: Object.fromEntries(properties),
    ...(closed === undefined ? {} : { additionalProperties: false }),
  };
  return { [type]: { schema } };
}

const script = has('loads-from-elsewhere') ? '<script src="https://cdn.example/docs.js"></script>' : '';

/** A page that links to the description. */
export const PAGE = Buffer.from(`<!doctype html>${script}<a href="openapi.json">openapi.json</a>`);

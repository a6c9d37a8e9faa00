// The service. Responses have schemas, because Fastify serializes those faster.
import fastify from 'fastify';
import pg from 'pg';
import { createUsers } from './users.js';

const text = { type: 'string' };
const timestamp = { type: 'string', format: 'date-time' };

const user = {
  type: 'object',
  properties: { id: text, name: text, email: text, created_at: timestamp, updated_at: timestamp },
};

const newUser = {
  type: 'object',
  required: ['name', 'email'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100, pattern: '\\S' },
    email: { type: 'string', format: 'email', maxLength: 254 },
  },
};

const page = {
  type: 'object',
  properties: {
    page: { type: 'integer', minimum: 1, default: 1 },
    per_page: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  },
};

const list = {
  type: 'object',
  properties: {
    data: { type: 'array', items: user },
    page: { type: 'integer' },
    per_page: { type: 'integer' },
    total: { type: 'integer' },
  },
};

const health = { type: 'object', properties: { status: text, version: text } };
const id = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } };

/** Builds the service on a pool of database connections. */
export function buildApp(database) {
  const app = fastify({ ajv: { customOptions: { removeAdditional: false } } });
  const pool = new pg.Pool(database);
  const users = createUsers(pool);
  app.addHook('onClose', () => pool.end());

  app.setErrorHandler((error, _request, reply) => {
    if (error.validationContext === 'body') error.statusCode = 422;
    reply.send(error);
  });

  app.get('/health', { schema: { response: { 200: health } } }, async () => ({ status: 'ok', version: '0.1.0' }));

  app.get('/api/v1/users', { schema: { querystring: page, response: { 200: list } } }, async ({ query }) =>
    users.list(query.page, query.per_page),
  );

  app.get('/api/v1/users/:id', { schema: { params: id, response: { 200: user } } }, async ({ params }, reply) => {
    return (await users.find(params.id)) ?? reply.callNotFound();
  });

  app.post('/api/v1/users', { schema: { body: newUser, response: { 201: user } } }, async ({ body }, reply) => {
    const created = await users.insert(body);
    reply.code(201).header('location', `/api/v1/users/${created.id}`);
    return created;
  });

  return app;
}

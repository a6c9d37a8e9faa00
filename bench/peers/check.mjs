// Checks that a service does the work before its speed is measured.
import assert from 'node:assert/strict';
import { firstPage, ROWS, requestOf, rowOf, WORKS } from './work.mjs';

const NUMBER = 7;

/**
 * Throws unless the service at `url`, with a newly filled table, responds as every other does. A service that is
 * `isBare` need not say which field is wrong.
 */
export async function checkResponses(url, { isBare }) {
  const responses = {};
  for (const work of WORKS) {
    const response = await send(url, requestOf(work, NUMBER));
    assert.equal(response.status, work.status, `${work.id}: ${response.text}`);
    responses[work.id] = response;
  }
  const { health, invalid, row, page, insert } = responses;
  assert.deepEqual(parsed(health), { status: 'ok', version: '0.1.0' });
  if (!isBare) assert.match(invalid.text, /\bname\b/, 'invalid: the response does not name the field');
  assert.deepEqual(parsed(row), rowOf(NUMBER));
  assert.deepEqual(parsed(page), firstPage());

  const { id, created_at, updated_at, ...fields } = parsed(insert);
  assert.deepEqual(fields, JSON.parse(requestOf(workOf('insert'), NUMBER).body));
  assert.match(id, /^[\da-f]{8}-[\da-f]{4}-7/, 'insert: the id is no UUID of version 7');
  assert.equal(created_at, updated_at);
  assert.equal(insert.location, `/api/v1/users/${id}`);
  const stored = await send(url, { method: 'GET', path: insert.location });
  assert.deepEqual(parsed(stored), parsed(insert));

  const missing = await send(url, { method: 'GET', path: `/api/v1/users/${rowOf(ROWS).id}` });
  assert.equal(missing.status, 404);
}

function workOf(id) {
  return WORKS.find((work) => work.id === id);
}

async function send(url, { method, path, body }) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url + path, { method, headers, body });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

/** The JSON of a response, with times in milliseconds. */
function parsed({ text }) {
  return JSON.parse(text, (key, value) => (key.endsWith('_at') ? Date.parse(value) : value));
}

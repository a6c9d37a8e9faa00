import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Client } from './http/client.ts';

/** Where users live. */
export const USERS = '/api/v1/users';

/** A user as the contract shows it. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A page of users. */
export interface UserPage {
  readonly data: readonly User[];
  readonly page: number;
  readonly per_page: number;
  readonly total: number;
}

/** An email address that no user has yet. */
export function newEmail(): string {
  return `user-${randomUUID()}@mail.example`;
}

/** A valid body of a new user, with what the test is about in its place. */
export function newUser(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { name: 'Ada Lovelace', email: newEmail(), ...overrides };
}

/** Creates a user and gives it; fails where the answer is not 201. */
export async function createUser(api: Client, overrides: Readonly<Record<string, unknown>> = {}): Promise<User> {
  const reply = await api.post(USERS, newUser(overrides));
  expect(reply.status, reply.text).toBe(201);
  return reply.json<User>();
}

/** Creates `count` users one after the other, oldest first. */
export async function createUsers(api: Client, count: number): Promise<User[]> {
  const users: User[] = [];
  for (let n = 0; n < count; n++) users.push(await createUser(api, { name: `User ${n}` }));
  return users;
}

/** A page of the list; fails where the answer is not 200. */
export async function listUsers(api: Client, query = ''): Promise<UserPage> {
  const reply = await api.get(USERS + query);
  expect(reply.status, reply.text).toBe(200);
  return reply.json<UserPage>();
}

/** Expects a user with every member right and none beyond. */
export function expectUser(user: User): void {
  expect(Object.keys(user).sort()).toEqual(['created_at', 'email', 'id', 'name', 'updated_at']);
  expect(user.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  for (const time of [user.created_at, user.updated_at]) {
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(Math.abs(Date.parse(time) - Date.now()), 'the clock is off').toBeLessThan(10 * 60_000);
  }
}

import { describe, expect, test } from 'vitest';
import { parseLock, renderLock } from '../../src/render/cargo-lock.ts';
import { lock } from '../support/lock-text.ts';

const CONDITIONS = { 'http 1.0.0': { 'gzip 1.0.0': ['compression'] } };
const TEXT = lock({
  'bits 1.0.0': [],
  'bits 2.0.0': [],
  'gzip 1.0.0': ['bits 1.0.0'],
  'http 1.0.0': ['bits 2.0.0', 'gzip'],
  'service-name 0.1.0': ['http'],
});
const SUPERSET = { ...parseLock(TEXT), conditions: CONDITIONS };

describe('renderLock', () => {
  test('with every option on is the tested lock with the name of the project', () => {
    expect(renderLock(SUPERSET, 'service-name', ['compression'])).toBe(TEXT);
  });

  test('without an option lacks its packages, and shortens names that are no longer ambiguous, as cargo does', () => {
    expect(renderLock(SUPERSET, 'service-name', [])).toBe(
      lock({ 'bits 2.0.0': [], 'http 1.0.0': ['bits'], 'service-name 0.1.0': ['http'] }),
    );
  });

  test('has packages that need two options only with both', () => {
    const conditions = { 'http 1.0.0': { 'gzip 1.0.0': ['compression+metrics', 'docker'] } };
    const has = (ids: readonly string[]) =>
      renderLock({ ...SUPERSET, conditions }, 'service-name', ids).includes('"gzip"');
    expect([['compression'], ['metrics'], ['metrics', 'compression'], ['docker']].map(has)).toEqual([
      ...[false, false],
      ...[true, true],
    ]);
  });

  test('sorts the root by its own name', () => {
    const { packages } = parseLock(renderLock(SUPERSET, 'c-service', ['compression']));
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(['bits', 'bits', 'c-service', 'gzip', 'http']);
  });

  test('renames the members of the workspace with the root', () => {
    const member = { 'loco 1.0.0': [], 'service-name 0.1.0': ['loco', 'service-name-migration'] };
    const superset = lock({ ...member, 'service-name-migration 0.1.0': ['loco'] });
    expect(renderLock({ ...parseLock(superset), conditions: {} }, 'c-service', [])).toBe(
      lock({
        'c-service 0.1.0': ['c-service-migration', 'loco'],
        'c-service-migration 0.1.0': ['loco'],
        'loco 1.0.0': [],
      }),
    );
  });

  test('refuses a lock with a dangling dependency', () => {
    expect(() => parseLock(lock({ 'a 1.0.0': ['b'] }))).toThrow('a needs b');
  });
});

import { afterEach, expect, test, vi } from 'vitest';
import { benchModule } from './modules.ts';

const { openAttempts } = await benchModule('lib/attempts.mjs');

afterEach(() => void vi.restoreAllMocks());

test('a part that fails is named, is not tried again, and ends no other', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const { attempt, unavailable } = openAttempts();
  const broken = vi.fn().mockRejectedValue(new Error('go is missing'));
  const sound = vi.fn();
  await attempt('go-gin', broken);
  await attempt('go-gin', broken);
  await attempt('fastify', sound);
  expect(broken).toHaveBeenCalledOnce();
  expect(sound).toHaveBeenCalledOnce();
  expect(unavailable).toEqual({ 'go-gin': 'go is missing' });
});

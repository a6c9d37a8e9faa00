/**
 * What somebody hostile may have written, in packs, presets, policies and the records of repositories. Each attack gets its exit code and
 * a message, and what is outside of the project is compared before and after.
 */
import { expect, test } from 'vitest';
import { outcomeOf, reportAtTheEnd, testCorpus } from './attack.ts';
import { FLEETS } from './fleets.ts';
import { POLICIES } from './policies.ts';
import { PRESETS } from './presets.ts';
import { RECORDS } from './records.ts';
import { TEAM_PACKS } from './team-packs.ts';
import './whole-packs.ts';

const CREATED = ['--yes', '--no-install', '--no-git'];

test('what is written outside of the project, or reveals a secret, counts as an escape', async () => {
  const corpus = { title: 'commands', folder: 'work', argv: ['orders', ...CREATED] };
  expect(await outcomeOf(corpus, {})).toMatchObject({ exitCode: 0, escaped: [] });
  const elsewhere = await outcomeOf({ ...corpus, argv: ['../outside/orders', ...CREATED] }, {});
  expect(elsewhere.escaped).toContain('outside/orders/Cargo.toml');
  const revealed = await outcomeOf(corpus, {
    argv: ['orders', '--description', 'a secret of this machine', ...CREATED],
  });
  expect(revealed.escaped).toContain('work/orders/Cargo.toml');
});

reportAtTheEnd();
for (const corpus of [TEAM_PACKS, PRESETS, POLICIES, RECORDS, FLEETS]) testCorpus(corpus);

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { argumentsFor } from '../support/arguments-for.ts';
import { buildSelections } from '../support/build-selections.ts';
import { create } from './support/command.ts';
import { exactHashesOf, folderOfFile } from './support/service-folder.ts';

/** Two environments whose clocks never show the same date, and whose locales sort and change case differently. */
const HERE = { TZ: 'Pacific/Kiritimati', LC_ALL: 'C', LANG: 'C' };
const THERE = { TZ: 'Etc/GMT+12', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', HOME: '/nonexistent', USER: 'somebody' };

describe('the same answers produce the same bytes', () => {
  const [here, there] = [folderOfFile(), folderOfFile()];
  const cases = buildSelections().map((answers, index) => ({ answers: { ...answers, name: `service-${index}` } }));

  test.each(cases)(
    '$answers.framework, $answers.dbLayer, $answers.database, $answers.auth, $answers.middleware.length middleware',
    async ({ answers }) => {
      const reordered = {
        ...answers,
        middleware: answers.middleware.toReversed(),
        features: answers.features.toReversed(),
      };
      const runs = await Promise.all([
        create(argumentsFor(answers), { cwd: here, env: HERE }),
        create(argumentsFor(reordered), { cwd: there, env: THERE }),
      ]);
      for (const run of runs) expect(run).toMatchObject({ code: 0, stderr: '' });
      const hashes = exactHashesOf(join(here, answers.name));
      expect(hashes).toHaveProperty(['Cargo.toml']);
      expect(exactHashesOf(join(there, answers.name))).toEqual(hashes);
    },
  );
});

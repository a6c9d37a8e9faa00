// Refreshes what the pack ships from outside: crate versions, the lock of each structure, SQLx's query data.
//   node scripts/refresh-locks.mjs               locks and query data of the templates as they are; pins are kept
//   node scripts/refresh-locks.mjs --versions    raises versions.json and every pin to the newest that fit together first
//   node scripts/refresh-locks.mjs --no-queries  leaves out the query data, which needs sqlx-cli and database servers
import { parseArgs } from 'node:util';
import { importTs } from './lib/import-ts.mjs';
import { refreshLock } from './lib/refresh-lock.mjs';
import { refreshQueries } from './lib/refresh-queries.mjs';
import { refreshVersions } from './lib/refresh-versions.mjs';
import { catalog } from './lib/rendered-project.mjs';

const { values } = parseArgs({ options: { versions: { type: 'boolean' }, 'no-queries': { type: 'boolean' } } });
const { legalCombinations } = await importTs('src/plan/legality.ts');
const combinations = legalCombinations(catalog);

if (values.versions) await refreshVersions(combinations);
for (const [structure, alternatives] of byStructure(combinations)) {
  console.error(`lock ${structure}`);
  await refreshLock(structure, alternatives, catalog, { keepsPins: !values.versions });
}
if (!values['no-queries']) {
  for (const combination of combinations) await refreshQueries(combination);
}

/** Combinations by the lock they share: they differ in their authentication only. */
function byStructure(combinations) {
  const groups = new Map();
  for (const combination of combinations) {
    const { framework, dbLayer, database } = combination;
    const structure = [framework, dbLayer, database].filter((id) => id !== null).join('-');
    groups.set(structure, [...(groups.get(structure) ?? []), combination]);
  }
  return groups;
}

// Refreshes what the pack ships from outside: crate versions, the lock of each structure, SQLx's query data.
//   node scripts/refresh-locks.mjs               locks and query data of the templates as they are; pins are kept
//   node scripts/refresh-locks.mjs --versions    raises versions.json and every pin to the newest that fit together first
//   node scripts/refresh-locks.mjs --no-queries  leaves out the query data, which needs sqlx-cli and database servers
//   node scripts/refresh-locks.mjs --no-queries loco-sea-orm-sqlite …  only the locks of these structures
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { importTs } from './lib/import-ts.mjs';
import { refreshLock } from './lib/refresh-lock.mjs';
import { refreshQueries } from './lib/refresh-queries.mjs';
import { refreshVersions } from './lib/refresh-versions.mjs';
import { catalog, manifestsFor } from './lib/rendered-project.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { versions: { type: 'boolean' }, 'no-queries': { type: 'boolean' } },
});
const { supportedCombinations } = await importTs('src/plan/compatibility.ts');
const { SPECIMEN } = await importTs('src/plan/specimen.ts');
const { groupBy } = await importTs('test/support/group-by.ts');
const combinations = supportedCombinations(catalog);

if (values.versions) await refreshVersions(combinations);
const structural = catalog.axes.filter((axis) => axis.structural).map(({ id }) => id);
const structures = [...grouped(combinations, structural)].filter(
  ([structure, alternatives]) =>
    (positionals.length === 0 || positionals.includes(structure)) && !hasLockOfParent(alternatives),
);
await Promise.all(Array.from({ length: availableParallelism() }, refreshTheNext));
if (!values['no-queries']) {
  // Queries depend on the layer only: one framework is enough.
  const ofOneFramework = combinations.filter(({ framework }) => framework === combinations[0].framework);
  for (const alternatives of grouped(ofOneFramework, ['dbLayer', 'database']).values()) {
    await refreshQueries(alternatives);
  }
}

async function refreshTheNext() {
  for (let next = structures.shift(); next !== undefined; next = structures.shift()) {
    const [structure, alternatives] = next;
    console.error(`lock ${structure}`);
    await refreshLock(structure, alternatives, catalog, { keepsPins: !values.versions });
  }
}

/** Whether one of the parts extends another and needs no other crates with everything enabled: they share a lock. */
function hasLockOfParent(alternatives) {
  const crates = (combination) =>
    JSON.stringify(manifestsFor({ name: 'x', combination, middleware: 'all', features: 'all', resources: [SPECIMEN] }));
  return structural.some((axis) => {
    const part = catalog.parts[axis].find(({ id }) => id === alternatives[0][axis]);
    const parent = part?.ancestors.findLast((id) => catalog.parts[axis].some((other) => other.id === id));
    const sameCrates = (combination) => crates(combination) === crates({ ...combination, [axis]: parent });
    return parent !== undefined && alternatives.every(sameCrates);
  });
}

/** Combinations by their ids on some axes, joined as in the name of a lock. */
function grouped(combinations, axes) {
  return groupBy(combinations, (combination) =>
    axes
      .map((axis) => combination[axis])
      .filter((id) => id !== null)
      .join('-'),
  );
}

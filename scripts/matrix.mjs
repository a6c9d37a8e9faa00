// Proves every combination on offer, and writes docs/matrix.md. What is already proven is not run again.
//   npm run test:proof                  runs what is missing, failed or out of date
//   npm run test:proof -- --only axum   only combinations whose name contains this, e.g. axum-sqlx-sqlite-none
//   npm run test:proof -- --no-cold     without measuring how long builds take
//   npm run test:proof -- --jobs 2      two combinations at a time: one waits for its service while the other compiles
//   npm run test:proof -- --document    runs nothing; writes the document from what is known
import { parseArgs } from 'node:util';
import { importTs } from './lib/import-ts.mjs';
import { withCombinations } from './lib/matrix/combinations.mjs';
import { writeDocument } from './lib/matrix/document.mjs';
import { openFindings } from './lib/matrix/findings.mjs';
import { PARTS } from './lib/matrix/parts.mjs';
import { snapshotOfTools, versionsInUse } from './lib/matrix/versions.mjs';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    'no-cold': { type: 'boolean' },
    jobs: { type: 'string', default: '1' },
    document: { type: 'boolean' },
  },
});
if (!/^[1-9]$/.test(flags.jobs)) throw new Error(`--jobs ${flags.jobs}: it takes a number from 1 to 9`);
const wanted = flags.document ? [] : ['proof', 'bare', ...(flags['no-cold'] ? [] : ['build'])];
const { verdictOf } = await importTs('test/proof/findings.ts');

await withCombinations(async (combinations) => {
  const snapshot = await snapshotOfTools();
  const findings = await openFindings(combinations, snapshot);
  const selected = combinations.filter(({ id }) => id.includes(flags.only));
  if (selected.length === 0) throw new Error(`no combination's name contains "${flags.only}"`);
  const left = [...selected.entries()];
  const proveTheRest = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, combination] = next;
      for (const part of wanted.filter((part) => findings.lacks(combination, part))) {
        console.error(`${index + 1}/${selected.length} ${combination.id}: ${part}`);
        const outcome = await PARTS[part](combination);
        for (const failure of outcome.failures) console.error(`  ${combination.id}: ${failure}`);
        await findings.record(combination, part, outcome);
      }
      await writeDocument(combinations, findings, versionsInUse(snapshot, combinations));
    }
  };
  await Promise.all(Array.from({ length: Number(flags.jobs) }, proveTheRest));
  const verdicts = selected.map((combination) => verdictOf(findings.of(combination)));
  const green = verdicts.filter((verdict) => verdict === 'green').length;
  console.log(`${green} of ${selected.length} combinations are green`);
  process.exitCode = green === selected.length ? 0 : 1;
});

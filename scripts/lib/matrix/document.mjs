import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { arch, availableParallelism, totalmem } from 'node:os';
import path from 'node:path';
import { importTs, ROOT } from '../import-ts.mjs';

const { documentOf } = await importTs('test/proof/document.ts');

/** Writes docs/matrix.md: every combination, proven or not. */
export async function writeDocument(combinations, findings, versions) {
  const rows = combinations.map((combination) => ({
    ...combination.row,
    leftOut: combination.leftOut,
    findings: findings.of(combination),
  }));
  const machine = { cores: availableParallelism(), architecture: arch(), memoryGiB: Math.round(totalmem() / 2 ** 30) };
  await mkdir(path.join(ROOT, 'docs'), { recursive: true });
  // In one piece: two jobs may write it at the same time.
  writeFileSync(path.join(ROOT, 'docs', 'matrix.md'), documentOf(rows, versions, machine));
}

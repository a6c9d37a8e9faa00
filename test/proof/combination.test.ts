import { defineBuiltProject } from '../support/built-project.ts';

// Run by scripts/matrix.mjs, which says what to prove.
const answers = process.env['PROOF_ANSWERS'];
if (answers === undefined) throw new Error('PROOF_ANSWERS is not set: npm run test:proof sets it');
defineBuiltProject({ resources: [], ...JSON.parse(answers) });

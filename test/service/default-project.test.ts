import { describe } from 'vitest';
import { legalCombinations } from '../../src/plan/legality.ts';
import { defineBuiltProject } from '../support/built-project.ts';
import { hasCargo } from '../support/cargo.ts';
import { answersFor, catalog } from '../support/projects.ts';

const combination = legalCombinations(catalog)[0];
if (combination === undefined) throw new Error('the catalog has no legal combination');

// CI has cargo: there a missing one is a failure, not a skip.
describe.skipIf(!hasCargo() && !process.env['CI'])('the default project (needs cargo: https://rustup.rs)', () => {
  defineBuiltProject(answersFor(combination));
});

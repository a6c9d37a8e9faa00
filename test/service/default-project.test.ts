import { legalCombinations } from '../../src/plan/legality.ts';
import { defineBuiltProject } from '../support/built-project.ts';
import { answersFor, catalog } from '../support/projects.ts';
import { describeWithTools } from '../support/tools.ts';

const combination = legalCombinations(catalog)[0];
if (combination === undefined) throw new Error('the catalog has no legal combination');

describeWithTools([{ name: 'cargo', install: 'https://rustup.rs' }], 'the default project', () => {
  defineBuiltProject(answersFor(combination));
});

import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { defineBuiltProject } from '../support/built-project.ts';
import { answersFor, catalog } from '../support/projects.ts';
import { describeWithTools } from '../support/tools.ts';

const combination = supportedCombinations(catalog)[0];
if (combination === undefined) throw new Error('the catalog has no supported combination');

describeWithTools([{ name: 'cargo', install: 'https://rustup.rs' }], 'the default project', () => {
  defineBuiltProject(answersFor(combination));
});

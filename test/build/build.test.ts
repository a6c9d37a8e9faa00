import { buildSelections } from '../support/build-selections.ts';
import { defineBuiltProject } from '../support/built-project.ts';
import { sampled } from '../support/sample.ts';

for (const { answers } of sampled(buildSelections().map((answers) => ({ answers })))) defineBuiltProject(answers);

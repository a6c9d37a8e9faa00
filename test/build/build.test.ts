import { paymentOf } from '../support/build-resources.ts';
import { buildSelections } from '../support/build-selections.ts';
import { defineBuiltProject } from '../support/built-project.ts';
import { sampled } from '../support/sample.ts';

const projects = buildSelections().map((answers) => ({
  answers: { ...answers, resources: [paymentOf(answers.auth)] },
}));

for (const { answers } of sampled(projects)) defineBuiltProject(answers);

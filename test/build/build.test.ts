import { buildSelections } from '../support/build-selections.ts';
import { defineBuiltProject } from '../support/built-project.ts';

for (const answers of buildSelections()) defineBuiltProject(answers);

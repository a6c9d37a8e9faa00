import { describe, test } from 'vitest';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { lint } from '../support/cargo.ts';
import { createProject } from '../support/create-project.ts';
import { groupBy } from '../support/group-by.ts';
import { loneSelections } from '../support/lone-selections.ts';
import { compiledFiles } from '../support/projects.ts';
import { sampled } from '../support/sample.ts';

const LINT_MS = 20 * 60_000;

// Some options add no Rust: projects that are the same to the compiler are linted once.
const projects = groupBy(sampled(loneSelections()), ({ answers }) => JSON.stringify(compiledFiles(answers)));

describe('clippy finds nothing in', () => {
  for (const same of projects.values()) {
    test(
      same.map(({ title }) => title).join(', '),
      async () => {
        for (const { answers } of same.slice(0, 1)) await lint(createProject(answers, temporaryFolder('alone')));
      },
      LINT_MS,
    );
  }
});

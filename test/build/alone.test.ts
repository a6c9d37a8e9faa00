import { describe, test } from 'vitest';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { lint } from '../support/cargo.ts';
import { createProject } from '../support/create-project.ts';
import { type LoneSelection, loneSelections } from '../support/lone-selections.ts';
import { compiledFiles } from '../support/projects.ts';

const LINT_MS = 20 * 60_000;

describe('clippy has nothing to say of', () => {
  for (const { title, answers } of distinct(loneSelections())) {
    test(
      title,
      async () => {
        await lint(createProject(answers, temporaryFolder('alone')));
      },
      LINT_MS,
    );
  }
});

/** The first of all selections that are the same to the compiler, named after all of them: some options are no Rust. */
function distinct(selections: readonly LoneSelection[]): readonly LoneSelection[] {
  const groups = new Map<string, LoneSelection>();
  for (const { title, answers } of selections) {
    const key = JSON.stringify(compiledFiles(answers));
    const earlier = groups.get(key);
    groups.set(key, earlier === undefined ? { title, answers } : { ...earlier, title: `${earlier.title}, ${title}` });
  }
  return [...groups.values()];
}

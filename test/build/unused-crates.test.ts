import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import type { FileSet } from '../../src/model/files.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { requireBinary } from '../harness/binaries.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { groupBy } from '../support/group-by.ts';
import { answersFor, catalog, compiledFiles, supportedExtras } from '../support/projects.ts';
import { describeWithTools } from '../support/tools.ts';

const MACHETE = { name: 'cargo-machete', install: 'cargo install cargo-machete' };
const ANALYSIS_MS = 20 * 60_000;

describeWithTools([MACHETE], MACHETE.name, () => {
  test(
    'finds no crate that a project lists and does not use',
    () => {
      const folder = temporaryFolder('crates');
      // Some options add no Rust: projects that are the same to the compiler are checked once.
      const projects = selections().map((answers) => ({ title: titleOf(answers), files: compiledFiles(answers) }));
      for (const same of groupBy(projects, ({ files }) => JSON.stringify(files)).values()) {
        for (const { title, files } of same.slice(0, 1)) write(path.join(folder, title), files);
      }
      expect(unusedCratesIn(folder)).toEqual([]);
    },
    ANALYSIS_MS,
  );

  test('would find one', () => {
    const [first] = selections();
    if (first === undefined) throw new Error('the catalog has no supported combination');
    const files = compiledFiles(first).map((file) =>
      file.path === 'Cargo.toml' ? { ...file, text: file.text.replace('[dependencies]', '$&\nleftpad = "1"') } : file,
    );
    const folder = temporaryFolder('crates');
    write(path.join(folder, 'padded'), files);
    expect(unusedCratesIn(folder)).toEqual(['leftpad in padded']);
  });
});

/** Every combination with no extras and with all of them; with the first authentication, also with each of them alone. */
function selections(): readonly Answers[] {
  const [plain] = catalog.parts.auth;
  return supportedCombinations(catalog).flatMap((combination) => {
    const bare = answersFor(combination, { middleware: [], features: [] });
    const all = {
      ...bare,
      middleware: supportedExtras('middleware', combination),
      features: supportedExtras('features', combination),
    };
    if (combination.auth !== plain?.id) return [bare, all];
    return [
      ...[bare, all],
      ...all.middleware.map((id) => ({ ...bare, middleware: [id] })),
      ...all.features.map((id) => ({ ...bare, features: [id] })),
    ];
  });
}

function titleOf({ framework, dbLayer, database, auth, middleware, features }: Answers): string {
  const extras = [...middleware, ...features];
  return [framework, dbLayer, database, auth, extras.length > 1 ? 'all' : (extras[0] ?? 'bare')]
    .filter(Boolean)
    .join('-');
}

function write(folder: string, files: FileSet): void {
  for (const file of files) {
    const target = path.join(folder, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
  }
}

/** `<crate> in <project>` for every unused crate that machete reports in a folder of projects. */
function unusedCratesIn(folder: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(requireBinary(MACHETE.name), ['.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  // 1: something was found; everything else that is not 0 is an error of the tool.
  if (status !== 0 && status !== 1) throw new Error(`cargo-machete exited ${status}: ${stderr}`);
  // "my-service -- ./0-axum/Cargo.toml:", and below it a line with a tab for each crate.
  const projects = stdout.split(/^\S+ -- /m).slice(1);
  const found = projects.flatMap((report) => {
    const [heading = '', ...crates] = report.split('\n');
    const project = path.basename(path.dirname(heading.replace(/:$/, '')));
    return crates.filter((line) => line.startsWith('\t')).map((line) => `${line.trim()} in ${project}`);
  });
  if (status === 1 && found.length === 0) throw new Error(`cargo-machete reports what is not understood: ${stdout}`);
  return found;
}

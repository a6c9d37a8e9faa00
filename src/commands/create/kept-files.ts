import type { Problem } from '../../model/errors.ts';
import { type IncompleteIgnore, incompleteIgnores } from '../../project/ignore-lines.ts';
import type { Prepared } from './prepare.ts';

/** Existing files that were kept instead of files of the project. */
export interface KeptFiles {
  readonly differing: readonly string[];
  /** Those that Cargo reads, without which the project may not build. */
  readonly buildInputs: readonly string[];
  readonly incompleteIgnores: readonly IncompleteIgnore[];
}

/** Files that Cargo, rustc and the macros of crates read. */
const BUILD_INPUT = /(?:^|\/)(?:Cargo\.(?:toml|lock)|rust-toolchain\.toml|[^/]+\.(?:rs|sql|html))$|^\.(?:cargo|sqlx)\//;

/** Whether Cargo, rustc or a macro reads a file of the project. */
export function isBuildInput(path: string): boolean {
  return BUILD_INPUT.test(path);
}

/** Finds the files that `--on-conflict skip` kept; none in any other mode. */
export function keptFiles({ settings, survey, files, target }: Prepared): KeptFiles {
  const differing = settings.onConflict === 'skip' ? survey.differing : [];
  return {
    differing,
    buildInputs: differing.filter(isBuildInput),
    incompleteIgnores: incompleteIgnores(target.path, files, differing),
  };
}

/** A project that may not build is a failure, even if it was written as requested. */
export function problemsOfKept({ buildInputs }: Pick<KeptFiles, 'buildInputs'>): readonly Problem[] {
  if (buildInputs.length === 0) return [];
  return [
    {
      code: 'kept-build-files',
      message: "the project may not build: existing files that Cargo reads were kept and differ from the project's",
      paths: buildInputs,
      hint: 'merge them with a project created in another directory, or replace them with --on-conflict overwrite',
    },
  ];
}

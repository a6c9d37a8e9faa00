import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import type { FileClass } from '../../model/files.ts';
import { type Migration, type MigrationVersions, migrationOf, versionAfter } from '../../model/migrations.ts';
import type { PlannedFile } from '../../model/plan.ts';
import type { BaseFile } from '../../model/project-record.ts';

/** The files of a project before a change of it, and those that it is to have. */
interface ChangedProject {
  readonly planned: readonly Pick<PlannedFile, 'path' | 'class'>[];
  readonly base: ReadonlyMap<string, BaseFile>;
  /** The versions in its lock, with which it was rendered. */
  readonly versions: MigrationVersions;
  /** Whether it has another structure now: no database has its migrations then. */
  readonly isOther: boolean;
  /** Returns the names of what is in a folder, which ends with `/`. */
  readonly namesIn: (folder: string) => readonly string[];
}

/**
 * Numbers new migrations after the latest one in the project if, with the versions of a new project, they had that of one of the
 * owner's, or came before it: where the owner's has been applied, they run after it all the same. Returns the versions for the lock.
 * Throws an `ExpectedError` if there is no later version.
 */
export function numberMigrations({
  planned: files,
  base,
  versions,
  isOther,
  namesIn,
}: ChangedProject): MigrationVersions {
  const before = migrationsOf([...base.values()]);
  const planned = migrationsOf(files);
  const numberedBefore = Object.values(versions);
  // What has a version from the lock is in the base already, unless the structure is another one.
  const added = [...planned.values()]
    .filter(({ entry, version }) => !before.has(entry) && !(isOther && numberedBefore.includes(version)))
    .sort((a, b) => (a.version < b.version ? -1 : 1));
  const folders = new Set(added.map(({ folder }) => folder));
  const found = [...folders].flatMap((folder) => namesIn(folder).flatMap((name) => migrationOf(folder + name) ?? []));
  const own = found.filter(({ entry }) => !before.has(entry) && !planned.has(entry));

  const outOfOrder = [...own.map(({ version }) => version), ...numberedBefore];
  const all = [...outOfOrder, ...[...before.values()].map(({ version }) => version)];
  const chosen: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const migration of added) {
    const { version } = migration;
    if (outOfOrder.every((other) => (isOther ? other !== version : other < version))) {
      all.push(version);
      continue;
    }
    const latest = all.reduce((a, b) => (a > b ? a : b));
    const next = versionAfter(latest);
    if (next === null) {
      problems.push(
        noLaterVersion(
          migration,
          own.find((other) => other.version === latest),
        ),
      );
      continue;
    }
    chosen[version] = next;
    outOfOrder.push(next);
    all.push(next);
  }
  if (problems.length > 0) throw new ExpectedError(EXIT.conflict, problems);
  return added.some(({ version }) => version in chosen) ? { ...versions, ...chosen } : versions;
}

/** The migrations among files, by their entries: they are written once. */
function migrationsOf(
  files: readonly { readonly path: string; readonly class: FileClass }[],
): ReadonlyMap<string, Migration> {
  const written = files.filter((file) => file.class === 'seed');
  return new Map(written.flatMap(({ path }) => migrationOf(path) ?? []).map((each) => [each.entry, each]));
}

function noLaterVersion({ entry }: Migration, own: Migration | undefined): Problem {
  return {
    code: 'migration-version',
    message: `${entry} has to run after ${own?.entry ?? 'all others'}, and no version is later`,
    hint: 'give yours a time as its version, such as 20261127120000, if it has not been applied to any database yet',
  };
}

import { type MigrationVersions, migrationOf } from '../../model/migrations.ts';
import type { Plan } from '../../model/plan.ts';
import type { BaseFile, ProjectLock } from '../../model/project-record.ts';
import { printResource } from '../../model/resource-syntax.ts';
import type { ChangeEffect } from '../../plan/check-history.ts';
import { plan } from '../../plan/plan.ts';
import { entriesIn } from '../../project/neighbours.ts';
import { isOtherStructure } from '../change/merge-project.ts';
import { numberMigrations } from '../change/number-migrations.ts';
import type { CreateOptions } from '../create/create-options.ts';
import type { CommittedProject } from './read-branches.ts';

/** The plan of a project with that lock. */
export function planOf({ answers, placement, migrations }: ProjectLock, { catalog }: CreateOptions): Plan {
  return plan(answers, catalog, placement, [], migrations);
}

/**
 * The versions of the migrations of both branches: those that they have in the first one, then in the second one, unless they are taken or
 * come too early; then the next one.
 */
export function versionsOf(
  root: string,
  joined: ProjectLock,
  base: ReadonlyMap<string, BaseFile>,
  [first, second]: readonly [CommittedProject, CommittedProject],
  options: CreateOptions,
): MigrationVersions {
  const defaults = migrationsIn(planOf(joined, options));
  const versions: Record<string, string> = { ...first.lock.migrations };
  const applied = [...migrationsIn(planOf(first.lock, options)).values()].map(versionIn);
  const numbered = Object.values(second.lock.migrations);
  for (const [key, path] of migrationsIn(planOf(second.lock, options))) {
    const [version, usual] = [versionIn(path), versionIn(defaults.get(key) ?? '')];
    if (!numbered.includes(version) || usual in versions || applied.some((other) => other >= version)) continue;
    versions[usual] = version;
  }
  return numberMigrations({
    planned: planOf({ ...joined, migrations: versions }, options).files,
    base,
    versions,
    isOther: isOtherStructure(first.lock.answers, joined.answers, options.catalog.axes),
    namesIn: (folder) => entriesIn(root, folder),
  });
}

function versionIn(path: string): string {
  return migrationOf(path)?.version ?? '';
}

/**
 * The migrations that have another version now, because the other branch has one of that version: their paths now by those before;
 * `null` for one that another one takes the place of.
 */
export function renumberedFiles(before: Plan, now: Plan): ReadonlyMap<string, string | null> {
  const paths = migrationsIn(now);
  return new Map(
    [...migrationsIn(before)].flatMap(([key, path]) => {
      const to = paths.get(key) ?? null;
      return to === path ? [] : [[path, to] as const];
    }),
  );
}

/** What it means that migrations have another version now, whatever files each of them has. */
export function effectsOf(renumbered: ReadonlyMap<string, string | null>): readonly ChangeEffect[] {
  const texts = [...renumbered].flatMap(([from, to]) => {
    const [before, now] = [migrationOf(from), migrationOf(to ?? '')];
    if (before === null || now === null || before.version === now.version) return [];
    return `renames ${before.entry} to ${now.entry}: recreate development databases that have run it`;
  });
  return [...new Set(texts)].map((text) => ({ text, losesData: false }));
}

/** The paths of the migrations in a plan, by what is theirs, whatever their version is. */
function migrationsIn({ files, steps }: Plan): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { path, template, step, class: fileClass } of files) {
    if (fileClass !== 'seed' || migrationOf(path) === null) continue;
    const entry = step === null ? undefined : steps[step];
    let key = `${template} ${entry === undefined ? '' : printResource(entry.resource)}`;
    while (paths.has(key)) key += '+';
    paths.set(key, path);
  }
  return paths;
}

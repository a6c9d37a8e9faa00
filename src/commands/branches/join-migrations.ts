import { type MigrationVersions, migrationOf } from '../../model/migrations.ts';
import type { Plan } from '../../model/plan.ts';
import type { BaseFile, ProjectLock } from '../../model/project-record.ts';
import type { HistoryStep } from '../../model/resource-history.ts';
import { printResource } from '../../model/resource-syntax.ts';
import { type ChangeEffect, effectsOfChange } from '../../plan/check-history.ts';
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
 * come too early; then the next one. A database may have them, so they stay also where an entry before theirs has gone away.
 */
export function versionsOf(
  root: string,
  joined: ProjectLock,
  base: ReadonlyMap<string, BaseFile>,
  [first, second]: readonly [CommittedProject, CommittedProject],
  options: CreateOptions,
): MigrationVersions {
  const pathsIn = (lock: ProjectLock) => migrationsIn(planOf(lock, options));
  const usual = pathsIn({ ...joined, migrations: {} });
  const usualOf = (key: string) => versionIn(usual.get(key) ?? '');
  const versions: Record<string, string> = { ...first.lock.migrations };
  // Their usual versions are other ones now.
  for (const [key, path] of pathsIn({ ...first.lock, migrations: {} })) {
    if (usual.has(key)) delete versions[versionIn(path)];
  }
  const inFirst = pathsIn(first.lock);
  for (const [key, path] of inFirst) {
    if (usual.has(key) && usualOf(key) !== versionIn(path)) versions[usualOf(key)] = versionIn(path);
  }
  const applied = [...inFirst.values()].map(versionIn);
  const numbered = Object.values(second.lock.migrations);
  for (const [key, path] of pathsIn(second.lock)) {
    const [version, now] = [versionIn(path), usualOf(key)];
    const isKept = usual.has(key) && (numbered.includes(version) || now < version);
    if (!isKept || now in versions || applied.some((other) => other >= version)) continue;
    versions[now] = version;
  }
  const isTaken = (path: string) => !first.base.has(path) && applied.includes(versionIn(path));
  return numberMigrations({
    planned: planOf({ ...joined, migrations: versions }, options).files,
    base: new Map([...base].filter(([path]) => !isTaken(path))),
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
    let key = `${template} ${entry === undefined ? '' : printStep(entry)}`;
    while (paths.has(key)) key += '+';
    paths.set(key, path);
  }
  return paths;
}

/** What a step does, whatever else its resource has. */
function printStep({ before, resource }: HistoryStep): string {
  const { singular } = resource;
  return before === null ? printResource(resource) : JSON.stringify([singular, effectsOfChange(before, resource)]);
}

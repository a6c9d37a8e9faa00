import { purposeOf } from '../../model/catalog.ts';
import type { Problem } from '../../model/errors.ts';
import type { FileSet } from '../../model/files.ts';
import { entriesIn } from '../../project/neighbours.ts';

/** A migration: a file, or a folder, whose name begins with its version. */
interface Migration {
  /** Its path without an ending: `migrations/20260101000100_create_payments`. */
  readonly entry: string;
  /** The folder that it is in, with `/` at the end. */
  readonly folder: string;
  /** The digits of its version. */
  readonly version: string;
}

/** The migration of a path. */
function migrationOf(path: string): Migration | null {
  const [, entry = '', folder = '', version = ''] = /^((.*?\/?)m?(\d{4}[\d_-]*\d)_[a-z][^/.]*)/.exec(path) ?? [];
  return entry === '' ? null : { entry, folder, version: version.replace(/\D/g, '') };
}

/**
 * A problem for each new migration that conflicts with one of the owner's. If two have the same version, only one of them runs. A change
 * of a table with a lower version than the owner's runs before it in a new database, but after it in an existing one. `base` has the
 * files that create-api wrote before.
 */
export function problemsOfMigrations(
  root: string,
  rendered: FileSet,
  base: ReadonlyMap<string, unknown>,
): readonly Problem[] {
  const ours = new Set([...base.keys(), ...rendered.map(({ path }) => path)].map((path) => migrationOf(path)?.entry));
  const problems = rendered.flatMap(({ path, origin }) => {
    const purpose = purposeOf(origin.template);
    const added = migrationOf(path);
    if (purpose === 'resource' || added === null || base.has(path)) return [];
    const own = entriesIn(root, added.folder)
      .flatMap((name) => migrationOf(added.folder + name) ?? [])
      .filter(({ entry }) => !ours.has(entry));
    return own.flatMap((other): Problem[] => {
      if (other.version === added.version) return [sameVersion(added, other)];
      return purpose === 'change' && other.version > added.version ? [runsBefore(added, other)] : [];
    });
  });
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function sameVersion(added: Migration, own: Migration): Problem {
  return {
    code: 'migration-version',
    message: `${added.entry} would have the version of ${own.entry}, which is yours`,
    hint: 'give yours another version, if it has not been applied to any database yet',
  };
}

function runsBefore(added: Migration, own: Migration): Problem {
  return {
    code: 'migration-order',
    message: `${added.entry} would run before ${own.entry}, which is yours, where neither has run yet, and after it elsewhere`,
    hint: 'make this change in a migration of your own, and in the code of the resource',
  };
}

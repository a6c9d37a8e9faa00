/**
 * Versions of migrations. A migration is a file or a folder whose name begins with its version: 14 digits, which are a time, with or
 * without separators, and possibly more digits, depending on the layer.
 */

/** A migration, by its path. */
export interface Migration {
  /** Its path without an ending: `migrations/20260101000100_create_payments`. */
  readonly entry: string;
  /** The folder that it is in, with `/` at the end. */
  readonly folder: string;
  /** The digits of its version, as far as they are a time: 14 characters, which sort in the order in which migrations run. */
  readonly version: string;
}

/** The versions of a project's migrations that are not those of a new project, by those: `20260101000100` → `20261127120001`. */
export type MigrationVersions = Readonly<Record<string, string>>;

/** A version of 14 digits. */
export const VERSION = /^\d{14}$/;

const NAME = /^((.*\/|)(m\d{8}_\d{6}|\d[\d-]*)_[^/.]+)/;

/** The migration that a path belongs to; `null` if its name has no version. */
export function migrationOf(path: string): Migration | null {
  const [, entry, folder = '', written = ''] = NAME.exec(path) ?? [];
  return entry === undefined ? null : { entry, folder, version: versionOf(written) };
}

/** Shorter versions run as if they were filled up: as texts where they have dashes, otherwise as numbers. */
function versionOf(written: string): string {
  const digits = written.replace(/\D/g, '');
  if (written.includes('-')) return digits.padEnd(14, '9').slice(0, 14);
  const number = digits.replace(/^0+/, '').padStart(14, '0');
  return number.length > 14 ? '9'.repeat(14) : number;
}

/** Gives the migration that a path or name belongs to the version that it has in this project. */
export function numbered(path: string, versions: MigrationVersions): string {
  const migration = migrationOf(path);
  const version = versions[migration?.version ?? ''];
  if (migration === null || version === undefined) return path;
  const digits = [...version];
  const name = path.slice(migration.folder.length).replace(/\d/g, (digit) => digits.shift() ?? digit);
  return migration.folder + name;
}

/** The version of a second later; `null` if it would have more than 14 digits. */
export function versionAfter(version: string): string | null {
  const [year = 0, month = 0, day = 0, hours, minutes, seconds = 0] = (version.match(/^\d{4}|\d\d/g) ?? []).map(Number);
  // Numbers that are no time become a later one.
  const time = Date.UTC(year, Math.max(month, 1) - 1, Math.max(day, 1), hours, minutes, seconds + 1);
  const next = new Date(time).toISOString();
  return next.startsWith('+') ? null : next.replace(/\D/g, '').slice(0, 14);
}

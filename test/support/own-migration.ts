import { numbered } from '../../src/model/migrations.ts';

/** A migration of the owner's, where the tool of a layer puts it, and what lists it, if anything does. */
interface Layout {
  /** Paths with the version of a new project's first migration: up, and down if that is another file. */
  readonly files: readonly string[];
  readonly list: string | null;
}

const FIRST = '20260101000000';
const IN_RUST = `m20260101_000000_own.rs`;

/** The layout of a project. */
export function layoutOf(paths: Iterable<string>): Layout {
  const all = [...paths];
  const list = all.find((path) => /(?:^|\/)migration\/(?:mod|src\/lib)\.rs$/.test(path));
  if (list !== undefined) return { files: [list.replace(/[^/]*$/, IN_RUST)], list };
  const isFolder = all.some((path) => /^migrations\/[^/]*\/up\.sql$/.test(path));
  const files = isFolder
    ? ['2026-01-01-000000_own/up.sql', '2026-01-01-000000_own/down.sql']
    : [`${FIRST}_own.up.sql`, `${FIRST}_own.down.sql`];
  return { files: files.map((name) => `migrations/${name}`), list: null };
}

/** What is written for a migration of a version that runs `up` and `down`: texts by path. `textOf` reads a file of the project. */
export function ownMigration(
  { files, list }: Layout,
  version: string,
  textOf: (path: string) => string,
  { up, down }: { readonly up: string; readonly down: string } = { up: 'SELECT 1;', down: 'SELECT 1;' },
): Readonly<Record<string, string>> {
  const paths = files.map((path) => numbered(path, { [FIRST]: version }));
  if (list === null) return Object.fromEntries(paths.map((path, index) => [path, `${[up, down][index]}\n`]));
  const [path = ''] = paths;
  const module = path.replace(/^.*\/|\.rs$/g, '');
  const listed = textOf(list)
    .replace(/(?:mod \w+;\n)+/, (run) => `${run}mod ${module};\n`)
    .replace(/(?: *Box::new\(\w+::Migration\),\n)+/, (run) => `${run}            Box::new(${module}::Migration),\n`);
  return { [path]: inRust(up, down), [list]: listed };
}

function inRust(up: string, down: string): string {
  const method = (
    name: string,
    sql: string,
  ) => `    async fn ${name}(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("${sql}")
            .await?;
        Ok(())
    }
`;
  return `use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
${method('up', up)}
${method('down', down)}}
`;
}

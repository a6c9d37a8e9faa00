// The projects whose builds `bench:build` compares.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/import-ts.mjs';
import { isSource } from '../lib/files.mjs';
import { generate } from '../lib/generate.mjs';

const TUTORIAL = path.join(ROOT, 'bench', 'tutorial');
const QUIET = { stdio: ['ignore', 'ignore', 'pipe'] };

/**
 * Each has: `create`, which writes the project into a folder that does not exist yet, given the binary of the `tool`,
 * if it needs one; `arguments` of `cargo run`; `path`, which responds once the service is up, and `portVariable`, if it
 * is not PORT; `migrate`, the command of cargo that comes before; `binary`, and `deploys`, what is deployed beside it.
 * `edits` change a text in a file; `checksQueries` is the environment without which a changed query does not build.
 */
export const SUBJECTS = [
  {
    id: 'ours',
    create: (folder) => generate(folder),
    path: '/health',
    arguments: [],
    binary: 'ours',
    deploys: [],
    checksQueries: { SQLX_OFFLINE: 'false', DATABASE_URL: 'sqlite://app.db' },
    edits: {
      handler: edit(
        'src/routes/users.rs',
        'Ok(Json(db::users::find(',
        (n) => `tracing::debug!("${n}"); Ok(Json(db::users::find(`,
      ),
      model: edit('src/models/user.rs', 'max = 100', (n) => `max = ${100 + n}`),
      query: edit('src/db/users.rs', 'FROM users WHERE id = ?', (n) => `FROM users WHERE id = ? AND ${n} = ${n}`),
    },
  },
  {
    id: 'tutorial',
    create: (folder) => cpSync(TUTORIAL, folder, { recursive: true, filter: isSource }),
    path: '/health',
    arguments: [],
    binary: 'tutorial',
    deploys: [],
    edits: {
      handler: edit('src/handlers.rs', 'Ok(Json(db::find(', (n) => `tracing::debug!("${n}"); Ok(Json(db::find(`),
      model: edit('src/models.rs', 'max = 100', (n) => `max = ${100 + n}`),
      query: edit('src/db.rs', 'FROM users WHERE id = ?', (n) => `FROM users WHERE id = ? AND ${n} = ${n}`),
    },
  },
  {
    id: 'loco-new',
    tool: { crate: 'loco', version: '1.2.0' },
    create(folder, tool) {
      const choices = ['--db', 'sqlite', '--bg', 'async', '--assets', 'none', '--allow-in-git-repo'];
      const place = ['--path', path.dirname(folder), '--name', path.basename(folder)];
      execFileSync(tool, ['new', ...place, ...choices], QUIET);
    },
    path: '/_health',
    arguments: ['start'],
    binary: 'loco_new-cli',
    deploys: ['config'],
    edits: {
      handler: edit(
        'src/controllers/auth.rs',
        'format::json(CurrentResponse',
        (n) => `tracing::debug!("${n}"); format::json(CurrentResponse`,
      ),
      model: edit('src/models/users.rs', 'length(min = 2,', (n) => `length(min = ${2 + n},`),
      query: edit('src/models/users.rs', 'users::Entity::find()', (n) => `users::Entity::find().limit(${n})`),
    },
  },
  {
    id: 'gerust',
    tool: { crate: 'gerust', version: '0.0.6' },
    create(folder, tool) {
      const place = ['--outdir', path.dirname(folder), path.basename(folder)];
      execFileSync(tool, ['--full', '--no-vcs', ...place], QUIET);
    },
    usesPostgres: true,
    migrate: ['db', 'migrate'],
    path: '/tasks',
    portVariable: 'APP_SERVER__PORT',
    arguments: [],
    binary: 'gerust-web',
    deploys: ['config'],
    edits: {
      handler: edit('web/src/controllers/tasks.rs', 'responding with', (n) => `responding ${n} with`),
      model: edit('db/src/entities/tasks.rs', 'length(min = 1)', (n) => `length(min = ${1 + n})`),
      query: edit(
        'db/src/entities/tasks.rs',
        'description FROM tasks"',
        (n) => `description FROM tasks WHERE ${n} = ${n}"`,
      ),
    },
  },
];

function edit(file, from, to) {
  return { file, from, to };
}

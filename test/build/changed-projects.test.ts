import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { readLock } from '../../src/catalog/read-record.ts';
import { addTo, extrasOf, removeFrom, setIn } from '../../src/commands/change/change-answers.ts';
import type { Answers } from '../../src/model/answers.ts';
import { ExpectedError } from '../../src/model/errors.ts';
import { LOCK_FILE } from '../../src/model/project-record.ts';
import { unpackRelease } from '../cli/support/earlier-release.ts';
import { parsed } from '../support/build-resources.ts';
import { defineBuiltProject } from '../support/built-project.ts';
import { createProject } from '../support/create-project.ts';
import { OWNERS_EDITS, withEdit } from '../support/owners-edits.ts';
import { options } from '../support/project-in-memory.ts';
import { answersFor } from '../support/projects.ts';
import { oneInTurn } from '../support/sample.ts';

const CLI = path.join(import.meta.dirname, '../../dist/cli.js');

/** Where each framework's project begins, and the database that it is moved to: every layer and database is among them. */
const PROJECTS = [
  { framework: 'axum', dbLayer: 'sqlx', database: 'sqlite', auth: 'jwt', moved: 'postgres' },
  { framework: 'actix-web', dbLayer: 'diesel', database: 'postgres', auth: 'session', moved: 'mysql' },
  { framework: 'poem', dbLayer: 'sqlx', database: 'mysql', auth: 'session', moved: 'sqlite' },
  { framework: 'loco', dbLayer: 'sea-orm', database: 'sqlite', auth: 'jwt', moved: 'postgres' },
] as const;

const RESOURCES = [
  'payment amount_cents:i64:min=1 currency:string(3) description:text? status:enum(pending|paid|failed) user:ref(user)',
  'shop name:string(50):unique opened:date?',
  'order shop:ref(shop):cascade payment:ref(payment)? note:text?',
];

/** A call of create-api in a project, and the answers that the project has afterwards. */
interface Step {
  readonly args: readonly string[];
  readonly answers: Answers;
}

/** A life: everything is added, one at a time; then three resources; half is removed; the database is changed; an update. */
function livesThrough(start: Answers, auth: string, database: string): readonly Step[] {
  const steps: Step[] = [];
  const now = () => steps.at(-1)?.answers ?? start;
  const others = options.catalog.parts.auth.map(({ id }) => id).filter((id) => id !== auth);
  const extras = extrasOf(options).map(({ id }) => id);
  const added = extras.filter((id) => !others.includes(id) && isSupported(id, start));
  for (const id of added) steps.push({ args: ['add', id], answers: addTo(now(), [id], options) });
  for (const text of RESOURCES) {
    const answers = { ...now(), resources: [...now().resources, parsed(text)] };
    steps.push({ args: ['generate', 'resource', ...text.split(' ')], answers });
  }
  for (const id of added.filter((id, index) => index % 2 === 1 && id !== auth)) {
    steps.push({ args: ['remove', id], answers: removeFrom(now(), [id], options) });
  }
  const assignment = `database=${database}`;
  steps.push({ args: ['set', assignment], answers: setIn(now(), [assignment], options) });
  return [...steps, { args: ['update'], answers: now() }];
}

/** Whether an id can be added to answers; whatever else goes wrong then is a defect. */
function isSupported(id: string, answers: Answers): boolean {
  try {
    addTo(answers, [id], options);
    return true;
  } catch (error) {
    if (error instanceof ExpectedError) return false;
    throw error;
  }
}

/** Creates the project, edits it as its owner does, and takes the steps; each must succeed, and no line of the owner's be lost. */
function makeChanged(start: Answers, steps: readonly Step[]) {
  return ({ name, framework }: Answers, home: string): void => {
    const project = createProject({ ...start, name }, home);
    const edits = OWNERS_EDITS[framework] ?? [];
    for (const edit of edits) {
      const file = path.join(project, edit.file);
      writeFileSync(file, withEdit(existsSync(file) ? readFileSync(file, 'utf8') : '', edit));
    }
    run(project, 'cargo', ['update', '--workspace']);
    run(project, 'git', ['init', '--quiet']);
    for (const { args } of steps) {
      commit(project);
      run(project, process.execPath, [CLI, ...args]);
    }
    commit(project);
    run(project, process.execPath, [CLI, 'check']);
    for (const { file, lines } of edits) {
      expect(readFileSync(path.join(project, file), 'utf8')).toContain(lines.join('\n'));
    }
    const { answers } = readLock(
      readFileSync(path.join(project, LOCK_FILE), 'utf8'),
      options.catalog.axes,
      options.catalog.standard.version,
    );
    expect(answers).toEqual({ ...steps.at(-1)?.answers, name });
  };
}

/** Runs a program. Throws with what it printed if it fails. */
function run(cwd: string, program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited ${status} in ${cwd}:\n${stdout}${stderr}`);
}

function commit(project: string): void {
  const identity = ['-c', 'user.name=An Owner', '-c', 'user.email=owner@example.com'];
  run(project, 'git', ['add', '--all']);
  run(project, 'git', [...identity, 'commit', '--quiet', '--allow-empty', '--message', 'Change the project']);
}

const release = unpackRelease();

/** Has release 0.1.0 create the project, takes it in, and updates it to the templates of today. */
function makeUpdated({ name, framework, dbLayer, database, auth }: Answers, home: string): void {
  const choices = ['--framework', framework, '--db-layer', dbLayer, '--database', database ?? '', '--auth', auth];
  run(home, process.execPath, [
    path.join(release.folder, 'dist/cli.js'),
    name,
    '--yes',
    '--no-install',
    '--no-git',
    ...choices,
  ]);
  const project = path.join(home, name);
  run(project, 'git', ['init', '--quiet']);
  commit(project);
  run(project, process.execPath, [CLI, 'adopt', '--release', release.folder]);
  commit(project);
  run(project, process.execPath, [CLI, 'update']);
  commit(project);
  run(project, process.execPath, [CLI, 'check']);
}

const changed = PROJECTS.map(({ moved, auth, ...structure }) => {
  const start = answersFor({ ...structure, auth: 'none' }, { middleware: [], features: [] });
  const steps = livesThrough(start, auth, moved);
  return { answers: steps.at(-1)?.answers ?? start, make: makeChanged(start, steps) };
});
const updated = {
  answers: answersFor({ framework: 'actix-web', dbLayer: 'sqlx', database: 'sqlite', auth: 'session' }),
  make: makeUpdated,
};

for (const { answers, make } of oneInTurn([...changed, updated])) defineBuiltProject(answers, make);

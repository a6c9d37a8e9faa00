import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Answers } from '../../src/model/answers.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { parsed } from '../support/build-resources.ts';
import { defineBuiltProject } from '../support/built-project.ts';
import { CLI, createProject } from '../support/create-project.ts';
import { guideSteps } from '../support/pack-guide.ts';
import { answersFor } from '../support/projects.ts';
import { oneInTurn } from '../support/sample.ts';

/** What a pack that is written by the guide brings: a feature with a route in each framework, and a resource. */
const FEATURE = 'about';
const OPERATIONS = ['GET /about'];
const RESOURCE = 'audit_event action:string(100) actor:string(100):index';

const PROJECTS = [
  { framework: 'axum', dbLayer: 'sqlx', database: 'sqlite', auth: 'none' },
  { framework: 'actix-web', dbLayer: 'diesel', database: 'sqlite', auth: 'jwt' },
  { framework: 'poem', dbLayer: 'sqlx', database: 'sqlite', auth: 'session' },
  { framework: 'loco', dbLayer: 'sea-orm', database: 'sqlite', auth: 'none' },
] as const;

let written: string | null = null;

/** The folder of a pack that is written by the guide to the letter, which checks it, too. */
function packOfGuide(): string {
  if (written !== null) return written;
  const home = temporaryFolder('guide');
  for (const { path: file, text } of guideSteps()) {
    if (file !== null) {
      mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
      writeFileSync(path.join(home, file), text);
    } else if (text.startsWith('create-api pack ')) {
      const [, ...words] = text.split(' ');
      execFileSync(process.execPath, [CLI, ...words], { cwd: home, stdio: 'pipe' });
    }
  }
  written = path.join(home, 'acme');
  return written;
}

function makeWithPack(answers: Answers, home: string): void {
  const features = [...answers.features, FEATURE];
  createProject({ ...answers, features }, home, ['--pack', packOfGuide()]);
}

for (const structure of oneInTurn(PROJECTS)) {
  const answers = answersFor(structure, { features: ['openapi'], resources: [parsed(RESOURCE)] });
  defineBuiltProject(answers, makeWithPack, OPERATIONS);
}

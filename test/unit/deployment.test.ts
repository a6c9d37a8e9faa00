import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FileSet } from '../../src/model/files.ts';
import { everySelection, renderProject } from '../support/projects.ts';

const selections = everySelection()
  .filter(({ answers }) => answers.features.includes('kubernetes'))
  .map(({ title, answers }) => ({ title, files: renderProject(answers) }));

describe.each(selections)('$title', ({ files }) => {
  test('deployments set only variables that the service reads', () => {
    // Loco reads its environment from this variable by itself.
    const known = [...variablesOf(files), 'LOCO_ENV'];
    for (const name of [...namesInManifests(files), ...namesInImage(files), ...Object.keys(composeEnvironment(files))])
      expect(known).toContain(name);
  });

  test('the image of a Loco service runs in production', () => {
    const isLoco = files.some(({ path }) => path === 'config/production.yaml');
    expect(/^ENV LOCO_ENV=production$/m.test(textOf(files, 'Dockerfile'))).toBe(isLoco);
  });

  test('Compose passes the variables in .env on, except those of the container', () => {
    const { api } = parse(textOf(files, 'compose.yaml')).services;
    expect(api.env_file).toEqual([{ path: '.env', required: false }]);
    expect(api.environment).toMatchObject({ HOST: '0.0.0.0', PORT: 3000 });
    for (const [, name = ''] of textOf(files, '.env.example').matchAll(/^(\w+)=/gm)) {
      if (name !== 'DATABASE_PASSWORD') expect(Object.keys(api.environment)).toContain(name);
    }
  });

  test('compose.yaml contains no secret', () => {
    const { services } = parse(textOf(files, 'compose.yaml'));
    for (const service of Object.values<{ environment?: Record<string, string> }>(services)) {
      for (const [name, value] of Object.entries(service.environment ?? {})) {
        if (/PASSWORD|KEYS|DATABASE_URL/.test(name) && !/^sqlite:/.test(value))
          expect(value, name).toMatch(/\$\{[A-Z_]+:\?[^}]+\}/);
      }
    }
  });

  test('the README says in one place how to remove each part', () => {
    const section = textOf(files, 'README.md').split('\nTo remove a part')[1] ?? '';
    const subjects = section
      .split('\n\n')
      .slice(1)
      .map((paragraph) => /^For ([^,]+), /.exec(paragraph)?.[1]);
    expect(subjects).not.toContain(undefined);
    const starts = subjects.filter((subject, index) => subject !== subjects[index - 1]);
    expect(starts).toEqual([...new Set(starts)]);
  });

  test('every action is pinned by its commit, with the version in a comment', () => {
    const uses = files
      .filter(({ path }) => path.startsWith('.github/'))
      .flatMap(({ text }) => [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action));
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('every tool is installed in the same way, at a fixed version', () => {
    const commands = files.flatMap(({ text }) => text.match(/cargo install \S+.*/g) ?? []);
    const byTool = new Map<string, Set<string>>();
    for (const command of commands) {
      const tool = command.split(' ')[2] ?? '';
      byTool.set(tool, (byTool.get(tool) ?? new Set()).add(command.trim()));
      expect(command).toMatch(/ --version \d+\.\d+\.\d+ --locked/);
    }
    for (const [tool, ways] of byTool) expect([...ways], tool).toHaveLength(1);
  });
});

function textOf(files: FileSet, path: string): string {
  const file = files.find((other) => other.path === path);
  if (file === undefined) throw new Error(`there is no ${path}`);
  return file.text;
}

function variablesOf(files: FileSet): readonly string[] {
  return [...textOf(files, '.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
}

function namesInManifests(files: FileSet): readonly string[] {
  const { configMapGenerator } = parse(textOf(files, 'deploy/kubernetes/base/kustomization.yaml'));
  return configMapGenerator[0].literals.map((literal: string) => literal.split('=')[0]);
}

function namesInImage(files: FileSet): readonly string[] {
  return [...textOf(files, 'Dockerfile').matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs = '']) =>
    pairs.split(' ').map((pair) => pair.split('=')[0] ?? ''),
  );
}

function composeEnvironment(files: FileSet): Readonly<Record<string, string>> {
  return parse(textOf(files, 'compose.yaml')).services.api.environment;
}

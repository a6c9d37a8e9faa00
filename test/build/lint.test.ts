import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'vitest';
import type { FileSet } from '../../src/model/files.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { groupBy } from '../support/group-by.ts';
import { everySelection, renderProject } from '../support/projects.ts';
import { describeWithTools, PIP, runTool, type Tool } from '../support/tools.ts';

const GO = 'go install';
const ACTIONLINT = { name: 'actionlint', install: `${GO} github.com/rhysd/actionlint/cmd/actionlint@latest` };
const HADOLINT = { name: 'hadolint', install: PIP };
const SHELLCHECK = { name: 'shellcheck', install: 'apt-get install shellcheck' };
const KUSTOMIZE = { name: 'kustomize', install: `${GO} sigs.k8s.io/kustomize/kustomize/v5@latest` };
const KUBERNETES_VALIDATE = { name: 'kubernetes-validate', install: PIP };

const projects = everySelection().map(({ title, answers }) => ({ title, files: renderProject(answers) }));

defineLint(ACTIONLINT, 'workflows', /^\.github\/workflows\//, ['-no-color']);
defineLint(HADOLINT, 'Dockerfiles', /(^|\/)Dockerfile$/, ['--no-color']);
defineLint(SHELLCHECK, 'scripts', /\.sh$/, []);

describeWithTools([KUSTOMIZE, KUBERNETES_VALIDATE], 'manifests are valid', () => {
  const OVERLAY = /^(deploy\/kubernetes\/overlays\/[^/]+)\/kustomization\.yaml$/;
  for (const { title, files } of distinct(/^deploy\/kubernetes\//)) {
    const overlays = files.flatMap((file) => OVERLAY.exec(file.path)?.[1] ?? []);
    test.each(overlays)(`%s of ${title}`, async (overlay) => {
      const project = await written(files);
      const manifests = await runTool(KUSTOMIZE, ['build', overlay], project);
      await writeFile(path.join(project, 'manifests.yaml'), manifests);
      await runTool(KUBERNETES_VALIDATE, ['--strict', 'manifests.yaml'], project);
    });
  }
});

/** Registers a test for each distinct set of files that any combination has at such paths. */
function defineLint(tool: Tool, what: string, pattern: RegExp, args: readonly string[]): void {
  describeWithTools([tool], `${what} have nothing for ${tool.name} to say`, () => {
    test.each(distinct(pattern))('$title', async ({ files }) => {
      const paths = files.map((file) => file.path).filter((path) => pattern.test(path));
      await runTool(tool, [...args, ...paths], await written(files));
    });
  });
}

/** The first project with each distinct set of files at such paths, reduced to those files. */
function distinct(pattern: RegExp): readonly { readonly title: string; readonly files: FileSet }[] {
  const kept = projects.map(({ title, files }) => ({ title, files: files.filter((file) => pattern.test(file.path)) }));
  const groups = groupBy(
    kept.filter(({ files }) => files.length > 0),
    ({ files }) => JSON.stringify(files),
  );
  return [...groups.values()].flatMap((same) => same.slice(0, 1));
}

async function written(files: FileSet): Promise<string> {
  const folder = temporaryFolder('lint');
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await writeFile(path.join(folder, file.path), file.text);
  }
  return folder;
}

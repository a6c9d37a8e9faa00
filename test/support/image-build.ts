import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';

/** An image as folders: its contents, and how it starts. */
export interface Image {
  /** The folder that is `/` in the image. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  /** The command that tells whether the service is healthy; empty if the image has none. */
  readonly healthcheck: readonly string[];
}

interface Stage {
  readonly root: string;
  workdir: string;
  env: Record<string, string>;
  entrypoint: readonly string[];
  healthcheck: readonly string[];
}

/** Instructions that only describe the image. */
const NOTED = new Set(['EXPOSE', 'STOPSIGNAL', 'USER']);

/** How deep `**` looks for what `.dockerignore` names. */
const DEPTH = 4;

/**
 * Runs every step of the Dockerfile in `folder` without a container engine: each stage in a folder of its own below `home`,
 * with this machine's tools instead of those of the base image. `contextFolder` is the build context. Throws if a step
 * fails or an instruction is unknown.
 */
export async function buildImage(
  folder: string,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
  contextFolder = folder,
): Promise<Image> {
  const stages = new Map<string, Stage>();
  const context = path.join(home, 'context');
  await copyContext(contextFolder, ignoreFileOf(folder, contextFolder), context);
  let stage = newStage(path.join(home, 'none'));

  for (const [instruction, rest] of instructionsOf(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'))) {
    if (instruction === 'FROM') {
      const [base = '', , name = `stage-${stages.size}`] = rest.split(' ');
      stage = newStage(path.join(home, name), stages.get(base));
      stages.set(name, stage);
    } else if (instruction === 'WORKDIR') {
      stage.workdir = rest;
      mkdirSync(path.join(stage.root, rest), { recursive: true });
    } else if (instruction === 'RUN') {
      const command = inRoot(rest, stage.root);
      await execa('sh', ['-c', command], {
        cwd: path.join(stage.root, stage.workdir),
        env: { ...env, ...stage.env },
        extendEnv: false,
        all: true,
      });
    } else if (instruction === 'COPY') {
      const words = rest.split(' ').filter((word) => !word.startsWith('--'));
      const from = /--from=(\S+)/.exec(rest)?.[1];
      const source = from === undefined ? context : stages.get(from)?.root;
      if (source === undefined) throw new Error(`COPY ${rest}: there is no stage of that name`);
      const [what = '', to = ''] = words;
      cpSync(path.join(source, what), path.resolve(path.join(stage.root, stage.workdir), inRoot(to, stage.root)), {
        recursive: true,
      });
    } else if (instruction === 'ENV') {
      for (const [, name = '', value = ''] of rest.matchAll(/(\S+?)=(\S+)/g)) stage.env[name] = value;
    } else if (instruction === 'ENTRYPOINT') {
      stage.entrypoint = JSON.parse(rest);
    } else if (instruction === 'HEALTHCHECK') {
      stage.healthcheck = JSON.parse(rest.slice(rest.indexOf('CMD ') + 'CMD '.length));
    } else if (!NOTED.has(instruction)) {
      throw new Error(`the Dockerfile has an instruction that is not run here: ${instruction} ${rest}`);
    }
  }
  return stage;
}

function newStage(root: string, base?: Stage): Stage {
  mkdirSync(root, { recursive: true });
  if (base !== undefined) cpSync(base.root, root, { recursive: true });
  return {
    root,
    workdir: base?.workdir ?? '/',
    env: { ...base?.env },
    entrypoint: base?.entrypoint ?? [],
    healthcheck: [],
  };
}

/** Maps the absolute paths of the image to where they are here. */
function inRoot(words: string, root: string): string {
  return words.replace(/(?<=^|\s)\/(?=\w)/g, `${root}/`);
}

function instructionsOf(dockerfile: string): readonly (readonly [instruction: string, rest: string])[] {
  const lines = dockerfile.replace(/\\\n/g, ' ').split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]);
}

/** The one beside the Dockerfile comes first. https://docs.docker.com/build/concepts/context/#filename-and-location */
function ignoreFileOf(folder: string, context: string): string {
  const own = path.join(folder, 'Dockerfile.dockerignore');
  return existsSync(own) ? own : path.join(context, '.dockerignore');
}

/** Copies what the ignore file leaves of a folder. */
async function copyContext(folder: string, ignoreFile: string, context: string): Promise<void> {
  const ignored = readFileSync(ignoreFile, 'utf8').split('\n').filter(Boolean);
  const exception = ignored.find((pattern) => pattern.startsWith('!'));
  if (exception !== undefined) throw new Error(`.dockerignore has an exception, which is not known here: ${exception}`);
  mkdirSync(context, { recursive: true });
  const patterns = `${context}.ignored`;
  writeFileSync(patterns, ignored.flatMap(tarPatterns).join(''));
  const archive = `${context}.tar`;
  await execa('tar', ['-cf', archive, '--anchored', '--no-wildcards-match-slash', `--exclude-from=${patterns}`, '.'], {
    cwd: folder,
  });
  await execa('tar', ['-xf', archive], { cwd: context });
}

/** `tar` has no `**` that crosses folders. */
function tarPatterns(pattern: string): readonly string[] {
  const rest = pattern.startsWith('**/') ? pattern.slice(3) : null;
  if (rest === null) return [`./${pattern}\n`];
  return Array.from({ length: DEPTH }, (_, depth) => `./${'*/'.repeat(depth)}${rest}\n`);
}

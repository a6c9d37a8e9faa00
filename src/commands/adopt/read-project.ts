import { EXIT, ExpectedError } from '../../model/errors.ts';
import type { FileState } from '../../model/files.ts';
import { LOCK_FILE } from '../../model/project-record.ts';
import { readState, sha256 } from '../../project/file-state.ts';
import type { Evidence } from './recognise.ts';

/** A project without a record. */
export interface UnrecordedProject {
  /** Absolute. */
  readonly root: string;
  /** Of its package; `null` if there is none that can be used. */
  readonly name: string | null;
  readonly description: string | null;
  readonly evidence: Evidence;
  textAt(path: string): string | undefined;
}

/** Reads what the project in the folder `root` tells about itself. Throws an `ExpectedError` if there is no package, or it has a record. */
export async function readProject(root: string): Promise<UnrecordedProject> {
  if (stateAt(root, LOCK_FILE) !== undefined) throw adopted(root);
  const textAt = (path: string) => textOf(stateAt(root, path));
  const manifest = textAt('Cargo.toml');
  if (manifest === undefined) throw noPackage(root, 'has no Cargo.toml');
  const pack = await packageIn(manifest);
  if (pack === null) throw noPackage(root, 'has a Cargo.toml without a package');
  const { name, description } = pack;
  return {
    root,
    name: typeof name === 'string' ? name : null,
    description: typeof description === 'string' ? description : null,
    evidence: { readme: textAt('README.md') ?? '', hashesAt: (path) => hashesOf(stateAt(root, path)) },
    textAt,
  };
}

/** A file of the project; `undefined` as well if something else is in its place. */
function stateAt(root: string, path: string): FileState | undefined {
  try {
    return readState(root, path);
  } catch (error) {
    if (error instanceof ExpectedError && error.exitCode === EXIT.conflict) return undefined;
    throw error;
  }
}

function textOf(state: FileState | undefined): string | undefined {
  return state === undefined ? undefined : state.mode === 'link' ? '' : new TextDecoder().decode(state.bytes);
}

/** A checkout may have other line ends. */
function hashesOf(state: FileState | undefined): readonly string[] {
  if (state === undefined) return [];
  const plain = textOf(state)?.replaceAll('\r\n', '\n') ?? '';
  return [sha256(state.bytes), sha256(plain)];
}

async function packageIn(manifest: string): Promise<Readonly<Record<string, unknown>> | null> {
  const { parse } = await import('smol-toml');
  try {
    const { package: pack } = parse(manifest);
    return typeof pack === 'object' && !Array.isArray(pack) && !(pack instanceof Date) ? pack : null;
  } catch {
    return null;
  }
}

function adopted(root: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'already-adopted',
      message: `${root} has a record already: ${LOCK_FILE}`,
      hint: 'create-api update brings it up to date; create-api check reports what is wrong with it',
    },
  ]);
}

function noPackage(root: string, reason: string): ExpectedError {
  return new ExpectedError(EXIT.usage, [
    {
      code: 'no-project',
      message: `${root} ${reason}`,
      allowed: 'the folder of a project that an earlier create-api made',
      hint: 'change to its folder and run it again',
    },
  ]);
}

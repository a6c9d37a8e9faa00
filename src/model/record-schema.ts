/** The schema of a project's record. Only the code that reads it may load this module, because it loads zod. */
import * as z from 'zod/mini';
import { ORIGINS } from './answers.ts';
import { VERSION } from './migrations.ts';
import { MOST_PACKS, MOST_PRESETS, RECORD_VERSION } from './project-record.ts';
import { isSafePath } from './safe-path.ts';
import { LONGEST_SOURCE } from './source.ts';
import { lineOf } from './unprintable.ts';
import { isVersion } from './version.ts';

const LONGEST_PATH = 1000;
const MAX_PATHS = 10_000;

const text = z.string().check(z.meta({ title: 'a string' }));
const ids = z.array(text).check(z.maxLength(1000), z.meta({ title: 'a list of ids' }));
const path = z.string().check(z.refine(isPath), z.meta({ title: 'the path of a file in the project' }));
const place = z.string().check(
  z.refine((text) => text === '' || isPath(text)),
  z.meta({ title: 'a path with /, or an empty string' }),
);
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/), z.meta({ title: 'a SHA-256 in hexadecimal digits' }));

const source = z
  .string()
  .check(z.regex(lineOf(LONGEST_SOURCE)), z.meta({ title: 'the source of a preset, policy or pack' }));
const integrity = z
  .string()
  .check(z.regex(/^sha256-[A-Za-z0-9+/]{43}=$/), z.meta({ title: 'sha256- and a SHA-256 in base64' }));

const migration = z.string().check(z.regex(VERSION), z.meta({ title: 'a version of 14 digits' }));

/** Answers by their keys; those that are no choice on an axis are named. What they may be is up to the pack. */
const answers = z.catchall(
  z.object({ name: text, description: text, resources: ids }),
  z.union([text, z.null(), ids]).check(z.meta({ title: 'an id, a list of ids or null' })),
);

const packName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,60}$/), z.meta({ title: 'the name of a pack' }));

/** `lock.json`. */
export const LOCK = z.strictObject({
  $schema: z.exactOptional(text),
  formatVersion: z.literal([1, RECORD_VERSION]),
  createApi: z.string().check(z.refine(isVersion), z.meta({ title: 'a version' })),
  integrity: hash,
  packs: z._default(
    z
      .array(z.strictObject({ name: packName, source, integrity }))
      .check(z.maxLength(MOST_PACKS), z.meta({ title: 'a list of packs' })),
    [],
  ),
  answers,
  origins: z.exactOptional(z.record(text, z.enum(ORIGINS)).check(z.meta({ title: 'an object' }))),
  presets: z.exactOptional(
    z
      .array(z.strictObject({ source, integrity }))
      .check(z.maxLength(MOST_PRESETS), z.meta({ title: 'a list of presets' })),
  ),
  policies: z.exactOptional(
    z
      .array(z.strictObject({ source, policy: z.looseObject({}).check(z.meta({ title: 'a policy' })) }))
      .check(z.maxLength(MOST_PRESETS), z.meta({ title: 'a list of policies' })),
  ),
  placement: z.strictObject({
    workspace: z.enum(['none', 'join', 'apart']),
    inWorkspace: place,
    inRepository: place,
  }),
  migrations: z._default(
    z
      .record(migration, migration)
      .check(z.refine(hasDistinctValues), z.meta({ title: 'an object with different versions' })),
    {},
  ),
  deleted: z.array(path).check(z.maxLength(MAX_PATHS), z.meta({ title: 'a list of paths' })),
});

/** A line of `base.jsonl`. */
export const BASE_LINE = z.strictObject({
  path,
  sha256: hash,
  class: z.enum(['managed', 'merge', 'seed']),
  executable: z.boolean().check(z.meta({ title: 'true or false' })),
  text,
});

/** A line of `packs.jsonl`. */
export const PACK_LINE = z.strictObject({
  pack: packName,
  path,
  executable: z.boolean().check(z.meta({ title: 'true or false' })),
  text,
});

/** Two migrations of one version could be the same file. */
function hasDistinctValues(versions: Readonly<Record<string, string>>): boolean {
  const values = Object.values(versions);
  return new Set(values).size === values.length;
}

function isPath(path: string): boolean {
  return path.length <= LONGEST_PATH && isSafePath(path);
}

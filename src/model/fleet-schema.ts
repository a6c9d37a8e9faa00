/** The schema of the JSON reports of shards. Only what reads them may load this module, because it loads zod. */
import * as z from 'zod/mini';
import { EXIT, type ExitCode } from './errors.ts';
import { FLEET_ACTIONS, isPathText, SERVICE_RESULTS } from './fleet.ts';

const text = z.string().check(z.maxLength(100_000));
const path = z.string().check(z.refine(isPathText));
/** The name of a rule or of a kind of problem. */
const id = z.string().check(z.regex(/^[a-z-]{1,50}$/));
const count = z.number();
const part = z.number().check(z.refine((number) => Number.isInteger(number) && number >= 1 && number < 1000));
const exitCode = z.literal(Object.values(EXIT) as [ExitCode, ...ExitCode[]]);

const finding = z.object({
  rule: id,
  path,
  line: z.exactOptional(count),
  message: text,
  hint: text,
  policy: z.exactOptional(z.object({ rule: text, by: text })),
  waiver: z.exactOptional(z.object({ reason: text, expires: text, isExpired: z.boolean() })),
  isWaived: z.exactOptional(z.boolean()),
});

const problem = z.object({
  code: id,
  message: text,
  file: z.exactOptional(path),
  key: z.exactOptional(text),
  paths: z.exactOptional(z.array(path)),
  lines: z.exactOptional(z.array(count)),
  allowed: z.exactOptional(text),
  hint: z.exactOptional(text),
});

const service = z.object({
  service: path,
  exitCode,
  result: z.enum(SERVICE_RESULTS),
  findings: z.array(finding),
  problems: z.array(problem),
  from: z.exactOptional(text),
  branch: z.exactOptional(text),
  commit: z.exactOptional(text),
  files: z.exactOptional(count),
});

/** What `fleet check --json` and `fleet update --json` print. */
export const FLEET_REPORT = z.object({
  action: z.enum(FLEET_ACTIONS),
  createApi: text,
  date: text,
  dryRun: z.boolean(),
  shard: z.union([z.null(), z.object({ index: part, of: part })]),
  services: z.array(service),
});

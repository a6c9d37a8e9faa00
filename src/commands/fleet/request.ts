import { availableParallelism } from 'node:os';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { FLEET_ACTIONS, type FleetAction, type Shard } from '../../model/fleet.ts';
import { FLEET_CHECK_OPTIONS, FLEET_OPTIONS, FLEET_UPDATE_OPTIONS } from '../../options/command-options.ts';
import { contradictingFlags, type RawFlags, readFlags } from '../../options/flags.ts';
import { PACKS } from '../../options/schema.ts';

export const FORMATS = ['json', 'sarif', 'html'] as const;

/** What a person wants of many services. */
export interface FleetRequest {
  readonly action: FleetAction;
  /** Folders and lists, or reports if these are to be merged. */
  readonly operands: readonly string[];
  readonly merges: boolean;
  readonly jobs: number;
  readonly shard: Shard | null;
  readonly format: (typeof FORMATS)[number] | 'text';
  readonly update: UpdateRequest;
}

/** How services are updated. */
export interface UpdateRequest {
  readonly branch: string;
  /** Where the branch starts; `undefined` for the default branch. */
  readonly from: string | undefined;
  readonly message: string | undefined;
  /** Sources of packs, relative to the current folder. */
  readonly packs: readonly string[];
  readonly install: boolean;
  readonly dryRun: boolean;
}

/** Reads the command line. Throws an `ExpectedError` with everything that is wrong with it. */
export async function readRequest(argv: readonly string[], version: string): Promise<FleetRequest> {
  const raw = await readFlags(FLEET_OPTIONS, argv);
  const [word, ...operands] = raw.operands;
  const action = FLEET_ACTIONS.find((each) => each === word);
  const { values, switches } = raw;
  const [jobs, shard] = [jobsIn(values), shardIn(values)];
  const formats = FORMATS.filter((key) => switches[key]);
  const merges = switches['merge'] ?? false;
  const from = values['from']?.at(-1);
  const problems: readonly (Problem | null)[] = [
    ...raw.problems,
    action === undefined ? misused(word) : null,
    operands.length === 0 ? misused(word, merges ? 'the reports are missing' : 'the services are missing') : null,
    jobs === null ? invalid('jobs', values, 'a number from 1 to 99') : null,
    shard === undefined ? invalid('shard', values, 'the number of a part and of all, such as 2/5') : null,
    from?.startsWith('-') ? invalid('from', values, 'a branch, tag or commit') : null,
    values['message']?.at(-1)?.trim() === '' ? invalid('message', values, 'a text') : null,
    formats.length > 1 ? contradictingFlags(formats.map((key) => `--${key}`)) : null,
    ...misplaced(raw, action, merges),
  ];
  const wrong = problems.filter((problem) => problem !== null);
  if (wrong.length > 0 || action === undefined || jobs === null || shard === undefined)
    throw new ExpectedError(EXIT.usage, wrong);
  return {
    ...{ action, operands, merges, jobs, shard, format: formats[0] ?? 'text' },
    update: {
      branch: values['branch']?.at(-1) ?? `create-api/update-${version}`,
      from,
      message: values['message']?.at(-1),
      packs: values[PACKS.key] ?? [],
      install: switches['install'] ?? true,
      dryRun: switches['dryRun'] ?? false,
    },
  };
}

type Values = RawFlags['values'];

function jobsIn({ jobs }: Values): number | null {
  if (jobs === undefined) return availableParallelism();
  const text = jobs.at(-1) ?? '';
  return /^[1-9]\d?$/.test(text) ? Number(text) : null;
}

/** `undefined` if it is not one. */
function shardIn({ shard }: Values): Shard | null | undefined {
  if (shard === undefined) return null;
  const [, index, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(shard.at(-1) ?? '')?.map(Number) ?? [];
  return index !== undefined && of !== undefined && index >= 1 && index <= of ? { index, of } : undefined;
}

/** The flags that mean nothing here, rather than to ignore them. */
function misplaced(
  { values, switches }: RawFlags,
  action: FleetAction | undefined,
  merges: boolean,
): readonly Problem[] {
  const isGiven = (key: string) => key in values || key in switches;
  const ofRuns = FLEET_CHECK_OPTIONS.filter(({ key }) => ['jobs', 'shard'].includes(key));
  const needless = [...(merges ? ofRuns : []), ...(merges || action === 'check' ? FLEET_UPDATE_OPTIONS : [])];
  const message = (flag: string) => `${flag} means nothing ${merges ? 'with --merge' : 'to fleet check'}`;
  return needless
    .filter(({ key }) => isGiven(key))
    .map(({ flag }) => ({ code: 'needless-flag', message: message(flag) }));
}

function misused(
  word: string | undefined,
  what = word === undefined ? 'what to do is missing' : `no ${word}`,
): Problem {
  return {
    code: 'fleet-usage',
    message: `fleet: ${what}`,
    allowed: 'check or update, then folders, or lists of folders; with --merge, JSON reports',
    hint: 'create-api fleet check services.txt',
  };
}

function invalid(key: string, values: Values, allowed: string): Problem {
  return { code: 'invalid-value', message: `--${key} cannot be ${JSON.stringify(values[key]?.at(-1))}`, allowed };
}

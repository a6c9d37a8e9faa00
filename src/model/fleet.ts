/** What is known of many services after one run. */
import { EXIT, type ExitCode, type Problem } from './errors.ts';

export const FLEET_ACTIONS = ['check', 'update'] as const;
export type FleetAction = (typeof FLEET_ACTIONS)[number];

/** What became of a service, in one word. */
export const SERVICE_RESULTS = [
  'ok',
  'updated',
  'would-update',
  'up-to-date',
  'drift',
  'policy',
  'conflict',
  'integrity',
  'usage',
  'failed',
  'cancelled',
] as const;
export type ServiceResult = (typeof SERVICE_RESULTS)[number];

/** A finding of `check`. */
export interface ServiceFinding {
  readonly rule: string;
  /** Relative to the project. */
  readonly path: string;
  /** The line, from 1; absent if it is about the whole file. */
  readonly line?: number;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  /** The rule that is broken and who set it, if it is one of a policy. */
  readonly policy?: { readonly rule: string; readonly by: string };
  /** The exception from it, which may have expired. */
  readonly waiver?: { readonly reason: string; readonly expires: string; readonly isExpired: boolean };
  /** It does not count, because of a waiver. */
  readonly isWaived?: boolean;
}

/** What became of one service. */
export interface ServiceReport {
  /** Its folder, as it was given. */
  readonly service: string;
  readonly exitCode: ExitCode;
  readonly result: ServiceResult;
  readonly findings: readonly ServiceFinding[];
  /** Why the exit code is not 0, or what is left to do. */
  readonly problems: readonly Problem[];
  /** The ref whose commit was updated. */
  readonly from?: string;
  /** The branch with its commit, and the number of files that changed. */
  readonly branch?: string;
  readonly commit?: string;
  readonly files?: number;
}

/** One of several parts of a list. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** What became of all services of a run. */
export interface FleetReport {
  readonly action: FleetAction;
  /** The version of create-api. */
  readonly createApi: string;
  /** The day in UTC. */
  readonly date: string;
  readonly dryRun: boolean;
  readonly shard: Shard | null;
  readonly services: readonly ServiceReport[];
}

const RESULT_OF = {
  [EXIT.done]: 'ok',
  [EXIT.failed]: 'failed',
  [EXIT.usage]: 'usage',
  [EXIT.conflict]: 'conflict',
  [EXIT.policy]: 'policy',
  [EXIT.integrity]: 'integrity',
  [EXIT.drift]: 'drift',
  [EXIT.cancelled]: 'cancelled',
} as const satisfies Record<ExitCode, ServiceResult>;

/** The word for an exit code. */
export function resultOf(exitCode: ExitCode): ServiceResult {
  return RESULT_OF[exitCode];
}

/** Worst first: nothing is known of a service that could not be looked at, and only a person can decide about a broken rule. */
const WORST_FIRST = [
  EXIT.cancelled,
  EXIT.failed,
  EXIT.integrity,
  EXIT.usage,
  EXIT.policy,
  EXIT.conflict,
  EXIT.drift,
] as const;

/** The exit code of a run: the worst one of its services. */
export function worstOf(services: readonly Pick<ServiceReport, 'exitCode'>[]): ExitCode {
  const codes = new Set(services.map(({ exitCode }) => exitCode));
  return WORST_FIRST.find((code) => codes.has(code)) ?? EXIT.done;
}

/** The report of a service that something is wrong with. */
export function failedReport(service: string, exitCode: ExitCode, problems: readonly Problem[]): ServiceReport {
  return { service, exitCode, result: resultOf(exitCode), findings: [], problems };
}

/** Whether a text can be a path, and be printed: no file system has NUL in names, and half a character has no UTF-8. */
export function isPathText(text: string): boolean {
  return text !== '' && text.length <= 4096 && !/[\0\p{Cs}]/u.test(text);
}

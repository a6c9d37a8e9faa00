import type { Answers, Origins } from '../../model/answers.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { ADOPT_OPTIONS } from '../../options/command-options.ts';
import { readFlags } from '../../options/flags.ts';
import { readRequest } from '../../options/resolve.ts';
import { answerOptions } from '../../options/schema.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { refuseOperands } from '../operands.ts';
import { LATEST_WITHOUT_RECORD } from './releases.ts';

/** What was asked for. */
export interface AdoptRequest {
  /** A version, or the path of a folder or tarball. */
  readonly release: string;
  /** What is known about the project; the rest is to be recognised. */
  readonly chosen: Partial<Answers>;
  readonly origins: Origins;
  readonly dryRun: boolean;
  /** A person may be asked whether to write the record. */
  readonly asks: boolean;
}

/** Reads the command line of `adopt`; throws an `ExpectedError` with every problem in it. */
export async function readAdoptRequest(
  { argv, terminal }: Pick<Context, 'argv' | 'terminal'>,
  { catalog, rules }: CreateOptions,
): Promise<AdoptRequest> {
  const options = answerOptions(catalog);
  const raw = await readFlags([...options, ...ADOPT_OPTIONS], argv);
  const { request, problems } = readRequest({ ...raw, operands: [] }, options, rules);
  const all = [...problems, ...refuseOperands('adopt', raw.operands)];
  if (all.length > 0) throw new ExpectedError(EXIT.usage, all);
  const isOn = (key: string) => raw.switches[key] ?? false;
  return {
    release: raw.values['release']?.at(-1) ?? LATEST_WITHOUT_RECORD,
    chosen: request.chosen,
    origins: request.origins,
    dryRun: isOn('dryRun'),
    asks: terminal.isInteractive && !isOn('yes') && !isOn('json'),
  };
}

import { readOutput } from './commands.ts';
import type { Environment } from './environment.ts';

/** How another create-api ended: with the document that it printed, or without one. */
export type ProgramEnd =
  | { readonly kind: 'ended'; readonly document: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** Milliseconds: cargo may have to download an index and crates. */
const LONGEST = 10 * 60_000;

/** Bytes: a service with thousands of findings has a few million. */
const MOST_OUTPUT = 20_000_000;

/** Runs a command of the create-api at `program`, with `--json`, in the folder of a service. Never rejects. */
export async function runOwn(
  program: string,
  args: readonly string[],
  { folder, env, signal }: { readonly folder: string; readonly env: Environment; readonly signal: AbortSignal },
): Promise<ProgramEnd> {
  const end = await readOutput(process.execPath, [program, ...args, '--json'], {
    ...{ folder, env, signal, input: '', timeout: LONGEST, longest: MOST_OUTPUT },
  });
  if (end.kind === 'cancelled') return end;
  if (end.kind === 'missing') return { kind: 'failed', reason: 'its folder is gone' };
  const document = parsed(end.stdout);
  if (document !== null) return { kind: 'ended', document };
  const reason = end.kind === 'succeeded' ? 'it printed no report' : end.output.trim().split('\n')[0];
  return { kind: 'failed', reason: end.kind === 'failed' && end.isTimeout ? 'it did not finish in time' : `${reason}` };
}

function parsed(stdout: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(new TextDecoder().decode(stdout));
  } catch {
    return null;
  }
}

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { findBinary, requireBinary } from '../harness/binaries.ts';

/** A program that judges what is generated, and how people get it. */
export interface Tool {
  readonly name: string;
  readonly install: string;
}

/**
 * A `describe` whose tests run these programs. Where one is not installed the block is skipped and its title says what
 * to install; in CI its tests fail instead.
 */
export function describeWithTools(tools: readonly Tool[], title: string, define: () => void): void {
  const missing = process.env['CI'] ? undefined : tools.find((tool) => findBinary(tool.name) === null);
  const suffix = missing === undefined ? '' : ` (needs ${missing.name}: ${missing.install})`;
  describe.skipIf(missing !== undefined)(`${title}${suffix}`, define);
}

/** Runs a tool and gives back what it printed on stdout. Throws with all that it printed where it fails. */
export function runTool(tool: Tool, args: readonly string[], cwd: string, input = ''): string {
  const result: SpawnSyncReturns<string> = spawnSync(requireBinary(tool.name), args, { cwd, input, encoding: 'utf8' });
  if (result.status === 0) return result.stdout;
  const reason = result.error?.message ?? `exited ${result.status}`;
  throw new Error(`${tool.name} ${args.join(' ')} ${reason}:\n${result.stdout}${result.stderr}`);
}

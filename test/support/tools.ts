import { execa } from 'execa';
import { describe } from 'vitest';
import { findBinary, requireBinary } from '../harness/binaries.ts';

/** A program that builds or checks generated files, and how to install it. */
export interface Tool {
  readonly name: string;
  readonly install: string;
}

/** How to get the tools that come from PyPI. */
export const PIP = 'pip install --requirement test/tools/requirements.txt';

/**
 * A `describe` whose tests run these programs. If one is not installed, the block is skipped and its title says what to
 * install; in CI its tests fail instead.
 */
export function describeWithTools(tools: readonly Tool[], title: string, define: () => void): void {
  const missing = process.env['CI'] ? undefined : tools.find((tool) => findBinary(tool.name) === null);
  const suffix = missing === undefined ? '' : ` (needs ${missing.name}: ${missing.install})`;
  describe.skipIf(missing !== undefined)(`${title}${suffix}`, define);
}

/** Runs a tool and returns what it printed on stdout. Throws with everything it printed if it fails. */
export async function runTool(tool: Tool, args: readonly string[], cwd: string): Promise<string> {
  const { failed, exitCode, stdout, all } = await execa(requireBinary(tool.name), args, {
    ...{ cwd, all: true, reject: false, stdin: 'ignore', maxBuffer: 64 * 2 ** 20 },
  });
  if (failed) throw new Error(`${tool.name} ${args.join(' ')} exited ${exitCode}:\n${all}`);
  return stdout;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { openSession } from '../conformance/row.ts';
import type { Target } from '../conformance/target.ts';
import { identify } from '../conformance/users.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { describeWithTools, PIP, runTool } from './tools.ts';

const HOOKS = join(import.meta.dirname, '../tools/fuzz_hooks.py');
const OWN_CHECKS = `hooks = ${JSON.stringify(HOOKS)}\n[checks]\npositive_data_acceptance.enabled = false\n`;
const FUZZER = { name: 'schemathesis', install: PIP };
const RUN_MS = 10 * 60_000;

/** Operations that would sign the fuzzer out: they end its session or delete its user. */
const ENDS = ['POST /api/v1/auth/logout', 'DELETE /api/v1/users/{id}'];
const STAY_SIGNED_IN = ENDS.flatMap((operation) => ['--exclude-name', operation]);

/**
 * Registers the run of a fuzzer that reads the service's own OpenAPI document: whatever it sends, it finds no server error
 * and no response that is not described.
 */
export function defineFuzzing(target: Target): void {
  describeWithTools([FUZZER], 'the description', () => {
    test(
      'holds whatever is asked',
      async () => {
        const session = await openSession(target);
        try {
          await identify(session.api);
          const { baseUrl, caller } = session.api;
          const description = `${baseUrl}/openapi.json`;
          const { authorization, cookie } = caller;
          if (cookie === undefined) return await fuzz(description, { options: authorizedBy(authorization) });
          // Everything without credentials; then, signed in, everything that keeps the session.
          await fuzz(description, {});
          await fuzz(description, { options: STAY_SIGNED_IN, settings: settingsOf(cookie) });
        } finally {
          await session.end();
        }
      },
      RUN_MS,
    );
  });
}

/** The header for requests with credentials, in the spelling that lets the fuzzer leave it out for others. */
const authorizedBy = (authorization: string | undefined): string[] =>
  authorization === undefined ? [] : ['--header', `Authorization: ${authorization}`];

/** The cookie, as the security scheme of the document: only then does the fuzzer leave it out where it should. */
const settingsOf = (cookie: string): string => `[auth.openapi.session]\napi_key = "${cookie.split('=')[1]}"\n`;

/** Runs the fuzzer with these options and settings; throws with its report if it finds something. */
async function fuzz(
  description: string,
  { options = [], settings = '' }: { options?: readonly string[]; settings?: string },
): Promise<void> {
  // It reads its settings from its working folder, and stores its findings there.
  const cwd = temporaryFolder('fuzz');
  writeFileSync(join(cwd, 'schemathesis.toml'), `${OWN_CHECKS}${settings}`);
  await runTool(FUZZER, ['run', description, '--seed', '1', '--no-color', ...options], cwd);
}

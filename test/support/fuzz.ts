import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { openSession } from '../conformance/row.ts';
import type { Target } from '../conformance/target.ts';
import { identify } from '../conformance/users.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { describeWithTools, PIP, runTool } from './tools.ts';

const FUZZER = { name: 'schemathesis', install: PIP };
const RUN_MS = 10 * 60_000;

/** What would sign out who asks: its session ended, or its user deleted. */
const ENDS = ['POST /api/v1/auth/logout', 'DELETE /api/v1/users/{id}'];
const STAY_SIGNED_IN = ENDS.flatMap((operation) => ['--exclude-name', operation]);

/**
 * Registers the run of a fuzzer that reads the service's own description: whatever it sends, it finds no error of the
 * server and no answer that is not described.
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
          // As nobody everything, then as who signed in all that leaves them signed in.
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

/** A header that the fuzzer leaves away where it asks as nobody, spelt as it knows it; none for nobody. */
const authorizedBy = (authorization: string | undefined): string[] =>
  authorization === undefined ? [] : ['--header', `Authorization: ${authorization}`];

/** A cookie, which it leaves away only where it is told as what the description calls it. */
const settingsOf = (cookie: string): string => `[auth.openapi.session]\napi_key = "${cookie.split('=')[1]}"\n`;

/** Runs the fuzzer with these options and settings; throws with its report where it finds something. */
async function fuzz(
  description: string,
  { options = [], settings = '' }: { options?: readonly string[]; settings?: string },
): Promise<void> {
  // It reads its settings and keeps what it found in its working folder.
  const cwd = temporaryFolder('fuzz');
  writeFileSync(join(cwd, 'schemathesis.toml'), settings);
  await runTool(FUZZER, ['run', description, '--seed', '1', '--no-color', ...options], cwd);
}

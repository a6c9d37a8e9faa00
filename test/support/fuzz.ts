import { test } from 'vitest';
import type { Headers } from '../conformance/http/client.ts';
import { openSession } from '../conformance/row.ts';
import type { Target } from '../conformance/target.ts';
import { identify } from '../conformance/users.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { describeWithTools, PIP, runTool } from './tools.ts';

const FUZZER = { name: 'schemathesis', install: PIP };
const RUN_MS = 10 * 60_000;

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
          // It leaves the caller's `Authorization` away where it asks as nobody, but not a cookie: then it is nobody.
          await fuzz(`${baseUrl}/openapi.json`, 'authorization' in caller ? caller : {});
        } finally {
          await session.end();
        }
      },
      RUN_MS,
    );
  });
}

/** Lets the fuzzer ask as this caller; throws with its report where it finds something. */
async function fuzz(description: string, caller: Headers): Promise<void> {
  // Spelt as it knows them.
  const spelt = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const headers = Object.entries(caller).flatMap(([name, value]) => ['--header', `${spelt(name)}: ${value}`]);
  // It keeps what it found in its working folder.
  await runTool(FUZZER, ['run', description, '--seed', '1', '--no-color', ...headers], temporaryFolder('fuzz'));
}

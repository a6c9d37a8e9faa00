import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, test } from 'vitest';
import type { Headers } from '../conformance/http/client.ts';
import { openSession } from '../conformance/row.ts';
import type { Target } from '../conformance/target.ts';
import { identify } from '../conformance/users.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const FUZZER = 'schemathesis';
const RUN_MS = 10 * 60_000;

/**
 * Registers the run of a fuzzer that reads the service's own description: whatever it sends, it finds no error of the
 * server and no answer that is not described. In CI a missing fuzzer is a failure.
 */
export function defineFuzzing(target: Target): void {
  const isMissing = spawnSync(FUZZER, ['--version']).status !== 0 && !process.env['CI'];
  const title = `the description${isMissing ? ` (needs ${FUZZER}: pip install --requirement test/tools/requirements.txt)` : ''}`;
  describe.skipIf(isMissing)(title, () => {
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
  // It keeps what it found in its working folder.
  const cwd = temporaryFolder('fuzz');
  // Spelt as it knows them.
  const spelt = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const headers = Object.entries(caller).flatMap(([name, value]) => ['--header', `${spelt(name)}: ${value}`]);
  const args = ['run', description, '--seed', '1', '--no-color', ...headers];
  await promisify(execFile)(FUZZER, args, { cwd, maxBuffer: Number.POSITIVE_INFINITY }).catch((error) => {
    throw new Error(`${FUZZER} ${args.join(' ')}:\n${error.stdout || error.message}`);
  });
}

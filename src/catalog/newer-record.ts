import { EXIT, ExpectedError } from '../model/errors.ts';
import { LOCK_FILE, RECORD_VERSION } from '../model/project-record.ts';
import { isOlder, isVersion } from '../model/version.ts';

/**
 * Throws an `ExpectedError` with the version to use if a newer create-api than this one, `own`, wrote the lock. Comes before everything
 * else: it may have keys, choices and fields that are unknown here.
 */
export function refuseNewer(text: string, own: string): void {
  const { formatVersion, createApi } = keysOf(text);
  const isNewer = isVersion(createApi) && isOlder(own, createApi);
  if (!isNewer && !(typeof formatVersion === 'number' && formatVersion > RECORD_VERSION)) return;
  const by = isNewer ? `${createApi}` : `format ${formatVersion} of ${LOCK_FILE}`;
  throw new ExpectedError(EXIT.usage, [
    {
      code: 'newer-project',
      message: `this project was made or updated by a newer create-api (${by}) than this one (${own})`,
      hint: `npx create-api@${isNewer ? createApi : 'latest'}`,
    },
  ]);
}

function keysOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(withoutMark(text));
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A text without the byte order mark that some editors put in front. */
export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

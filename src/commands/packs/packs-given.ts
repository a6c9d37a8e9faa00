import { readFlags } from '../../options/flags.ts';
import { type Option, PACKS } from '../../options/schema.ts';

/** The sources in the flags `--pack`, in order; what is wrong with the flags is found later, together with everything else. */
export async function packsGiven(options: readonly Option[], argv: readonly string[]): Promise<readonly string[]> {
  const isThere = argv.some((word) => word === PACKS.flag || word.startsWith(`${PACKS.flag}=`));
  return isThere ? ((await readFlags(options, argv)).values[PACKS.key] ?? []) : [];
}

import { readLock } from '../../catalog/read-record.ts';
import { flagOf } from '../../model/axes.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { LOCK_FILE } from '../../model/project-record.ts';
import { readRecordFile } from '../../project/record-files.ts';
import type { CreateOptions } from '../create/create-options.ts';

/** Throws an `ExpectedError` if the project in `root` has chosen what it would no longer have, with other packs, a part for. */
export function refuseLostChoices(root: string, { axes, catalog }: CreateOptions): void {
  const { answers } = readLock(readRecordFile(root, LOCK_FILE), catalog.axes, catalog.standard.version);
  const lost = axes.flatMap(({ key, choices }) =>
    [answers[key] ?? []]
      .flat()
      .filter((id) => choices.every((choice) => choice.id !== id))
      .map((id) => ({ id, axis: catalog.axes.find((axis) => axis.id === key) })),
  );
  if (lost.length === 0) return;
  const removable = lost.filter(({ axis }) => !axis?.structural).map(({ id }) => id);
  const first = [
    ...(removable.length === 0 ? [] : [`create-api remove ${removable.join(' ')}`]),
    ...lost.flatMap(({ axis }) => (axis?.structural ? [`create-api set ${flagOf(axis.id).slice(2)}=<id>`] : [])),
  ].join(' and ');
  throw new ExpectedError(
    EXIT.usage,
    lost.map(({ id }) => ({
      code: 'lost-choice',
      message: `the project has ${id}, which none of its packs would have any more; nothing was changed`,
      hint: `first ${first}`,
    })),
  );
}

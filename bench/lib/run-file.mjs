// The JSON file of a run, which lets a later run go on where this one ended.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/**
 * Opens a file with measurements. `header` (command, versions, machine) is written beside them; with `isFresh`, or on
 * another machine, earlier measurements are dropped. A measurement has an `identity`, what is measured, and a `basis`,
 * what it depends on, such as the digest of a binary: where the basis has changed, it counts as not measured.
 */
export function openRun(file, header, { isFresh = false } = {}) {
  const stored = !isFresh && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  const isSameMachine = isDeepStrictEqual(stored?.machine, header.machine);
  let measurements = isSameMachine ? stored.measurements : [];
  let results = {};

  const save = () => {
    mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, `${JSON.stringify({ ...header, ...results, measurements }, null, 2)}\n`);
    renameSync(temporary, file);
  };
  const find = (identity) => measurements.find((measurement) => isDeepStrictEqual(measurement.identity, identity));

  return {
    /** The values of a measurement with this basis, or `null`. */
    valuesOf(identity, basis) {
      const measurement = find(identity);
      return measurement !== undefined && isDeepStrictEqual(measurement.basis, basis) ? measurement.values : null;
    },
    /** Stores a measurement in place of an earlier one of the same identity. */
    record(identity, basis, values) {
      const others = measurements.filter((measurement) => measurement !== find(identity));
      measurements = [...others, { identity, basis, values }];
      save();
    },
    /** Stores what follows from the measurements, by name. */
    conclude(conclusions) {
      results = conclusions;
      save();
    },
  };
}

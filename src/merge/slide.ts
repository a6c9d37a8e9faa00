/**
 * Moves every run of changed elements that could as well stand elsewhere to one place, whichever script was found: if the run is
 * preceded by what it ends with, or followed by what it begins with, it slides. It is moved to the end of its range, or to where the
 * other side has a change as well, so that the two are one. Runs that touch on the way are joined.
 *
 * Git does so too, and two changes of the same text are then seen at the same place.
 *
 * @param elements one side
 * @param isChanged which of them are changed; edited in place
 * @param other which elements of the other side are changed
 */
export function slideChanges(elements: Int32Array, isChanged: Uint8Array, other: Uint8Array): void {
  const otherChangesAt = gapsWithChanges(other);
  let kept = 0;
  for (let start = 0; start < elements.length; start++) {
    if (isChanged[start] === 0) {
      kept++;
      continue;
    }
    const run = { start, end: runEnd(isChanged, start), gap: kept };
    let earliest: number;
    let meeting: number | undefined;
    let size: number;
    do {
      size = run.end - run.start;
      while (slideUp(elements, isChanged, run));
      earliest = run.end;
      meeting = undefined;
      do {
        if (otherChangesAt.has(run.gap)) meeting = run.gap;
      } while (slideDown(elements, isChanged, run));
    } while (run.end - run.start !== size);
    if (run.end !== earliest && meeting !== undefined) {
      while (run.gap > meeting) slideUp(elements, isChanged, run);
    }
    kept = run.gap;
    start = run.end - 1;
  }
}

/** A run of changed elements, and the number of unchanged ones before it. */
interface Run {
  start: number;
  end: number;
  gap: number;
}

function slideUp(elements: Int32Array, isChanged: Uint8Array, run: Run): boolean {
  if (run.start === 0 || elements[run.start - 1] !== elements[run.end - 1]) return false;
  isChanged[--run.start] = 1;
  isChanged[--run.end] = 0;
  while (run.start > 0 && isChanged[run.start - 1] === 1) run.start--;
  run.gap--;
  return true;
}

function slideDown(elements: Int32Array, isChanged: Uint8Array, run: Run): boolean {
  if (run.end === elements.length || elements[run.start] !== elements[run.end]) return false;
  isChanged[run.start++] = 0;
  isChanged[run.end] = 1;
  run.end = runEnd(isChanged, run.end);
  run.gap++;
  return true;
}

function runEnd(isChanged: Uint8Array, start: number): number {
  let end = start;
  while (isChanged[end] === 1) end++;
  return end;
}

/** The numbers of unchanged elements that have a change directly after them. */
function gapsWithChanges(isChanged: Uint8Array): ReadonlySet<number> {
  const gaps = new Set<number>();
  let kept = 0;
  for (const changed of isChanged) {
    if (changed === 1) gaps.add(kept);
    else kept++;
  }
  return gaps;
}

/**
 * A shortest edit script in linear space, after Eugene Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), section
 * 4b: the search runs from both ends at once, and where the two meet, the problem falls into two smaller ones.
 */

/**
 * Edits of one problem after which a good enough split is taken instead of the best one. It keeps texts that have nothing in
 * common, or little but one repeated line, from taking quadratic time; the script is then valid but not the shortest.
 */
const MAX_EDITS = 256;

/** Part of both sequences; the ends are exclusive. */
interface Box {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** Turns `a` into `b`: calls `remove` with the index of each element of `a` that goes, and `add` with that of each of `b` that comes. */
export function editScript(
  a: Int32Array,
  b: Int32Array,
  { remove, add }: { readonly remove: (index: number) => void; readonly add: (index: number) => void },
): void {
  const split = splitter(a, b);
  const solve = (box: Box): void => {
    let { aStart, aEnd, bStart, bEnd } = box;
    for (;;) {
      while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) [aStart, bStart] = [aStart + 1, bStart + 1];
      while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) [aEnd, bEnd] = [aEnd - 1, bEnd - 1];
      if (aStart === aEnd || bStart === bEnd) break;
      const [x, y] = split({ aStart, aEnd, bStart, bEnd });
      solve({ aStart, aEnd: x, bStart, bEnd: y });
      [aStart, bStart] = [x, y];
    }
    for (let index = aStart; index < aEnd; index++) remove(index);
    for (let index = bStart; index < bEnd; index++) add(index);
  };
  solve({ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length });
}

/**
 * Returns a function that finds a point `[x, y]` on a shortest path through a box whose first elements differ, as do its last. A
 * path goes from the corner of the starts to that of the ends: right (`x`) removes, down (`y`) adds, and both at once keep. Diagonal
 * `d` has the points with `x - y = d`.
 */
function splitter(a: Int32Array, b: Int32Array): (box: Box) => readonly [x: number, y: number] {
  // How far the paths got on each diagonal, as `x`. Diagonals range from -b.length to a.length, plus one on either side.
  const origin = b.length + 1;
  const forward = new Int32Array(a.length + b.length + 3);
  const backward = new Int32Array(a.length + b.length + 3);
  const at = (reach: Int32Array, diagonal: number) => reach[origin + diagonal] as number;

  return ({ aStart, aEnd, bStart, bEnd }) => {
    const [lowest, highest] = [aStart - bEnd, aEnd - bStart];
    const [first, last] = [aStart - bStart, aEnd - bEnd];
    const isOdd = ((first - last) & 1) !== 0;
    let [forwardLow, forwardHigh, backwardLow, backwardHigh] = [first, first, last, last];
    forward[origin + first] = aStart;
    backward[origin + last] = aEnd;

    for (let edits = 1; ; edits++) {
      // Each edit adds a diagonal on either side, until the box ends; from then on every second one is skipped.
      if (forwardLow > lowest) forward[origin + --forwardLow - 1] = -1;
      else forwardLow++;
      if (forwardHigh < highest) forward[origin + ++forwardHigh + 1] = -1;
      else forwardHigh--;
      for (let diagonal = forwardHigh; diagonal >= forwardLow; diagonal -= 2) {
        let x = Math.max(at(forward, diagonal - 1) + 1, at(forward, diagonal + 1));
        while (x < aEnd && x - diagonal < bEnd && a[x] === b[x - diagonal]) x++;
        forward[origin + diagonal] = x;
        if (isOdd && diagonal >= backwardLow && diagonal <= backwardHigh && at(backward, diagonal) <= x) {
          return [x, x - diagonal];
        }
      }

      if (backwardLow > lowest) backward[origin + --backwardLow - 1] = a.length + 1;
      else backwardLow++;
      if (backwardHigh < highest) backward[origin + ++backwardHigh + 1] = a.length + 1;
      else backwardHigh--;
      for (let diagonal = backwardHigh; diagonal >= backwardLow; diagonal -= 2) {
        let x = Math.min(at(backward, diagonal - 1), at(backward, diagonal + 1) - 1);
        while (x > aStart && x - diagonal > bStart && a[x - 1] === b[x - diagonal - 1]) x--;
        backward[origin + diagonal] = x;
        if (!isOdd && diagonal >= forwardLow && diagonal <= forwardHigh && x <= at(forward, diagonal)) {
          return [x, x - diagonal];
        }
      }

      if (edits >= MAX_EDITS) return farthest({ aStart, aEnd, bStart, bEnd });
    }

    /** Of all paths so far, the end of the one that got through most of the box. */
    function farthest(box: Box): readonly [x: number, y: number] {
      let best: readonly [x: number, y: number] = [box.aStart, box.bStart];
      let length = 0;
      const offer = (x: number, y: number, done: number): void => {
        if (done > length && x >= box.aStart && x <= box.aEnd && y >= box.bStart && y <= box.bEnd) {
          [best, length] = [[x, y], done];
        }
      };
      for (let diagonal = forwardLow; diagonal <= forwardHigh; diagonal += 2) {
        const x = at(forward, diagonal);
        offer(x, x - diagonal, 2 * x - diagonal - box.aStart - box.bStart);
      }
      for (let diagonal = backwardLow; diagonal <= backwardHigh; diagonal += 2) {
        const x = at(backward, diagonal);
        offer(x, x - diagonal, box.aEnd + box.bEnd - 2 * x + diagonal);
      }
      return best;
    }
  };
}

import { editScript } from './myers.ts';
import { slideChanges } from './slide.ts';

/** Elements `aStart` to `aEnd` of one sequence that are `bStart` to `bEnd` in the other. Ends are exclusive; one part may be empty. */
export interface Change {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** What turns `a` into `b`, in order. Unchanged elements are between any two changes. */
export function changesBetween(a: Int32Array, b: Int32Array): readonly Change[] {
  const [isRemoved, isAdded] = [new Uint8Array(a.length), new Uint8Array(b.length)];
  // What one side lacks has changed in any case: the search needs to see the rest only.
  const [inA, inB] = [commonWith(b, a, isRemoved), commonWith(a, b, isAdded)];
  editScript(pick(a, inA), pick(b, inB), {
    remove: (index) => {
      isRemoved[inA[index] as number] = 1;
    },
    add: (index) => {
      isAdded[inB[index] as number] = 1;
    },
  });
  slideChanges(a, isRemoved, isAdded);
  slideChanges(b, isAdded, isRemoved);
  return runs(isRemoved, isAdded);
}

/** The indices of the elements that `other` has as well; marks the rest as changed. */
function commonWith(other: Int32Array, elements: Int32Array, isChanged: Uint8Array): Int32Array {
  // Numbers of lines are small, and without gaps.
  const isKnown = new Uint8Array(1 + elements.reduce((most, element) => Math.max(most, element), 0));
  for (const element of other) isKnown[element] = 1;
  const indices = new Int32Array(elements.length);
  let count = 0;
  for (let index = 0; index < elements.length; index++) {
    if (isKnown[elements[index] as number] === 1) indices[count++] = index;
    else isChanged[index] = 1;
  }
  return indices.subarray(0, count);
}

function pick(elements: Int32Array, indices: Int32Array): Int32Array {
  return indices.map((index) => elements[index] as number);
}

function runs(isRemoved: Uint8Array, isAdded: Uint8Array): readonly Change[] {
  const changes: Change[] = [];
  for (let a = 0, b = 0; a < isRemoved.length || b < isAdded.length; a++, b++) {
    const [aStart, bStart] = [a, b];
    while (isRemoved[a] === 1) a++;
    while (isAdded[b] === 1) b++;
    if (a > aStart || b > bStart) changes.push({ aStart, aEnd: a, bStart, bEnd: b });
  }
  return changes;
}

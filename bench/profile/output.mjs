// Reads what Callgrind writes: https://valgrind.org/docs/manual/cl-format.html

const CRATE = /\/registry\/src\/[^/]+\/(.+?)-\d+\.\d/;
const OWN = /^\/.*\/(src\/.*\.rs)$/;
// Where it was built, or where rustup puts its source.
const STANDARD_LIBRARY = /^\/rustc?\/|\/rustlib\/src\/rust\/library\//;
const SHARED_LIBRARY = /\.so(?:\.|$)/;
const LIBC = /\/(?:libc|libm|ld-linux)\b[^/]*\.so/;
const ALLOCATOR = /\/malloc\//;

/**
 * The instructions by the part of the program that they belong to: a crate, a file of the program's own, `standard
 * library`, `malloc`, the rest of `libc`, or `other libraries`. What the compiler has inlined counts where it was
 * written, but what is from the standard library as part of the function that it was inlined into. Without the debug
 * symbols of libc, `malloc` is not told apart from it.
 */
export function instructionsByPart(text) {
  const names = { file: new Map(), object: new Map() };
  const name = (kind, value) => {
    const [, id, given] = /^\((\d+)\)(?: (.*))?$/.exec(value) ?? [null, null, value];
    if (id === null) return given;
    if (given !== undefined) names[kind].set(id, given);
    return names[kind].get(id);
  };
  const counts = {};
  let object = '';
  let home = '';
  let file = '';
  let isCall = false;
  let total = null;
  for (const line of text.split('\n')) {
    const [, key, value] = /^(\w+)[=:] ?(.*)$/.exec(line) ?? [];
    if (key === 'ob') object = name('object', value);
    else if (key === 'cob') name('object', value);
    else if (key === 'fl') home = file = name('file', value);
    else if (key === 'fi' || key === 'fe') file = name('file', value);
    else if (key === 'cfi' || key === 'cfl') name('file', value);
    else if (key === 'calls') isCall = true;
    else if (key === 'totals') total = Number(value);
    else if (/^[\d+*-]/.test(line)) {
      // The line after `calls=` has what the called function took, which counts there.
      const part = isCall ? null : partOf(file, home, object);
      if (part !== null) counts[part] = (counts[part] ?? 0) + Number(line.split(' ')[1]);
      isCall = false;
    }
  }
  const sum = Object.values(counts).reduce((all, count) => all + count, 0);
  if (sum !== total) throw new Error(`Callgrind counted ${total} instructions, of which ${sum} were read`);
  return counts;
}

function partOf(file, home, object) {
  return crateOf(file) ?? crateOf(home) ?? libraryOf(home, object);
}

/** The crate of a source file, or the file itself if it is the program's own; `null` for libraries of the system. */
function crateOf(file) {
  if (STANDARD_LIBRARY.test(file)) return null;
  return CRATE.exec(file)?.[1] ?? OWN.exec(file)?.[1] ?? null;
}

function libraryOf(file, object) {
  if (!SHARED_LIBRARY.test(object)) return 'standard library';
  if (!LIBC.test(object)) return 'other libraries';
  return ALLOCATOR.test(file) ? 'malloc' : 'libc';
}

// Reads what Callgrind writes: https://valgrind.org/docs/manual/cl-format.html

const CRATE = /\/registry\/src\/[^/]+\/(.+?)-\d+\.\d/;
const STANDARD_LIBRARY = /\/library\/(?:[a-z_]+)\//;
const ALLOCATOR = /\/malloc\//;
const LIBC = /\/(?:libc|libm|ld-linux)[^/]*\.so/;

/**
 * The instructions by the part of the program that they belong to: a crate, a file of the program's own, `standard
 * library`, `malloc` or the rest of `libc`. What the compiler has inlined counts where it was written, but what is from
 * the standard library counts as part of the function that it was inlined into.
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
  for (const line of text.split('\n')) {
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key === 'ob') object = name('object', value);
    else if (key === 'cob') name('object', value);
    else if (key === 'fl') home = file = name('file', value);
    else if (key === 'fi' || key === 'fe') file = name('file', value);
    else if (key === 'cfi' || key === 'cfl') name('file', value);
    else if (key === 'calls') isCall = true;
    else if (/^[\d+*-]/.test(line)) {
      // The line after `calls=` has what the called function took, which counts there.
      const part = isCall ? null : partOf(file, home, object);
      if (part !== null) counts[part] = (counts[part] ?? 0) + Number(line.split(' ')[1]);
      isCall = false;
    }
  }
  return counts;
}

function partOf(file, home, object) {
  return crateOf(file) ?? crateOf(home) ?? libraryOf(home, object);
}

/** The crate of a source file, or the file itself if it is the program's own; `null` for libraries of the system. */
function crateOf(file) {
  const [, crate] = CRATE.exec(file) ?? [];
  if (crate !== undefined) return crate;
  const [, own] = /^\/.*\/(src\/.*\.rs)$/.exec(file) ?? [];
  return own !== undefined && !STANDARD_LIBRARY.test(file) ? own : null;
}

function libraryOf(file, object) {
  if (!LIBC.test(object)) return 'standard library';
  return ALLOCATOR.test(file) ? 'malloc' : 'libc';
}

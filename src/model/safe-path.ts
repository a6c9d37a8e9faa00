/** Whether a path, relative and with `/`, stays in the project's folder and can be written on every operating system. */
export function isSafePath(path: string): boolean {
  return !path.split('/').some(isUnsafe);
}

function isUnsafe(part: string): boolean {
  return (
    part === '' ||
    part === '.' ||
    part === '..' ||
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
    /[\x00-\x1f<>:"\\|?*]|[. ]$/.test(part) ||
    /^(?:aux|con|nul|prn|com\d|lpt\d)(?:\.|$)/i.test(part) ||
    // `.git` in the spellings of file systems that shorten names, or ignore some characters in them.
    /^(?:\.git|git~\d+)$/i.test(withoutIgnored(part)) ||
    // Where create-api keeps the record of a project, and files while it writes one.
    /^\.create-api(?:-|$)/i.test(part)
  );
}

function withoutIgnored(part: string): string {
  // Preparing the expression takes a millisecond.
  return /^[ -~]*$/.test(part) ? part : part.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}

/** A path in the form in which file systems compare it where case and spelling do not count. */
export function foldedPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/**
 * Two of the paths that cannot both be written: where case does not count, neither two spellings of a name nor a file and a
 * folder of one name can coexist. `null` if all can.
 */
export function clashOf(paths: readonly string[]): readonly [earlier: string, later: string] | null {
  const seen = new Map<string, string>();
  const seenFolders = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/');
    const parent = parts.slice(0, -1).join('/');
    const first = seenFolders.has(parent) ? parts.length : 1;
    seenFolders.add(parent);
    for (let depth = first; depth <= parts.length; depth++) {
      const isFile = depth === parts.length;
      const folder = parts.slice(0, depth).join('/');
      const key = foldedPath(folder);
      const kind = isFile ? path : `${folder}/`;
      const earlier = seen.get(key);
      if (earlier !== undefined && (isFile || earlier !== kind)) return [earlier, kind];
      seen.set(key, kind);
    }
  }
  return null;
}

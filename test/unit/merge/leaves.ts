/**
 * What a text says, as one line for each value: the path to it and the value. An element of a list is a path of its own. It knows
 * nothing of how texts are merged, so it can tell what a merge has lost.
 */
export function leavesOf(data: unknown, path = ''): ReadonlyMap<string, string> {
  if (Array.isArray(data))
    return join([[path, 'list'], ...data.map((element) => [`${path}[${element}]`, 'element'] as const)]);
  if (typeof data === 'object' && data !== null) {
    return join([
      [path, 'table'],
      ...Object.entries(data).flatMap(([key, value]) => [...leavesOf(value, `${path}.${key}`)]),
    ]);
  }
  return new Map([[path, JSON.stringify(data)]]);
}

const join = (entries: readonly (readonly [string, string])[]) => new Map(entries);

/** What a merge has lost or invented: each path whose value is neither what a side changed it to nor, if none did, that of the base. */
export function lossesOf(
  versions: Record<'base' | 'ours' | 'theirs' | 'merged', ReadonlyMap<string, string>>,
): readonly string[] {
  const { base, ours, theirs, merged } = versions;
  const paths = new Set([...base.keys(), ...ours.keys(), ...theirs.keys(), ...merged.keys()]);
  return [...paths].filter((path) => {
    const [b, o, t, m] = [base.get(path), ours.get(path), theirs.get(path), merged.get(path)];
    return (o !== b && m !== o) || (t !== b && m !== t) || (o === b && t === b && m !== b);
  });
}

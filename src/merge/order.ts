/** The keys of entries in the three versions of a branch. */
export interface KeyVersions {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/**
 * The order of all keys that one side has. It is that of the user, unless only the templates changed it; a key that the other side
 * added stands after the same key as there. In a list it is undefined if both changed the order, or added something at the same place.
 */
export function mergeOrder(keys: KeyVersions, isList: boolean): readonly string[] | undefined {
  const [inBase, inOurs, inTheirs] = [new Set(keys.base), new Set(keys.ours), new Set(keys.theirs)];
  const common = (side: readonly string[]) =>
    side.filter((key) => inBase.has(key) && inOurs.has(key) && inTheirs.has(key)).join('\n');
  const [base, ours, theirs] = [common(keys.base), common(keys.ours), common(keys.theirs)];
  if (isList && base !== ours && base !== theirs && ours !== theirs) return undefined;

  const [first, second] = base === ours ? [keys.theirs, keys.ours] : [keys.ours, keys.theirs];
  // Both have the order of the base: then it is that of the user.
  const [skeleton, others] = base === theirs ? [keys.ours, keys.theirs] : [first, second];
  const order = [...skeleton];
  const placed = new Set(skeleton);
  const isSorted = skeleton.every((key, index) => index === 0 || (skeleton[index - 1] as string) <= key);
  for (const [index, key] of others.entries()) {
    if (placed.has(key)) continue;
    const before = others.slice(0, index).findLast((other) => placed.has(other));
    let position = before === undefined ? 0 : order.indexOf(before) + 1;
    const isAdded = (other: string | undefined) => other !== undefined && !inBase.has(other) && !others.includes(other);
    if (isList && !inBase.has(key) && isAdded(order[position])) return undefined;
    while (isSorted && isAdded(order[position]) && (order[position] as string) < key) position++;
    order.splice(position, 0, key);
    placed.add(key);
  }
  return order;
}

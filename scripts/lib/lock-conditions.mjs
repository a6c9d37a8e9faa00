/**
 * Derives which options each dependency edge of a lock needs (see src/render/cargo-lock.ts), by comparing real locks:
 * `core` has no option on, `single` maps an option's id to the lock with only that one on, `superset` has all on.
 * Takes and gives parsed locks. Throws where an edge appears only with several options together: that cannot be said.
 */
export function lockConditions({ core, single, superset, key }) {
  const always = edgesOf(core, key);
  const bringers = new Map();
  for (const [id, packages] of Object.entries(single)) {
    for (const edge of edgesOf(packages, key)) {
      if (!always.has(edge)) bringers.set(edge, [...(bringers.get(edge) ?? []), id]);
    }
  }
  const conditions = {};
  for (const edge of edgesOf(superset, key)) {
    if (always.has(edge)) continue;
    const ids = bringers.get(edge);
    const [from, to] = edge.split(' -> ');
    if (ids === undefined) throw new Error(`${edge} comes only with several options together`);
    conditions[from] = { ...conditions[from], [to]: ids };
  }
  return conditions;
}

function edgesOf(packages, key) {
  return new Set(packages.flatMap((entry) => entry.dependencies.map((dependency) => `${key(entry)} -> ${dependency}`)));
}

/** The answers that flags come to, given by their names, on a catalog; what is not there is the default. */
export function answersOf(flags, catalog) {
  const one = (axis, flag = axis) => flags[flag] ?? catalog.parts[axis].find((part) => part.default)?.id;
  const many = (axis) => {
    const parts = catalog.parts[axis];
    const given = flags[axis] ?? 'default';
    if (given === 'all') return parts.map((part) => part.id);
    if (given === 'none') return [];
    if (given === 'default') return parts.filter((part) => part.default).map((part) => part.id);
    return given.split(',');
  };
  const dbLayer = one('dbLayer', 'db-layer');
  const usesNone = catalog.parts.dbLayer.find((part) => part.id === dbLayer)?.excludesAxes.includes('database');
  return {
    name: flags.name ?? 'my-service',
    description: flags.description ?? 'An HTTP API',
    framework: one('framework'),
    dbLayer,
    database: usesNone ? null : one('database'),
    auth: one('auth'),
    middleware: many('middleware'),
    features: many('features'),
    resources: flags.resources ?? [],
  };
}

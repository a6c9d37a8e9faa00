/** Whether version `a` is older than `b`; missing numbers count as 0, and a pre-release as its release. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) =>
    version
      .replace(/[-+].*/, '')
      .split('.')
      .map(Number),
  );
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Whether a text is a version of create-api: nothing that a shell or a terminal would take for something else. */
export function isVersion(text: unknown): text is string {
  return typeof text === 'string' && /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[\w.-]{1,50})?$/.test(text);
}

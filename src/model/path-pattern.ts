/**
 * Returns whether one of the patterns matches a path as a whole: `*` stands for any characters but `/`, and `**` for any at all.
 */
export function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const pattern = new RegExp(`^(?:${patterns.map(sourceOf).join('|') || '(?!)'})$`, 's');
  return (path) => pattern.test(path);
}

function sourceOf(pattern: string): string {
  return pattern
    .split(/(\*\*?)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
}

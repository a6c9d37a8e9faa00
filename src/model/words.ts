/** `rate-limit` → `rate_limit`: a Rust module, crate or field name. */
export function snake(text: string): string {
  return text.replaceAll('-', '_');
}

/** `rate-limit` → `RateLimit`: a Rust type name. */
export function pascal(text: string): string {
  return text
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** So that the name of a constraint, `<plural>_<field>_check`, fits into the 63 bytes that PostgreSQL allows. */
const MAX_LENGTH = 28;

const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/** What `isName` accepts, in words. */
export const NAME_ALLOWED = `lowercase letters, digits and single underscores, a letter first; at most ${MAX_LENGTH} characters`;

/** Whether a text has the form of the name of a resource, field or value. */
export function isName(text: string): boolean {
  return text.length <= MAX_LENGTH && NAME.test(text);
}

/** The name that a text most likely means, such as `user_name` for `userName`; `null` if it says nothing. */
export function nameMeantBy(text: string): string | null {
  const name = text
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, MAX_LENGTH)
    .replace(/_+$/, '');
  return isName(name) ? name : null;
}

/** Asks whether that is meant, if it is something. */
export function didYouMeanHint(meant: string | null): { readonly hint?: string } {
  return meant === null ? {} : { hint: `did you mean ${meant}?` };
}

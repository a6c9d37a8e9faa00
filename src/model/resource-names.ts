/** So that the name of a constraint, `<plural>_<field>_check`, fits into the 63 bytes that PostgreSQL allows. */
const MAX_LENGTH = 28;

const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/** What `isName` accepts, in words. */
export const NAME_ALLOWED = `lowercase letters, digits and single underscores, a letter first; at most ${MAX_LENGTH} characters`;

/** Whether a text has the form of the name of a resource, field or value. */
export function isName(text: string): boolean {
  return text.length <= MAX_LENGTH && NAME.test(text);
}

// Flags of a benchmark as text.

/** The command that runs a benchmark with these flags; those that are empty or off are left out. */
export function commandLine(name, flags) {
  const given = Object.entries(flags).filter(([, value]) => value !== '' && value !== false);
  const texts = given.map(([flag, value]) => (value === true ? `--${flag}` : `--${flag} ${value}`));
  return `npm run ${name} -- ${texts.join(' ')}`;
}

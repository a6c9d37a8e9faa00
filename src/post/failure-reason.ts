/** What Cargo and git print where a person can do something about it, and how that is said. The first match wins. */
const KNOWN: readonly (readonly [printed: RegExp, reason: string])[] = [
  [
    /requires rustc|is not supported by the following package|feature `edition\d+` is required|lock file version/i,
    'the Rust toolchain is too old; `rustup update` brings a newer one',
  ],
  [
    /could not choose a version of cargo|no default toolchain/i,
    'no Rust toolchain is installed; `rustup default stable` brings one',
  ],
  [
    /could(?: not|n't) resolve|failed to (?:connect|download)|connection (?:timed out|refused|reset)|timeout was reached|network (?:is unreachable|failure)|spurious network error|download of .+ failed/i,
    'the crates could not be downloaded; is the network there?',
  ],
  [
    /please tell me who you are|empty ident|no email was given|unable to auto-detect email/i,
    'git does not know who you are; set user.name and user.email',
  ],
  [/unknown option.*initial-branch/i, 'git is older than 2.28'],
  [/no space left on device/i, 'the disk is full'],
];

/** Why a command failed, from what it wrote: a known cause in our words, else the first line that tells of an error. */
export function failureReason(output: string): string {
  const known = KNOWN.find(([printed]) => printed.test(output));
  if (known !== undefined) return known[1];
  const lines = output.split(/[\r\n]+/).map((line) => line.trim());
  const told = lines.find((line) => /^(?:error|fatal)\b/.test(line)) ?? lines.findLast((line) => line !== '');
  return told?.replace(/^(?:error(?:\[\w+\])?|fatal): /, '') ?? 'it ended without a message';
}

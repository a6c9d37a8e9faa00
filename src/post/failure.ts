/** Why a command failed, and what to type before it is run again. */
export interface Failure {
  readonly reason: string;
  readonly before: readonly string[];
}

/** Messages of Cargo and git that a user can act on. The first match wins. */
const KNOWN: readonly (readonly [printed: RegExp, reason: string, ...before: readonly string[]])[] = [
  [
    /requires rustc|is not supported by the following package|feature `edition\d+` is required|lock file version/i,
    'the Rust toolchain is too old',
  ],
  [/could not choose a version of cargo|no default toolchain/i, 'no Rust toolchain is installed'],
  [
    /but --offline was specified|without the offline flag/i,
    'Cargo is offline: net.offline or CARGO_NET_OFFLINE is set',
  ],
  [
    /could(?: not|n't) resolve|failed to (?:connect|download)|connection (?:timed out|refused|reset)|timeout was reached|network (?:is unreachable|failure)|spurious network error|download of .+ failed/i,
    'offline: the crates could not be downloaded; check the network or the proxy',
  ],
  [
    /please tell me who you are|empty ident|no (?:name|email) was given|unable to auto-detect|auto-detection is disabled/i,
    'git does not know who you are',
    'git config --global user.name "Your Name"',
    'git config --global user.email you@example.com',
  ],
  [
    /detected dubious ownership/i,
    'another user owns the folder, so git does not trust it',
    'git config --global --add safe.directory "$PWD"',
  ],
  [/unknown option.*initial-branch/i, 'git is older than 2.28'],
  [/no space left on device/i, 'the disk is full'],
];

/** Takes the output of a failed command: a known cause is explained, else its first error line is quoted. */
export function failureOf(output: string): Failure {
  const known = KNOWN.find(([printed]) => printed.test(output));
  if (known !== undefined) {
    const [, reason, ...before] = known;
    return { reason, before };
  }
  const lines = output.split(/[\r\n]+/).map((line) => line.trim());
  const error = lines.find((line) => /^(?:error|fatal)\b/.test(line)) ?? lines.findLast((line) => line !== '');
  return { reason: error?.replace(/^(?:error(?:\[\w+\])?|fatal): /, '') ?? 'it failed without a message', before: [] };
}

/** https://doc.rust-lang.org/reference/keywords.html: strict, reserved and weak ones that cannot name a crate. */
export const RUST_KEYWORDS: ReadonlySet<string> = new Set(
  'abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type typeof unsafe unsized use virtual where while yield'.split(
    ' ',
  ),
);

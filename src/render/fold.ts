/** rustfmt's `max_width`. */
const MAX_WIDTH = 100;

/** rustfmt's `fn_call_width`, for the arguments of a call, `array_width` and `chain_width`. */
const CALL_WIDTH = 60;

/** rustfmt's `attr_fn_like_width`. */
const ATTRIBUTE_WIDTH = 70;

/**
 * Takes one item or statement of Rust, broken over lines as rustfmt breaks it if it is too long, and gives it on one line
 * if it fits there: for code whose length depends on names.
 */
export function fold(text: string): string {
  const lines = text.trimEnd().split('\n');
  const joined = lines.reduce((line, next) => join(line, next.trim()));
  // rustfmt counts the question mark of a chain twice.
  const counted = joined.replace(/\.await\?;$/, '.await??;');
  const fits =
    counted.length <= MAX_WIDTH && widthOfCall(lines, counted) <= (/^ *#/.test(joined) ? ATTRIBUTE_WIDTH : CALL_WIDTH);
  return fits ? `${joined}\n` : text;
}

function join(line: string, next: string): string {
  const isClosing = /^[)\]]/.test(next);
  const open = isClosing || /^}/.test(next) ? line.replace(/,$/, '') : line;
  return isClosing || /^[.?]/.test(next) || /[([]$/.test(open) ? open + next : `${open} ${next}`;
}

/** The characters that rustfmt counts: those of a chain, or between the brackets that break; 0 if there are none. */
function widthOfCall(lines: readonly string[], joined: string): number {
  const [first = '', second = ''] = lines;
  if (/\bfn /.test(first)) return 0;
  if (/^ *\./.test(second)) return joined.replace(/^.* = |^ +|;$/g, '').length;
  // A tuple as the only argument breaks by its own width, and so does a list.
  if (/\(\($|\[$/.test(first)) return joined.search(/\)\);?$|\];?$/) - first.length;
  return first.endsWith('(') ? joined.lastIndexOf(')') - first.indexOf('(') - 1 : 0;
}

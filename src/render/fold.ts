import { foldCondition } from './fold-condition.ts';

/** rustfmt's `max_width`. */
const MAX_WIDTH = 100;

/** rustfmt's `fn_call_width`, for the arguments of a call, `array_width` and `chain_width`. */
const CALL_WIDTH = 60;

/** rustfmt's `attr_fn_like_width`. */
const ATTRIBUTE_WIDTH = 70;

/**
 * Takes one item or statement of Rust, broken over lines as rustfmt breaks it if it is too long, and gives it on one line
 * if it fits there, or else with each of its brackets on one line that fits: for code whose length depends on names.
 */
export function fold(text: string): string {
  return text.trim() === '' ? '' : `${foldLines(text.trimEnd().split('\n')).join('\n')}\n`;
}

function foldLines(lines: readonly string[]): readonly string[] {
  return (
    foldCondition(lines) ??
    onOneLine(lines) ??
    foldStart(lines) ?? [...lines.slice(0, 1), ...foldBrackets(lines.slice(1))]
  );
}

function onOneLine(lines: readonly string[], maxWidth = MAX_WIDTH): readonly string[] | null {
  // A macro may mean something by its last comma.
  const isMacro = /!\($/.test(lines[0] ?? '');
  const joined = lines.reduce((line, next) => join(line, next.trim(), isMacro));
  // rustfmt counts the question mark of a chain twice.
  const counted = joined.replace(/(\.await|\))\?([;,])$/, '$1??$2');
  const widest = /^ *#/.test(joined) ? ATTRIBUTE_WIDTH : CALL_WIDTH;
  return counted.length <= maxWidth && widthOfCall(lines, counted) <= widest ? [joined] : null;
}

/** Folds what a chain starts with; `null` if that does not fit, or is on one line anyway. */
function foldStart(lines: readonly string[]): readonly string[] | null {
  const length = lines.findIndex((line) => /^ *\./.test(line));
  if (length < 2) return null;
  const start = onOneLine(lines.slice(0, length), MAX_WIDTH - 1) ?? foldValue(lines.slice(0, length));
  if (start === null) return null;
  const indentation = `${/^ */.exec(start.at(-1) ?? '')}    `;
  return [...start, ...lines.slice(length).map((line) => indentation + line.trim())];
}

/** Puts a value that is assigned on a line of its own; `null` if it does not fit there. */
function foldValue([first = '', ...rest]: readonly string[]): readonly string[] | null {
  const [, indentation = '', target, value] = /^( *)(.*? =) (.*)$/.exec(first) ?? [];
  if (target === undefined) return null;
  const folded = onOneLine([`${indentation}    ${value}`, ...rest], MAX_WIDTH - 1);
  return folded && [indentation + target, ...folded];
}

/** Folds what is between the lines that end with an opening bracket and those that close them. */
function foldBrackets([line, ...rest]: readonly string[]): readonly string[] {
  if (line === undefined) return [];
  const [link = '', ...others] = rest;
  if (isSingleLink([line, link]) && !/^ *\./.test(others[0] ?? ''))
    return [...(onOneLine([line, link]) ?? [line, link]), ...foldBrackets(others)];
  const indentation = /^ */.exec(line)?.[0] ?? '';
  const end = /[([]$/.test(line)
    ? rest.findIndex((next) => next.startsWith(indentation) && next.slice(indentation.length).search(/[)\]]/) === 0)
    : -1;
  return [...foldLines([line, ...rest.slice(0, end + 1)]), ...foldBrackets(rest.slice(end + 1))];
}

function join(line: string, next: string, keepsComma: boolean): string {
  const isClosing = /^[)\]]/.test(next);
  const open = !keepsComma && (isClosing || /^}/.test(next)) ? line.replace(/,$/, '') : line;
  const isTight = isClosing || /^[.?]/.test(next) || /[([]$/.test(open) || (/{$/.test(open) && /^}/.test(next));
  return isTight ? open + next : `${open} ${next}`;
}

/** Whether lines are the result of a function and one method of it or `.await`, whose width rustfmt does not limit. */
function isSingleLink([value = '', link = '', ...more]: readonly string[]): boolean {
  const isCall = /^ *[\w:]+\((?:[^.()]|&\w+\.\w+|"[^"]*")*\)$/.test(value);
  return more.length === 0 && isCall && /^ *\.(?:\w+\(.*\),?|await\?;)$/.test(link);
}

/** The characters that rustfmt counts: those of a chain, or between the brackets that break; 0 if there are none. */
function widthOfCall(lines: readonly string[], joined: string): number {
  const [first = ''] = lines;
  if (/\b(?:fn|struct) /.test(first) || isSingleLink(first.endsWith('(') ? lines.slice(1, -1) : lines)) return 0;
  const last = /[([]$/.test(first) ? lines.slice(-1) : lines.slice(1);
  if (last.some((line) => /^ *\./.test(line))) return joined.replace(/^.*? = |^ *\w+: |^ +|[;,]$/g, '').length;
  // The width of a string as the only argument is not limited, unless the call is itself an argument.
  if (lines.length === 3 && /^[^(]*\($/.test(first) && /^ *r?#*"/.test(lines[1] ?? '')) return 0;
  // A tuple as the only argument breaks by its own width, and so does a list.
  if (/\(\($|\[$/.test(first)) return joined.search(/\)\)[;,]?$|\][;,]?$/) - first.length;
  return first.endsWith('(') ? joined.lastIndexOf(')') - first.indexOf('(') - 1 : 0;
}

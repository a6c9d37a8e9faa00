/** rustfmt's `max_width`. */
const MAX_WIDTH = 100;

/** rustfmt's `chain_width`, which does not limit a single method of a name. */
const CHAIN_WIDTH = 60;

/**
 * Folds the beginning of an `if` whose condition is a chain, broken before each method, or one that ends with the block of a
 * closure; and a closure with a block that is assigned. `null` if the lines are none of these.
 */
export function foldCondition(lines: readonly string[]): readonly string[] | null {
  const [first = '', ...rest] = lines;
  if (/\| \{$/.test(first)) return foldClosure(first, rest.slice(0, -1), rest.at(-1) ?? '');
  if (!/^ *if /.test(first) || rest.at(-1)?.trim() !== '{') return null;
  const folded = `${lines.slice(0, -1).reduce((line, next) => line + next.trim())} {`;
  return fits(folded) ? [folded] : lines;
}

/** The value of the closure comes after its parameters, if it fits there. */
function foldClosure(first: string, block: readonly string[], last: string): readonly string[] {
  const start = first.replace(/ \{$/, '');
  const value = ` ${block.map((line) => line.trim()).join(' ')}${last.trim().slice(1)}`;
  if (fits(start + value)) return [start + value];
  const broken = /^ *if /.test(start) ? brokenChain(start, value) : brokenAssignment(start, value);
  return broken.every((line) => line.length <= MAX_WIDTH) ? broken : [first, ...foldOperators(block), last];
}

function brokenChain(start: string, value: string): readonly string[] {
  const indentation = /^ */.exec(start)?.[0] ?? '';
  const [root = '', ...methods] = start.split(/(?=\.\w+\()/);
  const links = [...methods.slice(0, -1), (methods.at(-1) ?? '') + value.replace(/ \{$/, '')];
  return [root, ...links.map((link) => `${indentation}    ${link}`), `${indentation}{`];
}

function brokenAssignment(start: string, value: string): readonly string[] {
  const [, indentation = '', target = '', closure = ''] = /^( *)(.*? =) (.*)$/.exec(start) ?? [];
  return [indentation + target, `${indentation}    ${closure}${value}`];
}

/** Puts operands on the line of the one before, which is indented less, if all of them fit there. */
function foldOperators([first = '', ...rest]: readonly string[]): readonly string[] {
  const joined = [first, ...rest.map((line) => line.trim())].join(' ');
  if (joined.length <= MAX_WIDTH) return [joined];
  const indentation = /^ */.exec(rest[0] ?? '')?.[0] ?? '';
  const next = rest.findIndex((line, index) => index > 0 && /^ */.exec(line)?.[0] === indentation);
  const end = next === -1 ? rest.length : next;
  if (rest.length === 0) return [first];
  return [first, ...foldOperators(rest.slice(0, end)), ...(next === -1 ? [] : foldOperators(rest.slice(next)))];
}

function fits(line: string): boolean {
  const [, condition] = /^ *if !?(.*) \{$/.exec(line) ?? [];
  const isSingleMethod = condition !== undefined && /^\w+\.\w+\([^|()]*\)$/.test(condition);
  return line.length <= MAX_WIDTH && (condition === undefined || isSingleMethod || condition.length <= CHAIN_WIDTH);
}

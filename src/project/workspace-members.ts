/**
 * Adds a member to the workspace in the text of a `Cargo.toml`. Keeps the style of the list, comments and line endings.
 * Supports common layouts only: the caller parses the result and discards a wrong one.
 */
export function addMember(text: string, member: string): string {
  const header = /^[ \t]*\[[ \t]*workspace[ \t]*\][^\n]*(?:\n|$)/m.exec(text);
  if (header === null) return text;
  const start = header.index + header[0].length;
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const table = text.slice(start).split(/^[ \t]*\[/m, 1)[0] ?? '';
  const list = /^([ \t]*members[ \t]*=[ \t]*\[)((?:[^\]#"']|"[^"\n]*"|'[^'\n]*'|#[^\n]*)*)\]/m.exec(table);
  if (list === null)
    return `${text.slice(0, start)}members = [${JSON.stringify(member)}]${lineEnd}${text.slice(start)}`;
  const [whole, opening = '', items = ''] = list;
  const at = start + list.index;
  return (
    text.slice(0, at) + opening + append(items, JSON.stringify(member), lineEnd) + text.slice(at + whole.length - 1)
  );
}

/** Appends a member to the text between the brackets. */
function append(items: string, member: string, lineEnd: string): string {
  const last = /^(?:[\s\S]*["'])?/.exec(items.replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length)))?.[0] ?? '';
  const rest = items.slice(last.length);
  const [comma = ''] = /^[ \t]*,/.exec(rest) ?? [];
  const kept = items.slice(0, last.length) + comma;
  const separator = last !== '' && comma === '' ? ',' : '';
  const tail = rest.slice(comma.length);
  if (!items.includes('\n')) return `${kept}${separator}${last === '' ? '' : ' '}${member}${tail}`;
  const indent = /\n([ \t]+)\S/.exec(items)?.[1] ?? '    ';
  const [sameLine = ''] = /^[^\r\n]*/.exec(tail) ?? [];
  return `${kept}${separator}${sameLine}${lineEnd}${indent}${member},${tail.slice(sameLine.length)}`;
}

import fc from 'fast-check';

/** A value: a text, a list whose elements are all different, or a table. */
export type DocumentValue = string | readonly string[] | { readonly [key: string]: DocumentValue };

/** Sections with keys in an order, as people write them, each with comments above it. */
export type Document = ReadonlyMap<string, Section>;
type Section = ReadonlyMap<string, Key>;
interface Key {
  readonly value: DocumentValue;
  readonly comments: readonly string[];
}

/** How a document is printed. */
export interface Style {
  /** Lists on several lines. */
  readonly isTall: boolean;
  readonly hasFinalNewline: boolean;
}

const name = fc.constantFrom('alpha', 'beta', 'delta', 'gamma');
const element = fc.constantFrom('derive', 'json', 'rt', 'std');
const scalar = fc.constantFrom('1.0', '1.1', 'x # y', 'a, b]', '');
const list = fc.uniqueArray(element, { maxLength: 4 });
const value: fc.Arbitrary<DocumentValue> = fc.oneof(scalar, list, fc.record({ version: scalar, features: list }));
const key = fc.record({ value, comments: fc.constantFrom<readonly string[]>([], [], ['base']) });

function mapOf<T>(of: fc.Arbitrary<T>, minLength: number): fc.Arbitrary<ReadonlyMap<string, T>> {
  return fc
    .uniqueArray(fc.tuple(name, of), { selector: ([key]) => key, minLength, maxLength: 4 })
    .map((entries) => new Map(entries));
}

const document: fc.Arbitrary<Document> = mapOf(mapOf(key, 1), 1);

type Edit = (document: Document) => Document;

/** Replaces one key of one section, which is added if it is missing; undefined removes it, and a section that is then empty. */
function edited(
  document: Document,
  section: string,
  name: string,
  edit: (key: Key | undefined) => Key | undefined,
): Document {
  const keys = new Map(document.get(section));
  const after = edit(keys.get(name));
  if (after === undefined) keys.delete(name);
  else keys.set(name, after);
  const sections = new Map(document).set(section, keys);
  if (keys.size === 0) sections.delete(section);
  return sections.size === 0 ? document : sections;
}

function toggled(value: DocumentValue, element: string): DocumentValue {
  if (typeof value === 'string') return { version: value, features: [element] };
  if (!Array.isArray(value)) {
    return { ...value, features: toggled((value as { features: DocumentValue }).features, element) };
  }
  return value.includes(element) ? value.filter((other) => other !== element) : [element, ...value];
}

const edit = (side: string): fc.Arbitrary<Edit> => {
  const at = (change: fc.Arbitrary<(key: Key | undefined) => Key | undefined>) =>
    fc.tuple(name, name, change).map(
      ([section, name, change]): Edit =>
        (document) =>
          edited(document, section, name, change),
    );
  const add = fc.oneof(element, fc.constant(side));
  return fc.oneof(
    at(value.map((value) => (key) => ({ comments: key?.comments ?? [], value }))),
    at(fc.constant(() => undefined)),
    at(add.map((element) => (key) => key && { ...key, value: toggled(key.value, element) })),
    at(fc.nat(9).map((n) => (key) => key && { ...key, comments: [...key.comments, `${side} ${n}`] })),
  );
};

const edits = (side: string) => fc.array(edit(side), { minLength: 1, maxLength: 3 });

/** Three versions of a document; ours may be printed in another style. */
export const documents = fc
  .record({
    base: document,
    ours: edits('ours'),
    theirs: edits('theirs'),
    styles: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  })
  .map(({ base, ours, theirs, styles: [isTall = true, isReformatted, ...ends] }) => {
    const style = (isReformatted = false, hasFinalNewline = true): Style => ({
      isTall: isTall !== isReformatted,
      hasFinalNewline,
    });
    return {
      base: { document: base, style: style(false, true) },
      ours: { document: ours.reduce((document, edit) => edit(document), base), style: style(isReformatted, ends[0]) },
      theirs: { document: theirs.reduce((document, edit) => edit(document), base), style: style(false, true) },
    };
  });

const quote = (text: string) => JSON.stringify(text);

function bracketed(
  items: readonly string[],
  isTall: boolean,
  [open, close]: readonly [string, string],
  last: string,
  indent = '',
): string {
  if (items.length === 0) return open + close;
  if (!isTall) return `${open}${items.join(', ')}${close}`;
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}${last}\n${indent}${close}`;
}

export function printToml(document: Document, { isTall, hasFinalNewline }: Style): string {
  const print = (value: DocumentValue): string => {
    if (typeof value === 'string') return quote(value);
    if (Array.isArray(value)) return bracketed(value.map(quote), isTall, ['[', ']'], ',');
    return `{ ${Object.entries(value)
      .map(([key, value]) => `${key} = ${print(value)}`)
      .join(', ')} }`;
  };
  const sections = [...document].map(([section, keys]) => {
    const lines = [...keys].map(
      ([name, { value, comments }]) => `${comments.map((c) => `# ${c}\n`).join('')}${name} = ${print(value)}\n`,
    );
    return `[${section}]\n${lines.join('')}`;
  });
  const text = sections.join('\n');
  return hasFinalNewline ? text : text.trimEnd();
}

export function printYaml(document: Document, { isTall, hasFinalNewline }: Style): string {
  const print = (value: DocumentValue, indent: string): string => {
    if (typeof value === 'string') return ` ${quote(value)}\n`;
    if (Array.isArray(value)) {
      if (!isTall || value.length === 0) return ` ${bracketed(value.map(quote), false, ['[', ']'], '')}\n`;
      return `\n${value.map((element) => `${indent}- ${quote(element)}\n`).join('')}`;
    }
    return `\n${Object.entries(value)
      .map(([key, value]) => `${indent}${key}:${print(value, `${indent}  `)}`)
      .join('')}`;
  };
  const sections = [...document].map(([section, keys]) => {
    const lines = [...keys].map(
      ([name, { value, comments }]) => `${comments.map((c) => `  # ${c}\n`).join('')}  ${name}:${print(value, '    ')}`,
    );
    return `${section}:\n${lines.join('')}`;
  });
  const text = sections.join('\n');
  return hasFinalNewline ? text : text.trimEnd();
}

export function printJson(document: Document, { isTall, hasFinalNewline }: Style): string {
  const print = (value: DocumentValue, indent: string): string => {
    if (typeof value === 'string') return quote(value);
    if (Array.isArray(value)) return bracketed(value.map(quote), isTall, ['[', ']'], '', indent);
    const items = Object.entries(value).map(([key, value]) => `${quote(key)}: ${print(value, `${indent}  `)}`);
    return bracketed(items, isTall, ['{', '}'], '', indent);
  };
  const sections = [...document].map(([section, keys]) => {
    const items = [...keys].map(
      ([name, { value, comments }]) =>
        `${comments.map((c) => `// ${c}\n    `).join('')}${quote(name)}: ${print(value, '    ')}`,
    );
    return `${quote(section)}: ${bracketed(items, true, ['{', '}'], '', '  ')}`;
  });
  const text = bracketed(sections, true, ['{', '}'], '');
  return hasFinalNewline ? `${text}\n` : text;
}

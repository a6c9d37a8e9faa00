import { PackError, type PackProblem } from '../model/errors.ts';
import type { Kind, Modifier } from '../model/resource.ts';
import { type TypeTable, type TypeText, typeKey } from '../model/type-table.ts';

/** A text of a type table for fields with some modifiers. */
interface Variant {
  readonly modifiers: readonly Modifier[];
  readonly text: TypeText;
}

/** The variants of a key for a kind, and the file that has them. */
interface Entry {
  readonly file: string;
  readonly variants: readonly Variant[];
}

/** A text, and where it is. */
export interface FoundText {
  readonly file: string;
  readonly key: string;
  readonly text: TypeText;
}

/** Looks up the texts of a field: each key that is in any table, for the field's kind and modifiers. */
export type TypeLookup = (kind: Kind, modifiers: readonly Modifier[]) => ReadonlyMap<string, FoundText>;

const ANY = 'any';

/**
 * Merges type tables by file. A key of a kind comes from one file, and a key that one kind has, all have. Throws a `PackError`
 * otherwise, the latter when the kind is looked up.
 */
export function typeLookup(tables: readonly (readonly [file: string, table: TypeTable])[]): TypeLookup {
  const entries = new Map<string, Map<string, Entry>>();
  const problems: PackProblem[] = [];
  for (const [file, table] of tables) {
    for (const [kind, texts] of Object.entries(table)) {
      for (const [name, variants] of variantsByName(texts)) {
        const kinds = entries.get(name) ?? new Map<string, Entry>();
        entries.set(name, kinds);
        const earlier = kinds.get(kind);
        if (earlier !== undefined) problems.push(broughtTwice(file, kind, name, earlier.file));
        kinds.set(kind, { file, variants });
      }
    }
  }
  if (problems.length > 0) throw new PackError(problems);
  return (kind, modifiers) => {
    const missing = [...entries].filter(([, kinds]) => !kinds.has(kind) && !kinds.has(ANY));
    if (missing.length > 0) throw new PackError(missing.map(([name, kinds]) => kindMissing(kind, name, kinds)));
    return new Map(
      [...entries].map(([name, kinds]) => {
        const owner = kinds.has(kind) ? kind : ANY;
        const { file = '', variants = [] } = kinds.get(owner) ?? {};
        return [name, { file, key: `${owner}.${name}`, text: chosen(variants, modifiers) }];
      }),
    );
  };
}

function variantsByName(texts: Readonly<Record<string, TypeText>>): ReadonlyMap<string, readonly Variant[]> {
  const byName = new Map<string, Variant[]>();
  for (const [key, text] of Object.entries(texts)) {
    const { name, modifiers } = typeKey(key);
    byName.set(name, [...(byName.get(name) ?? []), { modifiers, text }]);
  }
  return byName;
}

/** The text for the most of a field's modifiers; empty if each is for a modifier that the field lacks. */
function chosen(variants: readonly Variant[], modifiers: readonly Modifier[]): TypeText {
  const [only] = variants;
  if (variants.length === 1 && only?.modifiers.length === 0) return only.text;
  const fitting = variants.filter((variant) => variant.modifiers.every((modifier) => modifiers.includes(modifier)));
  const [best] = [...fitting].sort((a, b) => b.modifiers.length - a.modifiers.length);
  return best?.text ?? '';
}

function broughtTwice(file: string, kind: string, name: string, earlier: string): PackProblem {
  const key = `${kind}.${name}`;
  return { code: 'unclear-owner', file, key, message: `${file}: ${key} is in ${earlier} too` };
}

function kindMissing(kind: Kind, name: string, kinds: ReadonlyMap<string, Entry>): PackProblem {
  const [other = '', entry] = [...kinds][0] ?? [];
  const [file, key] = [entry?.file ?? '', `${kind}.${name}`];
  const message = `${file}: ${key} is missing, which ${other} has`;
  return { code: 'missing-key', file, key, message, allowed: `a text for ${kind}, or for ${ANY} kind` };
}

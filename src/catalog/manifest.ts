/** Parsers for a pack's JSON manifests. Unknown keys are errors, so that no typo goes unnoticed. */
import type { AxisId, Contribution, CrateNeed, EnvGroup, Part, PlacementRules } from '../model/catalog.ts';

type Json = Readonly<Record<string, unknown>>;

const CONTRIBUTION_KEYS = ['crates', 'env', 'vars', 'replaces', 'moves', 'uses', 'needsCell'];
const PART_KEYS = [
  ...['label', 'hint', 'order', 'default', 'optsOut', 'excludesAxes', 'unsupported'],
  ...['extends', 'abstract'],
];

/** How a part relates to others of its axis, from its manifest. */
export interface Inheritance {
  /** The id of the part that it extends. */
  readonly extends: string | null;
  /** Exists only to be extended; it cannot be chosen. */
  readonly abstract: boolean;
}

/** Parses `extends` and `abstract`. Throws an Error that names the file and key. */
export function parseInheritance(manifest: unknown, file: string): Inheritance {
  const json = object(manifest, file);
  const parent = json['extends'] ?? null;
  if (parent !== null && typeof parent !== 'string') throw new Error(`${file}: "extends" must be a string`);
  return { extends: parent, abstract: json['abstract'] === true };
}

/** Parses the keys of a manifest that describe a choice. Throws an Error that names the file and key. */
export function parsePart(
  manifest: unknown,
  file: string,
): Pick<Part, 'label' | 'hint' | 'order' | 'default' | 'optsOut' | 'excludesAxes' | 'unsupported'> {
  const json = object(manifest, file);
  for (const key of ['label', 'hint'] as const) {
    if (typeof json[key] !== 'string') throw new Error(`${file}: "${key}" must be a string`);
  }
  if (typeof json['order'] !== 'number') throw new Error(`${file}: "order" must be a number`);
  return {
    label: json['label'] as string,
    hint: json['hint'] as string,
    order: json['order'],
    default: json['default'] === true,
    optsOut: json['optsOut'] === true,
    excludesAxes: parseStrings(json, 'excludesAxes', file) as readonly AxisId[],
    unsupported: parseRecord(json, 'unsupported', file),
  };
}

/** Parses the keys that parts and cells share. Throws an Error that names the file and key. */
export function parseContribution(
  manifest: unknown,
  file: string,
): Pick<Contribution, 'crates' | 'env' | 'vars' | 'replaces' | 'moves' | 'uses' | 'needsCell'> {
  const json = object(manifest, file);
  const known = [...CONTRIBUTION_KEYS, ...PART_KEYS];
  for (const key of Object.keys(json)) {
    if (!known.includes(key)) throw new Error(`${file}: unknown key "${key}" (known: ${known.join(', ')})`);
  }
  return {
    crates: object(json['crates'] ?? {}, file) as Record<string, CrateNeed>,
    env: (json['env'] ?? []) as readonly EnvGroup[],
    vars: parseRecord(json, 'vars', file),
    replaces: parseStrings(json, 'replaces', file),
    moves: parseRecord(json, 'moves', file),
    uses: parseStrings(json, 'uses', file),
    needsCell: parseStrings(json, 'needsCell', file) as readonly AxisId[],
  };
}

/** The placement of a pack's files; what is absent is empty. Throws an Error naming the file and key. */
export function parsePlacement(pack: unknown, file: string): PlacementRules {
  const placement = object(pack, file)['placement'] ?? {};
  return {
    repositoryRoot: parseRecord(placement, 'repositoryRoot', file),
    renamedInMember: parseRecord(placement, 'renamedInMember', file),
    leftOutOfMember: parseRecord(placement, 'leftOutOfMember', file),
  };
}

/** Parses `json[key]` as an object of strings; empty if it is absent. */
export function parseRecord(json: unknown, key: string, file: string): Readonly<Record<string, string>> {
  const record = object(object(json, file)[key] ?? {}, file);
  for (const [name, value] of Object.entries(record)) {
    if (typeof value !== 'string') throw new Error(`${file}: "${key}.${name}" must be a string`);
  }
  return record as Readonly<Record<string, string>>;
}

/** Parses `json[key]` as a list of strings; empty if it is absent. */
export function parseStrings(json: unknown, key: string, file: string): readonly string[] {
  const list = object(json, file)[key] ?? [];
  if (!Array.isArray(list) || list.some((item) => typeof item !== 'string')) {
    throw new Error(`${file}: "${key}" must be a list of strings`);
  }
  return list;
}

function object(value: unknown, file: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${file}: expected an object, got ${JSON.stringify(value)}`);
  }
  return value as Json;
}

import { table, treeOf } from '../data-tree.ts';
import { LIST } from '../insertions.ts';
import type { Format } from '../merge-keyed.ts';
import type { Value } from '../outline.ts';
import { outlineJson, parseJson } from './json.ts';
import { outlineList, outlineVariables } from './lines.ts';
import { outlineToml } from './toml.ts';
import { outlineYaml } from './yaml.ts';

/** The format of a file, by its path; undefined if it is known as lines only. Its library is loaded if there is a use for it. */
export async function formatOf(path: string): Promise<Format | undefined> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'Cargo.toml') return manifest();
  if (/\.toml$/.test(name)) return toml();
  if (/\.json$/.test(name)) return json;
  if (/\.ya?ml$/.test(name)) return yaml;
  if (/^\.env(?:\..+)?$/.test(name)) return lines(outlineVariables);
  if (/^\.\w+ignore$/.test(name) || name === '.gitattributes') return { ...lines(outlineList), method: LIST };
  return undefined;
}

/** Keys of lists whose order means nothing, in devcontainer.json and the tools' configuration. */
const SETS = new Set(['extensions', 'forwardPorts']);

/**
 * The same in YAML: ports, volumes and the like of Compose and Kubernetes, what Dependabot updates. Not the branches and paths of a
 * workflow, among which the last pattern that matches counts, nor files of variables, of which the last one does.
 */
const YAML_SETS = new Set(
  'depends_on egress env ingress needs networks policyTypes ports resources updates volumeMounts volumes'.split(' '),
);

const isSet = (key: string) => SETS.has(key);

const json: Format = {
  read: (text) => treeOf(parseJson(text), isSet),
  outline: (text) => outlineJson(text, isSet),
};

/** Whether the order of the list at a key means nothing. */
export const isYamlSet = (key: string) => YAML_SETS.has(key);

const yaml = lines((text) => outlineYaml(text, isYamlSet));

function lines(outline: Format['outline']): Format {
  return { read: outline, outline };
}

async function toml(): Promise<Format> {
  const { parse } = await import('smol-toml');
  return {
    read: (text) => treeOf(parse(text), isSet),
    outline: (text) => outlineToml(text, isSet, false),
  };
}

/** No list in Cargo.toml has an order that means something. */
async function manifest(): Promise<Format> {
  const { parse } = await import('smol-toml');
  const isAnySet = () => true;
  return {
    read: (text) => withVersions(treeOf(parse(text), isAnySet)),
    outline: (text) => outlineToml(text, isAnySet, true),
  };
}

const DEPENDENCIES = /^(?:dev-|build-)?dependencies$/;

/** Writes each dependency as a table, since `"1.0"` is short for `{ version = "1.0" }`. */
function withVersions(value: Value, key = ''): Value {
  if (typeof value === 'string') return value;
  const entries = value.entries.map((entry) => {
    const isVersion = DEPENDENCIES.test(key) && typeof entry.value === 'string';
    return { ...entry, value: isVersion ? table([['version', entry.value]]) : withVersions(entry.value, entry.key) };
  });
  return { ...value, entries };
}

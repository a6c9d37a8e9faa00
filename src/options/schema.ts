/**
 * The single option schema: prompts, flags, help, completion, `list --json` and the README's table are derived from it.
 * The choices with their labels, hints and defaults come from the catalog; none is named here.
 */
import { type AxisId, flagOf } from '../model/axes.ts';
import type { Offer } from '../model/catalog.ts';

/** One value that an option takes. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** Used if the option is not given. */
  readonly default: boolean;
}

interface Described {
  /** Name in answers, settings and `list --json`. */
  readonly key: string;
  /** The long flag, e.g. `--db-layer`. */
  readonly flag: string;
  /** One line for `--help`. */
  readonly help: string;
}

/** Free text, e.g. `--name <name>`. */
export interface TextOption extends Described {
  readonly kind: 'text';
  readonly placeholder: string;
}

/** A source to read, mostly a file, e.g. `--preset <source>`. */
export interface FileOption extends Described {
  readonly kind: 'file';
}

/** A team's pack to use, e.g. `--pack ./standards`; each occurrence adds one. */
export interface PackOption extends Described {
  readonly kind: 'pack';
}

/** A resource in the notation of `resource-syntax.ts`; each occurrence adds one. */
export interface ResourceOption extends Described {
  readonly kind: 'resource';
}

/** Exactly one of several ids. */
export interface ChoiceOption extends Described {
  readonly kind: 'choice';
  readonly label: string;
  readonly choices: readonly Choice[];
  /** The id in an example of `--help`, if there is one. */
  readonly example?: string;
  /** What is used if it is not given, unless that is a default. */
  readonly otherwise?: string;
}

/** Any number of ids, in the syntax of `list-syntax.ts`. */
export interface ListOption extends Described {
  readonly kind: 'list';
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly otherwise?: string;
}

/** On or off, e.g. `--verify`; `--no-…` exists if it is on by default. */
export interface SwitchOption extends Described {
  readonly kind: 'switch';
  readonly short?: string;
  readonly default: boolean;
}

export type Option = TextOption | FileOption | PackOption | ResourceOption | ChoiceOption | ListOption | SwitchOption;

/** An option that chooses on an axis. */
export type AxisOption = (ChoiceOption | ListOption) & { readonly key: AxisId };

/** The options whose choices come from a pack, in the order of the questions. */
export function axisOptions({ axes, parts }: Offer): readonly AxisOption[] {
  return axes.map(({ id: key, label, multiple, example }) => {
    const choices = parts[key].map(({ id, label, hint, default: isDefault }) => ({
      id,
      label,
      hint,
      default: isDefault,
    }));
    const kind = multiple ? 'list' : 'choice';
    return { kind, key, flag: flagOf(key), help: label, label, choices, ...(example !== undefined && { example }) };
  });
}

export const NAME: TextOption = {
  kind: 'text',
  key: 'name',
  flag: '--name',
  placeholder: 'name',
  help: 'Cargo package name (default: the name of the folder)',
};

export const DESCRIPTION: TextOption = {
  kind: 'text',
  key: 'description',
  flag: '--description',
  placeholder: 'text',
  help: 'One line for Cargo.toml and README.md',
};

/** A resource as the value of its flag, in quotes that every shell knows. */
export const RESOURCE_EXAMPLE = '"product name:string(100)"';

/** The flag for resources; prompts ask for them, too. */
export const RESOURCES: ResourceOption = {
  kind: 'resource',
  key: 'resources',
  flag: '--resource',
  help: `Add a table with its routes, such as ${RESOURCE_EXAMPLE}; repeatable, or none`,
};

const PRESET: FileOption = {
  kind: 'file',
  key: 'preset',
  flag: '--preset',
  help: 'Read answers from a JSON file, an npm package or a git commit; flags override them',
};

/** The flag for teams' packs. It changes what the others offer. */
export const PACKS: PackOption = {
  kind: 'pack',
  key: 'packs',
  flag: '--pack',
  help: "Also use a team's pack: a folder, npm:<name>@<version> or git+<url>#<commit>; repeatable",
};

export const JSON_SWITCH: SwitchOption = {
  kind: 'switch',
  key: 'json',
  flag: '--json',
  default: false,
  help: 'Print one JSON document; ask nothing',
};

const RUN_OPTIONS: readonly Option[] = [
  { kind: 'switch', key: 'install', flag: '--install', default: true, help: 'Download the dependencies with cargo' },
  { kind: 'switch', key: 'git', flag: '--git', default: true, help: 'Create a git repository with a first commit' },
  { kind: 'switch', key: 'verify', flag: '--verify', default: false, help: 'Run cargo check on the new project' },
  {
    kind: 'choice',
    key: 'onConflict',
    flag: '--on-conflict',
    label: 'Existing files',
    help: 'What to do with existing files',
    choices: [
      { id: 'fail', label: 'Fail', hint: 'list them, write nothing, exit 3', default: true },
      { id: 'overwrite', label: 'Overwrite', hint: 'replace them', default: false },
      { id: 'skip', label: 'Skip', hint: 'keep them as they are', default: false },
    ],
  },
  {
    kind: 'choice',
    key: 'workspace',
    flag: '--workspace',
    label: 'This folder is inside a Cargo workspace',
    help: 'Inside a Cargo workspace',
    choices: [
      { id: 'apart', label: 'Stay apart', hint: 'a workspace of its own', default: true },
      { id: 'join', label: 'Join it', hint: 'added to its members', default: false },
    ],
  },
  {
    kind: 'switch',
    key: 'dryRun',
    flag: '--dry-run',
    default: false,
    help: 'List every file and command, write nothing',
  },
  { kind: 'switch', key: 'yes', flag: '--yes', short: '-y', default: false, help: 'Ask nothing, use the defaults' },
  JSON_SWITCH,
];

/** The options that describe a project without resources of its own. */
export function answerOptions(offer: Offer): readonly Option[] {
  return [NAME, DESCRIPTION, ...axisOptions(offer)];
}

/** Every option of `create-api [directory]`, in the order of `--help`. */
export function createOptions(offer: Offer): readonly Option[] {
  return [...answerOptions(offer), RESOURCES, PRESET, PACKS, ...RUN_OPTIONS];
}

/** The default ids of an option, in catalog order. */
export function defaultIds(option: { readonly choices: readonly Choice[] }): readonly string[] {
  return option.choices.filter((choice) => choice.default).map((choice) => choice.id);
}
